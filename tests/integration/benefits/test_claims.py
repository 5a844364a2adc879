"""Quotes from what is stored; what was quoted is claimed, and given up, by the ledger."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.integration.benefits.making import (
    DAILY,
    TUESDAY,
    a_lunch,
    an_eater,
    imported,
    in_group,
)
from tests.makers import a_child, a_nursery, an_account
from tests.unit.benefits.making import DATA
from ylyx_site.benefits.errors import NotThePerson
from ylyx_site.benefits.models import BenefitRule
from ylyx_site.benefits.rules import Occasion, reasons
from ylyx_site.benefits.service import claim, claimed, differences, give_up, quote_for, quotes_for
from ylyx_site.calendar.models import CalendarDay
from ylyx_site.calendar.rules import DayKind
from ylyx_site.facilities.kinds import CareKind, Meal
from ylyx_site.families.kinds import Group
from ylyx_site.places.errors import LedgerBrokenError, Spent
from ylyx_site.places.models import PlaceCounter
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound, Stale

WEEKLY = DAILY.replace("每天", "每周").replace("uses = 1", "uses = 3")


def counters(session: Session) -> list[tuple[str, date, int, int]]:
    """Every counter: name without the person, first day, limit, taken."""
    rows = session.execute(sa.select(PlaceCounter).order_by(PlaceCounter.name)).scalars()
    return [(one.name.split(":", 2)[2], one.period_start, one.capacity, one.taken) for one in rows]


def test_a_claimed_benefit_is_not_quoted_again_that_day(session: Session) -> None:
    imported(session)
    lunch = a_lunch(session)
    made = quote_for(session, lunch)
    assert [(line.code, line.version, line.fen) for line in made.lines] == [
        ("daily", date(2026, 1, 1), 500)
    ]
    claim(session, [made.given], now=clock.now())
    dinner = quote_for(session, replace(lunch, meal=Meal.DINNER))
    assert (dinner.benefit_fen, dinner.pay_fen) == (0, 1200)
    tomorrow = quote_for(session, replace(lunch, day=TUESDAY + timedelta(days=1)))
    assert tomorrow.benefit_fen == 500
    assert counters(session) == [("daily:day", TUESDAY, 1, 1)]


def test_another_person_has_limits_of_their_own(session: Session) -> None:
    imported(session)
    lunch = a_lunch(session)
    claim(session, [quote_for(session, lunch).given], now=clock.now())
    child = a_child(session, an_account(session, "13800000002", "李先生").id)
    other = quote_for(session, replace(lunch, person_id=child.id))
    assert other.benefit_fen == 500


def test_the_second_of_two_who_were_both_quoted_is_refused(session: Session) -> None:
    imported(session)
    lunch = a_lunch(session)
    first, second = quote_for(session, lunch), quote_for(session, replace(lunch, meal=Meal.DINNER))
    assert second.benefit_fen == 500
    claim(session, [first.given], now=clock.now())
    with pytest.raises(Spent) as refused:
        claim(session, [second.given], now=clock.now())
    name = f"benefit:{lunch.person_id}:daily:day"
    assert (refused.value.counters, refused.value.status) == ([(name, TUESDAY)], 409)


def test_giving_up_frees_it_exactly_once(session: Session) -> None:
    imported(session)
    lunch = a_lunch(session)
    made = quote_for(session, lunch)
    claim(session, [made.given], now=clock.now())
    give_up(session, [made.given])
    assert counters(session) == [("daily:day", TUESDAY, 1, 0)]
    assert quote_for(session, lunch) == made
    with pytest.raises(LedgerBrokenError):
        give_up(session, [made.given])


def test_a_change_is_quoted_as_if_the_old_order_were_given_up(session: Session) -> None:
    imported(session)
    lunch = a_lunch(session)
    made = quote_for(session, lunch)
    claim(session, [made.given], now=clock.now())
    dearer = replace(lunch, price_fen=1500)
    assert quote_for(session, dearer).benefit_fen == 0
    assert quote_for(session, dearer, instead_of=[made.given]).benefit_fen == 500


def test_a_week_quoted_together_counts_for_itself_and_is_claimed_at_once(session: Session) -> None:
    imported(session, WEEKLY)
    lunch = a_lunch(session)
    week = [replace(lunch, day=TUESDAY + timedelta(days=n)) for n in (0, 1, 2, 3, 6)]
    made = quotes_for(session, week)
    assert [one.benefit_fen for one in made] == [500, 500, 500, 0, 500]
    claim(session, [one.given for one in made], now=clock.now())
    assert counters(session) == [
        ("daily:week", date(2026, 11, 23), 3, 3),
        ("daily:week", date(2026, 11, 30), 3, 1),
    ]


def test_choices_of_a_menu_are_quoted_each_as_if_alone(session: Session) -> None:
    imported(session)
    lunch = a_lunch(session)
    choices = [replace(lunch, price_fen=fen) for fen in (800, 1200, 300)]
    made = quotes_for(session, choices, together=False)
    assert [one.pay_fen for one in made] == [300, 700, 0]


def test_a_month_costs_as_many_queries_as_a_day(
    session: Session, count_queries: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    imported(session, WEEKLY)
    lunch = a_lunch(session)
    month = [replace(lunch, day=TUESDAY + timedelta(days=n)) for n in range(30)]
    with count_queries() as one:
        quotes_for(session, [lunch])
    with count_queries() as many:
        made = quotes_for(session, month)
    assert (len(one), len(many)) == (6, 6)
    with count_queries() as statements:
        claim(session, [each.given for each in made], now=clock.now())
    assert len(statements) == 4


def test_the_sum_of_a_month_is_counted_in_fen(session: Session) -> None:
    imported(session, DAILY.replace("每天", "每月").replace("uses = 1", "yuan = 12"))
    lunch = a_lunch(session)
    made = quotes_for(session, [replace(lunch, day=TUESDAY + timedelta(days=n)) for n in range(4)])
    assert [one.benefit_fen for one in made] == [500, 500, 200, 0]
    claim(session, [one.given for one in made], now=clock.now())
    assert counters(session) == [("daily:month:fen", date(2026, 11, 1), 1200, 1200)]


def test_groups_count_on_the_days_of_their_validity(session: Session) -> None:
    imported(session, DAILY.replace("[[rule.amount]]", 'who.groups = ["低保"]\n[[rule.amount]]'))
    lunch = a_lunch(session)
    in_group(session, lunch.person_id, Group.MINIMUM_LIVING, date(2026, 1, 1), TUESDAY)
    made = quotes_for(session, [replace(lunch, day=TUESDAY + timedelta(days=n)) for n in (0, 1)])
    assert [one.benefit_fen for one in made] == [500, 0]
    assert made[1].not_given[0].reason.sentence == reasons.LAPSED


def test_age_is_taken_on_the_day_of_the_meal(session: Session) -> None:
    imported(session, DAILY.replace("[[rule.amount]]", "who.ages = [83]\n[[rule.amount]]"))
    lunch = a_lunch(session)  # 83 on 2027-03-08
    days = (date(2027, 3, 7), date(2027, 3, 8))
    made = quotes_for(session, [replace(lunch, day=day) for day in days])
    assert [one.benefit_fen for one in made] == [0, 500]


def test_home_and_place_are_as_stored(session: Session) -> None:
    near = 'who.hukou = ["500111001"]\nwhat.place = ["500111001"]\n[[rule.amount]]'
    imported(session, DAILY.replace("[[rule.amount]]", near))
    lunch = a_lunch(session)
    guest = an_eater_of(session, "310107")
    assert quote_for(session, lunch).benefit_fen == 500
    assert quote_for(session, replace(lunch, person_id=guest)).benefit_fen == 0


def an_eater_of(session: Session, home: str) -> int:
    """Another elder, of another city."""
    account = an_account(session, "13800000002", "李先生")
    person = a_child(session, account.id, born_on=date(1944, 3, 8))
    person.hukou_division = home
    session.flush()
    return person.id


def test_working_days_follow_the_calendar(session: Session) -> None:
    working = "what.working_days_only = true\n[[rule.amount]]"
    imported(session, DAILY.replace("[[rule.amount]]", working))
    for day, kind in ((date(2026, 10, 9), DayKind.holiday),
                      (date(2026, 10, 10), DayKind.working_weekend)):  # fmt: skip
        session.add(CalendarDay(day=day, kind=kind, name="国庆节", source="示例", published_on=day))
    session.flush()
    lunch = a_lunch(session)
    days = [date(2026, 10, day) for day in (8, 9, 10, 11)]  # Thursday to Sunday
    made = quotes_for(session, [replace(lunch, day=day) for day in days])
    assert [one.benefit_fen for one in made] == [500, 0, 500, 0]


def test_the_thirteenth_hour_of_a_child_is_paid(session: Session) -> None:
    text = (DATA / "shanghai-baobaowu-2024.toml").read_text("utf-8").replace('["31"]', '["5001"]')
    imported(session, text)
    nursery = a_nursery(session, publish_until=None)
    child = a_child(session, an_account(session).id)
    hour = Occasion(child.id, nursery.id, TUESDAY, 2500, care=CareKind.HOURLY)
    paid = []
    for number in range(13):
        made = quote_for(session, replace(hour, day=TUESDAY + timedelta(days=number)))
        claim(session, [made.given], now=clock.now())
        paid.append(made.pay_fen)
    assert paid == [0] * 12 + [2500]


def test_nobody_unknown_and_nowhere_unknown_is_quoted(session: Session) -> None:
    lunch = a_lunch(session)
    for wrong in (replace(lunch, person_id=1), replace(lunch, facility_id=10**6)):
        with pytest.raises(NotFound):
            quote_for(session, wrong)


def test_a_counted_benefit_needs_a_person(session: Session) -> None:
    imported(session)
    given = quote_for(session, a_lunch(session)).given
    with pytest.raises(NotThePerson):
        claim(session, [replace(given, person_id=None)], now=clock.now())


def test_a_rule_that_is_gone_makes_the_quote_stale(session: Session) -> None:
    imported(session)
    given = quote_for(session, a_lunch(session)).given
    session.execute(sa.delete(BenefitRule))
    with pytest.raises(Stale):
        claim(session, [given], now=clock.now())


def test_the_audit_finds_what_nobody_holds(session: Session) -> None:
    imported(session)
    lunch = a_lunch(session)
    made = quote_for(session, lunch)
    claim(session, [made.given], now=clock.now())
    name = f"benefit:{lunch.person_id}:daily:day"
    assert claimed(session, [made.given]) == {(name, TUESDAY): 1}
    assert differences(session, [made.given]) == []
    assert differences(session, []) == [(name, TUESDAY, 1, 0)]


def test_an_eater_without_home_is_told_what_is_missing(session: Session) -> None:
    imported(session, DAILY.replace("[[rule.amount]]", 'who.home = ["500111"]\n[[rule.amount]]'))
    made = quote_for(session, a_lunch(session, an_eater(session, None)))
    assert [one.reason.sentence for one in made.not_given] == [reasons.HOME_UNKNOWN]
