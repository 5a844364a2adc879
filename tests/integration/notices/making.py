"""Messages for the tests of notices, and moments of the tests' Monday."""

from datetime import UTC, date, datetime

from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News

MORNING = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # 08:00 in Shanghai
NIGHT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)  # 21:00


def some_news(
    key: str,
    *,
    kind: NoticeKind = NoticeKind.FAMILY_CARE,
    subject: str = "care",
    day: date = date(2026, 11, 24),
) -> News:
    """News of a booking by li."""
    return News(
        kind, "%(who)s约了托育：从%(day)s开始，共 %(num)d 天。",
        {"who": "李建国", "day": day, "num": 1}, f"/childcare/bookings/{key}", subject, key,
    )  # fmt: skip
