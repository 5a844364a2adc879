"""When a message may leave: quiet hours, the minute in which events gather, tries again.

And what an address, its code and a text from staff must be like.

Minutes are minutes of a day in Shanghai, 0..1439.
"""

import re
from datetime import datetime, timedelta

from ylyx_site.notices.kinds import ALWAYS, NoticeKind

QUIET_FROM, QUIET_TO = 21 * 60, 7 * 60 + 30  # DOMAIN: nothing is sent between 21:00 and 07:30
DAY = 24 * 60
GATHERED = timedelta(minutes=1)  # what happens within it goes out as one message
LEASE = timedelta(minutes=10)  # whoever has claimed a message and is gone after it was killed
GIVEN_UP_AFTER = timedelta(days=1)
LONGEST_PAUSE = timedelta(hours=1)

CODE_LIVES = timedelta(minutes=15)
CODE_TRIES = 5
CODE_AFTER_CODE = timedelta(minutes=1)
CODES_AN_HOUR = 5
ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,4}")
LONGEST_ADDRESS = 120
ANNOUNCEMENTS_AN_HOUR = 6
LONG_NUMBER = re.compile(r"\d{11,}")


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


def is_address(text: str) -> bool:
    """Whether this can be the address of a mailbox, in plain letters."""
    return len(text) <= LONGEST_ADDRESS and ADDRESS.fullmatch(text) is not None


def codes_so_far(sent_at: datetime, sent: int, now: datetime) -> int:
    """How many codes have gone out within the hour."""
    return sent if abs(now - sent_at) < timedelta(hours=1) else 0


def may_send_code(sent_at: datetime, sent: int, now: datetime) -> bool:
    """Whether another code may go out after the last one."""
    rested = abs(now - sent_at) >= CODE_AFTER_CODE
    return rested and codes_so_far(sent_at, sent, now) < CODES_AN_HOUR


def is_code_good(sent_at: datetime, tries: int, now: datetime) -> bool:
    """Whether a code may still be tried."""
    return abs(now - sent_at) < CODE_LIVES and tries < CODE_TRIES


def has_long_number(text: str) -> bool:
    """Whether a text holds what may be a telephone's or a person's number, however it is spaced."""
    return LONG_NUMBER.search(re.sub(r"[\s-]", "", text)) is not None


def mask_address(address: str) -> str:
    """「w***@example.org」: enough to know one's own by."""
    name, _at, host = address.partition("@")
    return f"{name[:1]}***@{host}"
