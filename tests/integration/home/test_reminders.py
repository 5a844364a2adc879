"""The evening before: one message to each family, once, as it wants it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.integration.meals.place import a_place, ordered
from tests.makers import a_bond, a_child, a_nursery, an_account, an_elder
from ylyx_site.childcare.models import CareDay
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import book
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.home.reminders import _not_told, remind
from ylyx_site.meals.kinds import ItemKind, MealState
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.notices import service
from ylyx_site.notices.kinds import Channel, NoticeKind
from ylyx_site.notices.models import Notice
from ylyx_site.notices.words import said
from ylyx_site.shared import clock

TUESDAY = date(2026, 11, 24)
SIX = clock.instant_at(date(2026, 11, 23), 18 * 60)


@pytest.fixture
def wang(session: Session) -> int:
    """Wang has two children in care tomorrow, their father may act for one; li has care later."""
    wang, father, li = (
        an_account(session, f"1380000000{number}", name).id
        for number, name in enumerate(("王小明", "王大明", "李建国"), start=1)
    )
    house = a_nursery(session).id
    one, two = (a_child(session, wang, name).id for name in ("明明", "亮亮"))
    a_bond(session, one, father)
    wishes = (
        (wang, (one, two), TUESDAY),
        (li, (a_child(session, li, "果果").id,), date(2026, 11, 25)),
    )
    for number, (account, children, day) in enumerate(wishes):
        wish = CareWish(house, children, (day,), CareKind.FULL_DAY)
        book(session, wish, actor_id=account, code=f"7K392{number}", now=clock.now())
    session.execute(sa.delete(Notice))
    return wang


def told(session: Session) -> list[tuple[int, str]]:
    """Whom, what."""
    rows = session.scalars(sa.select(Notice).order_by(Notice.account_id))
    return [(one.account_id, said(one)) for one in rows]


def test_each_family_is_told_of_its_own_once(session: Session, wang: int) -> None:
    assert [remind(session, SIX), remind(session, SIX + timedelta(minutes=1))] == [2, 0]
    assert told(session) == [
        (wang, "提醒您：11月24日 周二有 2 个孩子去托育，最早 07:30 到园。"),
        (wang + 1, "提醒您：11月24日 周二有 1 个孩子去托育，最早 07:30 到园。"),
    ]


@pytest.mark.parametrize("moment", [SIX - timedelta(seconds=1), SIX + timedelta(hours=3)])
def test_not_before_six_and_not_at_night(session: Session, wang: int, moment: datetime) -> None:
    assert (remind(session, moment), told(session)) == (0, [])


@pytest.fixture
def zhao(session: Session) -> int:
    """Zhao has two portions ordered for her mother tomorrow; her child is in care too."""
    place = a_place(session)
    zhao = an_account(session, "13800000003", "赵女士").id
    mother = an_elder(session, zhao, phone="13900000001").id
    wish = place.lunch(mother, numbers=(((ItemKind.SET, place.meal_set.id), 2),))
    ordered(session, wish, zhao, "ZHA0C4D5")
    session.execute(sa.delete(Notice))
    return zhao


MEALS = "提醒您：11月24日 周二家里订了 1 份餐，看看几点吃、怎么取。"


def test_whoever_ordered_for_tomorrow_is_told_of_the_meals(session: Session, zhao: int) -> None:
    assert [remind(session, SIX), remind(session, SIX)] == [1, 0]
    assert told(session) == [(zhao, MEALS)]


def test_a_meal_that_was_cancelled_or_is_of_another_day_is_not_told(
    session: Session, zhao: int
) -> None:
    assert remind(session, SIX + timedelta(days=1)) == 0
    session.execute(sa.update(OrderedMeal).values(state=MealState.CANCELLED))
    assert (remind(session, SIX), told(session)) == (0, [])


@pytest.mark.parametrize(("wants", "words"), [
    ({NoticeKind.FAMILY_MEALS: Channel.SMS},
     ["提醒您：11月24日 周二有 1 个孩子去托育，最早 07:30 到园；家里还订了 1 份餐。"]),
    ({NoticeKind.FAMILY_MEALS: Channel.SITE},
     ["提醒您：11月24日 周二有 1 个孩子去托育，最早 07:30 到园。", MEALS]),
])  # fmt: skip
def test_care_and_meals_are_one_message_unless_wanted_by_other_ways(
    session: Session, zhao: int, wants: dict[NoticeKind, Channel], words: list[str]
) -> None:
    child = a_child(session, zhao).id
    wish = CareWish(a_nursery(session).id, (child,), (TUESDAY,), CareKind.FULL_DAY)
    book(session, wish, actor_id=zhao, code="7K392F", now=clock.now())
    service.prefer(session, wants, actor_id=zhao)
    remind(session, SIX)
    assert sorted(said for _whom, said in told(session)) == sorted(words)


def test_a_batch_costs_the_same_for_two_families_and_for_many(
    session: Session, wang: int, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    with count_queries() as few:
        remind(session, SIX)
    child = session.scalars(sa.select(CareDay.child_id).where(CareDay.day == TUESDAY)).first() or 0
    for number in range(30):
        a_bond(session, child, an_account(session, f"139{number:08d}", "家").id)
    with count_queries() as many:
        assert remind(session, SIX) == 30
    assert (len(few), len(many)) == (5, 5)


def test_tomorrow_is_found_by_an_index_and_not_by_reading_all_days(
    session: Session, wang: int
) -> None:
    if session.get_bind().dialect.name != "sqlite":
        pytest.skip("PostgreSQL reads a table of three rows as a whole, whatever the index")
    asked = str(
        _not_told(TUESDAY).compile(session.get_bind(), compile_kwargs={"literal_binds": True})
    )
    steps = [row[3] for row in session.execute(sa.text(f"EXPLAIN QUERY PLAN {asked}"))]
    assert [one for one in steps if one.startswith(("SCAN care_day", "SCAN ordered_meal"))] == []
