"""What families are told of offers: never a child's name, never a priority."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.queries import facility_of
from ylyx_site.families.queries import other_guardians
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.notices.words import Value
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import N_
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.waiting.models import WaitingChild, WaitingEntry, WaitingOffer
from ylyx_site.waiting.queries.queue import Queued

OFFERED = N_("%(facility)s有位了：%(day)s。请在%(last)s %(time)s前回复要不要，过时就让给下一家。")
OFFERED_DAYS = N_(
    "%(facility)s有位了：从%(day)s起，共 %(num)d 天。"
    "请在%(last)s %(time)s前回复要不要，过时就让给下一家。"
)
EXPIRED = N_(
    "没有等到您的回复，%(facility)s的位子让给了下一家。候补先暂停，位次还在；还想要，请打开点“恢复候补”。"
)
ACCEPTED = N_(
    "有人点短信里的链接，约下了%(facility)s的位子：%(day)s。不是您家里人约的，请打开撤销。"
)
DECLINED = N_(
    "有人点短信里的链接，回复了不要%(facility)s的位子：%(day)s。不是您家里人的意思，请打开重新排。"
)


def tell_offered(
    session: Session, one: Queued, offer: WaitingOffer, facility: str, days: list[date]
) -> None:
    """Plan it for everybody who may act for the children; sent by day."""
    values: dict[str, Value] = {
        "facility": facility, "day": days[0], "num": len(days),
        "last": clock.day_of(offer.expires_at),
        "time": text_from_minute(clock.minute_of(offer.expires_at)),
    }  # fmt: skip
    children = [child.id for child in one.children]
    _, others = other_guardians(session, children, one.account_id)
    news = News(
        NoticeKind.OFFERS, OFFERED_DAYS if len(days) > 1 else OFFERED, values,
        f"/waiting/offers/{offer.code}", f"offer:{offer.code}", f"waiting.offered:{offer.code}",
    )  # fmt: skip
    plan(session, {one.account_id, *others}, news, now=offer.offered_at)


def tell_answered(
    session: Session, entry: WaitingEntry, offer: WaitingOffer, days: Sequence[date], now: datetime
) -> None:
    """Say to whoever waits what was answered by the link, which anybody may hold.

    The other guardians are told of a booking as of any.
    """
    is_booked = offer.booking_code is not None
    facility = facility_of(session, offer.facility_id).name
    again = f"/childcare/{offer.facility_id}?week={days[0]}"
    link = f"/childcare/bookings/{offer.booking_code}" if is_booked else again
    news = News(
        NoticeKind.OFFERS, ACCEPTED if is_booked else DECLINED,
        {"facility": facility, "day": days[0]}, link,
        f"answer:{offer.code}", f"waiting.answered:{offer.code}",
    )  # fmt: skip
    others = () if is_booked else _guardians(session, entry)
    plan(session, {entry.account_id, *others}, news, now=now)


def _guardians(session: Session, entry: WaitingEntry) -> frozenset[int]:
    """The other accounts that may act for the children."""
    children = session.scalars(
        sa.select(WaitingChild.child_id).where(WaitingChild.entry_id == entry.id)
    ).all()
    return other_guardians(session, children, entry.account_id)[1]


def tell_expired(
    session: Session, entry: WaitingEntry, offer: WaitingOffer, facility: str, now: datetime
) -> None:
    """Say that the offer went on to the next, and what to do."""
    news = News(
        NoticeKind.OFFERS, EXPIRED, {"facility": facility}, f"/waiting/{entry.code}",
        f"offer:{offer.code}", f"waiting.expired:{offer.code}",
    )  # fmt: skip
    plan(session, {entry.account_id, *_guardians(session, entry)}, news, now=now)
