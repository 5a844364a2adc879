"""When a message may leave: quiet hours, the minute in which events gather, tries again.

Minutes are minutes of a day in Shanghai, 0..1439.
"""

from datetime import datetime, timedelta

from ylyx_site.notices.kinds import ALWAYS, NoticeKind

QUIET_FROM, QUIET_TO = 21 * 60, 7 * 60 + 30  # DOMAIN: nothing is sent between 21:00 and 07:30
DAY = 24 * 60
GATHERED = timedelta(minutes=1)  # what happens within it goes out as one message
LEASE = timedelta(minutes=10)  # whoever has claimed a message and is gone after it was killed
GIVEN_UP_AFTER = timedelta(days=1)
LONGEST_PAUSE = timedelta(hours=1)


def is_urgent(kind: NoticeKind) -> bool:
    """Whether it neither gathers nor waits for the morning."""
    return kind in ALWAYS


def quiet_left(minute: int) -> timedelta:
    """How long it is still quiet; nothing outside the quiet hours. 07:30 is no longer quiet."""
    if minute >= QUIET_FROM:
        return timedelta(minutes=DAY - minute + QUIET_TO)
    return timedelta(minutes=max(0, QUIET_TO - minute))


def waits(kind: NoticeKind) -> timedelta:
    """How long a fresh message waits for others of its subject."""
    return timedelta(0) if is_urgent(kind) else GATHERED


def pause_after(tries: int) -> timedelta:
    """The pause after so many failed tries: 1, 2, 4 … minutes, an hour at most."""
    return min(LONGEST_PAUSE, timedelta(minutes=2 ** min(tries - 1, 10)))


def is_given_up(planned_at: datetime, tries: int, now: datetime) -> bool:
    """After a day of tries it is no news any more; the entry on the page stays."""
    return tries > 0 and now - planned_at >= GIVEN_UP_AFTER
