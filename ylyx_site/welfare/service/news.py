"""What managers and families are told of a check.

No name and no health: a message is read over shoulders, and what happened is told by people.
"""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.kinds import BondState, Relation
from ylyx_site.families.models import Bond
from ylyx_site.identity.models import Grant
from ylyx_site.identity.roles import Role
from ylyx_site.meals.models import MealOrder, OrderedMeal
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared.refusals import N_
from ylyx_site.welfare.kinds import Outcome, Why
from ylyx_site.welfare.models import WelfareCheck
from ylyx_site.welfare.rules.checking import ASK_TO_CALL

TO_MANAGERS = N_("有一份餐超过 30 分钟没有送到人手里，还没有查到结果。请看看要不要请网格员上门。")
TO_FAMILY: Mapping[Why, str] = {
    Why.NOBODY: N_("今天的餐没有送到人手里，我们正在联系。您知道情况的话，请给食堂打个电话。"),
    Why.NOT_COLLECTED: N_("今天的餐还没有人来取，我们正在联系。您知道情况的话，请给食堂打个电话。"),
}
TO_ONESELF = N_("您今天的餐还没有拿到，食堂正在找您。方便的时候，请给食堂回个电话。")
ARRIVED = N_("刚才说没有送到的那份餐，已经拿到了，请放心。")
IN_TOUCH = N_("刚才说没有送到的那份餐，食堂已经联系上了，请放心。")
MISTAKEN = N_("刚才说餐没有送到，是我们记错了。让您担心了，对不起。")
PLEASE_CALL = N_("刚才说没有送到的那份餐，食堂有消息要告诉您。请给食堂打个电话。")


def tell_late(session: Session, check: WelfareCheck, now: datetime) -> None:
    """The managers of the canteen, and whoever is bound to the person."""
    _tell_managers(session, check, now)
    oneself, others = _bound(session, check.person_id)
    plan(session, others, _news(session, check, TO_FAMILY[check.why], "late"), now=now)
    plan(session, oneself, _news(session, check, TO_ONESELF, "late"), now=now)


def tell_end(session: Session, check: WelfareCheck, outcome: Outcome, now: datetime) -> None:
    """Whoever was told of the beginning is told of the end; the person in question knows it."""
    _oneself, others = _bound(session, check.person_id)
    plan(session, others, _news(session, check, _end_words(outcome), f"end-{now:%H%M}"), now=now)


def _end_words(outcome: Outcome) -> str:
    if outcome is Outcome.COLLECTED:
        return ARRIVED
    if outcome is Outcome.MISTAKE:
        return MISTAKEN
    return PLEASE_CALL if outcome in ASK_TO_CALL else IN_TOUCH


def _tell_managers(session: Session, check: WelfareCheck, now: datetime) -> None:
    managers = session.scalars(
        sa.select(Grant.account_id).where(
            Grant.facility_id == check.facility_id,
            Grant.role == Role.CANTEEN_MANAGER,
            Grant.ended_at.is_(None),
        )
    ).all()
    news = News(
        NoticeKind.FROM_STAFF, TO_MANAGERS, {}, f"/desk/welfare/{check.id}", "welfare",
        f"welfare:{check.id}:late",
    )  # fmt: skip
    plan(session, set(managers), news, now=now)


def _news(session: Session, check: WelfareCheck, sentence: str, event: str) -> News:
    code = session.scalar(
        sa.select(MealOrder.code)
        .join(OrderedMeal, OrderedMeal.order_id == MealOrder.id)
        .where(OrderedMeal.id == check.meal_id)
    )
    return News(
        NoticeKind.FAMILY_MEALS, sentence, {}, f"/meals/orders/{code}", f"welfare-{check.id}",
        f"welfare:{check.id}:{event}",
    )  # fmt: skip


def _bound(session: Session, person_id: int) -> tuple[set[int], set[int]]:
    """The person's own accounts, and those of others who may act for the person."""
    rows = session.execute(
        sa.select(Bond.account_id, Bond.relation).where(
            Bond.person_id == person_id, Bond.state == BondState.LIVE, Bond.ended_at.is_(None)
        )
    ).all()
    oneself = {row.account_id for row in rows if row.relation is Relation.SELF}
    return oneself, {row.account_id for row in rows} - oneself
