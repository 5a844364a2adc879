"""The evening before: one message to each family about tomorrow's care and meals."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.facilities.models import Facility
from ylyx_site.families.kinds import BondState
from ylyx_site.families.models import Bond
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.models import Notice
from ylyx_site.notices.queries import choices_of_all
from ylyx_site.notices.service import News, plan_each
from ylyx_site.notices.words import Value
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import N_
from ylyx_site.shared.spans import text_from_minute

FROM, TO = 18 * 60, 21 * 60  # minutes of the evening; at night nobody is told of tomorrow
A_BATCH = 500  # families, in five statements
BOTH = N_("提醒您：%(day)s有 %(num)d 个孩子去托育，最早 %(time)s 到园；家里还订了 %(meals)d 份餐。")
CARE = N_("提醒您：%(day)s有 %(num)d 个孩子去托育，最早 %(time)s 到园。")
MEALS = N_("提醒您：%(day)s家里订了 %(meals)d 份餐，看看几点吃、怎么取。")


@dataclass(frozen=True, slots=True)
class Tomorrow:
    """What a family has tomorrow: children in care, the first minute, portions of meals."""

    children: int = 0
    starts: int = 0
    meals: int = 0


def remind(session: Session, now: datetime) -> int:
    """Plan the reminders of a batch of families, each once; returns how many families it was."""
    if not FROM <= clock.minute_of(now) < TO:
        return 0
    day = clock.day_of(now) + timedelta(days=1)
    accounts = session.scalars(_not_told(day)).all()
    plans = _tomorrows(session, day, accounts)
    chosen = choices_of_all(session, accounts)
    told: list[tuple[int, News]] = []
    for account_id in accounts:
        care, meals = (chosen[account_id, kind] for kind in
                       (NoticeKind.FAMILY_CARE, NoticeKind.FAMILY_MEALS))  # fmt: skip
        found = _news(day, plans[account_id], together=care is meals)
        told += [(account_id, news) for news in found]
    plan_each(session, told, now=now)
    return len(accounts)


def _news(day: date, has: Tomorrow, *, together: bool) -> list[News]:
    """One message; two where a family wants one kind another way than the other."""
    values: dict[str, Value] = {
        "day": day, "num": has.children, "time": text_from_minute(has.starts), "meals": has.meals
    }  # fmt: skip
    first = (NoticeKind.FAMILY_CARE, CARE) if has.children else (NoticeKind.FAMILY_MEALS, MEALS)
    parts = [(*first, _key(day))]
    if has.children and has.meals and together:
        parts = [(NoticeKind.FAMILY_CARE, BOTH, _key(day))]
    elif has.children and has.meals:
        parts.append((NoticeKind.FAMILY_MEALS, MEALS, f"tomorrow-meals:{day}"))
    return [News(kind, words, values, "/family", key, key) for kind, words, key in parts]


def _key(day: date) -> str:
    return f"tomorrow:{day}"


def _not_told(day: date) -> sa.Select[int]:
    """Accounts with something tomorrow that have no reminder of it yet."""
    accounts = sa.union(_live(_care(day)), _live(_meals(day))).subquery()
    key = sa.literal(f"{_key(day)}:") + sa.cast(accounts.c.account_id, sa.Text)
    return (
        sa.select(accounts.c.account_id)
        .where(~sa.exists().where(Notice.key == key))
        .order_by(accounts.c.account_id)
        .limit(A_BATCH)
    )


def _tomorrows(session: Session, day: date, accounts: Collection[int]) -> Mapping[int, Tomorrow]:
    """What each of these accounts has on that day; two queries."""
    care = _live(
        _care(day), sa.func.count(CareDay.child_id.distinct()), sa.func.min(CareDay.starts)
    )
    meals = _live(_meals(day), sa.func.count(OrderedMeal.id.distinct()))
    cared = {row[0]: (row[1], row[2]) for row in session.execute(_of(care, accounts))}
    fed = {row[0]: row[1] for row in session.execute(_of(meals, accounts))}
    return {one: Tomorrow(*cared.get(one, (0, 0)), fed.get(one, 0)) for one in accounts}


def _live(which: sa.ColumnElement[bool], *columns: sa.ColumnElement[Any]) -> sa.Select[Any]:
    """By account that may act for the person."""
    live = (Bond.state == BondState.LIVE, Bond.ended_at.is_(None))
    return sa.select(Bond.account_id, *columns).where(which, *live).group_by(Bond.account_id)


def _of(rows: sa.Select[Any], accounts: Collection[int]) -> sa.Select[Any]:
    return rows.where(Bond.account_id.in_(accounts))


def _care(day: date) -> sa.ColumnElement[bool]:
    """By facility, because that is how the days of all years are found without reading them."""
    return sa.and_(
        Bond.person_id == CareDay.child_id,
        CareDay.facility_id.in_(sa.select(Facility.id)),
        CareDay.day == day,
        CareDay.state == CareState.BOOKED,
    )


def _meals(day: date) -> sa.ColumnElement[bool]:
    return sa.and_(
        Bond.person_id == OrderedMeal.person_id,
        OrderedMeal.facility_id.in_(sa.select(Facility.id)),
        OrderedMeal.day == day,
        OrderedMeal.state == MealState.ORDERED,
    )
