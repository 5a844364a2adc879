"""What families are told of offers: never a child's name, never a priority."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.families.queries import other_guardians
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.notices.words import Value
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import N_
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.waiting.models import WaitingEntry, WaitingOffer
from ylyx_site.waiting.queries.queue import Queued

OFFERED = N_(
    "%(facility)s空出了位子：%(day)s起，共 %(num)d 天。"
    "请在%(last)s %(time)s前点开，要或不要都说一声。"
)
EXPIRED = N_(
    "没有等到您的回复，%(facility)s的位子让给了下一家。候补先暂停了，还要就点一下“恢复候补”。"
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
        NoticeKind.OFFERS, OFFERED, values, f"/waiting/offers/{offer.code}",
        f"offer:{offer.code}", f"waiting.offered:{offer.code}",
    )  # fmt: skip
    plan(session, {one.account_id, *others}, news, now=offer.offered_at)


def tell_expired(
    session: Session, entry: WaitingEntry, offer: WaitingOffer, facility: str, now: datetime
) -> None:
    """Say that the offer went on to the next, and what to do."""
    news = News(
        NoticeKind.OFFERS, EXPIRED, {"facility": facility}, f"/waiting/{entry.code}",
        f"offer:{offer.code}", f"waiting.expired:{offer.code}",
    )  # fmt: skip
    plan(session, {entry.account_id}, news, now=now)
