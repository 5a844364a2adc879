"""What families are told: other guardians of a child's bookings, all of a nursery's closure."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.facilities.models import Facility
from ylyx_site.families.queries import other_guardians
from ylyx_site.families.queries.eaters import accounts_of
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.notices.words import Value
from ylyx_site.shared.language import gettext
from ylyx_site.shared.refusals import N_

SENTENCES = {
    "childcare.booked": N_("%(who)s约了托育：从%(day)s开始，共 %(num)d 天。"),
    "childcare.changed": N_("%(who)s改了托育：%(day)s的安排换了，看看新的时间。"),
    "childcare.cancelled": N_("%(who)s取消了托育：从%(day)s开始，共 %(num)d 天。"),
    "childcare.undone": N_("%(who)s撤销了刚约的托育：从%(day)s开始，共 %(num)d 天。"),
}


def tell_guardians(
    session: Session,
    action: str,
    code: str,
    children: Collection[int],
    days: Sequence[date],
    *,
    actor_id: int,
    now: datetime,
    by_desk: bool = False,
    known: tuple[str, frozenset[int]] | None = None,
) -> None:
    """Plan it for everybody who may act for one of these children, but for the actor.

    `by_desk`: the nursery did it for a caller; the family knows the house, not who works there.
    `known`: the actor's name and the others, where they have been read already.

    One look for the others, and one insert where there are any. No child's name, no house: a
    message is read over shoulders; the page that it leads to says the rest.
    """
    name, others = known or other_guardians(session, children, actor_id)
    news = News(
        NoticeKind.FAMILY_CARE, SENTENCES[action],
        {"who": _who(name, by_desk), "day": min(days), "num": len(set(days))},
        f"/childcare/bookings/{code}", "childcare", f"{action}:{code}:{min(days)}",
    )  # fmt: skip
    plan(session, others, news, now=now)


def _who(name: str, by_desk: bool) -> str:
    return gettext("机构的老师") if by_desk else name or gettext("家里人")


CLOSED = N_("%(who)s停托，您从%(day)s起约的 %(num)d 天去不了。请打开看看，换个时间或取消。")


def tell_families(
    session: Session,
    days: Collection[CareDay],
    sentence: str,
    values: Mapping[str, Value],
    key: str,
    *,
    now: datetime,
) -> int:
    """Tell everybody who may act for a child of these days, once each; returns how many accounts.

    Besides `values` the sentence may name `day` (the family's first) and `num` (how many of its
    days). `key` names the event. Two statements and one per family.
    """
    guardians = accounts_of(session, {one.child_id for one in days})
    mine: dict[int, set[date]] = {}
    for one in days:
        for account_id in guardians.get(one.child_id, ()):
            mine.setdefault(account_id, set()).add(one.day)
    for account_id, whose in sorted(mine.items()):
        said: dict[str, Value] = {"day": min(whose), "num": len(whose), **values}
        news = News(NoticeKind.FAMILY_CARE, sentence, said, "/childcare/bookings", key, key)
        plan(session, [account_id], news, now=now)
    return len(mine)


def tell_of_closure(
    session: Session, facility_id: int, first: date, last: date, *, now: datetime
) -> None:
    """Tell every family with live care on days from which a nursery has just been shut."""
    days = session.scalars(
        sa.select(CareDay).where(
            CareDay.facility_id == facility_id,
            CareDay.day.between(first, last),
            CareDay.state == CareState.BOOKED,
            CareDay.arrived_at.is_(None),
        )
    ).all()
    house = session.get_one(Facility, facility_id)
    key = f"closure:{facility_id}:{first}:{last}"
    tell_families(session, days, CLOSED, {"who": house.name}, key, now=now)
