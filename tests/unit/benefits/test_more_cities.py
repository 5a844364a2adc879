"""Whole rules of more cities as data files; every figure was worked out by hand.

天津 2024 and 句容 2023 are as published; the others are ways that cities have, without a name.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.unit.benefits.making import LUNCH, after, pay, reasons
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.rules import Quote, Rule, Situation, quote
from ylyx_site.benefits.rules import reasons as why
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.kinds import Group

MONDAY = date(2026, 11, 23)


def city(name: str) -> list[Rule]:
    """The rules of a file beside this one."""
    path = Path(__file__).parent / "cities" / f"{name}.toml"
    return [table.rule for table in read_file(path.read_text("utf-8"))]


TIANJIN = city("tianjin-2024")
IN_TIANJIN = replace(LUNCH, hukou="120104", place="120104", price_fen=1500, day=MONDAY)
JURONG = city("jurong-2023")
IN_JURONG = replace(LUNCH, hukou="321183", place="321183", price_fen=1100)
HALF = city("half-with-ceilings")
IN_SHANGHAI = replace(LUNCH, hukou="310107", place="310107")
EACH_MEAL = city("meals-with-a-daily-cap")
MONTHLY = city("hukou-with-a-monthly-cap")
IN_HANGZHOU = replace(LUNCH, hukou="330106", place="330106", price_fen=1470)
LIST = city("price-list-by-group")
STEPS = city("steps-by-price")


def one_after_the_other(rules: list[Rule], meals: Iterable[Situation]) -> list[int]:
    """What is paid for each when all before it were claimed."""
    quotes: list[Quote] = []
    for meal in meals:
        quotes.append(quote(rules, after(rules, meal, *quotes)))
    return [made.pay_fen for made in quotes]


@pytest.mark.parametrize(
    ("age", "groups", "pays"),
    [
        (80, (), 1200), (79, (), 1500),
        (70, (Group.LIVING_ALONE,), 1200), (69, (Group.LIVING_ALONE,), 1500),
        (60, (Group.MINIMUM_LIVING, Group.DISABLED_CARE), 1200),
        (60, (Group.MINIMUM_LIVING,), 1500), (60, (Group.DISABLED_CARE,), 1500),
        (69, (Group.DISABILITY,), 1200), (59, (Group.DISABILITY,), 1500),
    ],
)  # fmt: skip
def test_tianjin_gives_three_yuan_to_four_sorts_of_people(
    age: int, groups: tuple[Group, ...], pays: int
) -> None:
    assert pay(TIANJIN, replace(IN_TIANJIN, age_years=age, groups=frozenset(groups))) == pays


def test_tianjin_counts_five_a_week_whichever_sort_somebody_is_of() -> None:
    alone = replace(IN_TIANJIN, age_years=79, groups=frozenset({Group.LIVING_ALONE}))
    days = [MONDAY + timedelta(days=number) for number in range(8)]
    meals = [replace(alone, day=day, age_years=79 if day < days[3] else 80) for day in days]
    assert one_after_the_other(TIANJIN, meals) == [1200] * 5 + [1500] * 2 + [1200]


@pytest.mark.parametrize(
    ("age", "groups", "price_fen", "pays"),
    [
        (74, (), 1100, 1000), (75, (), 1100, 600), (85, (), 1100, 300), (95, (), 1100, 200),
        (62, (Group.MINIMUM_LIVING,), 1100, 300), (65, (Group.DESTITUTE,), 900, 0),
        (76, (Group.FAMILY_PLANNING,), 1300, 500), (59, (), 1100, 1100),
    ],
)  # fmt: skip
def test_jurong_gives_by_age_and_group(
    age: int, groups: tuple[Group, ...], price_fen: int, pays: int
) -> None:
    person = replace(IN_JURONG, age_years=age, groups=frozenset(groups), price_fen=price_fen)
    assert pay(JURONG, person) == pays
    brought = replace(person, fee_fen=200, serving=Serving.DELIVERY)
    assert pay(JURONG, brought) == pays + 200
    assert pay(JURONG, replace(person, meal=Meal.DINNER)) == price_fen


@pytest.mark.parametrize(
    ("age", "price_fen", "pays"),
    [
        (85, 1370, 620),  # − 1.40 = 12.30; half is 6.15, so 6.10
        (85, 2000, 1000),  # − 2.00 = 18.00; half is 9.00, at most 8.00
        (90, 2000, 900),  # 9.00 is under 10.00
        (90, 3000, 1700),  # − 3.00 = 27.00; at most 10.00
        (70, 2000, 1350),  # a quarter of 18.00
        (79, 2400, 1660),  # − 2.40 = 21.60; a quarter is 5.40, at most 5.00
        (85, 1100, 990),  # 9.90 is under 10.00
        (85, 1120, 510),  # − 1.10 = 10.10; half is 5.05, so 5.00
        (59, 2000, 2000),
    ],
)
def test_half_the_price_with_ceilings_by_age(age: int, price_fen: int, pays: int) -> None:
    assert pay(HALF, replace(IN_SHANGHAI, age_years=age, price_fen=price_fen)) == pays


def test_half_the_price_is_for_those_whose_hukou_is_there() -> None:
    moved_here = replace(IN_SHANGHAI, age_years=85, price_fen=2000, hukou="320106")
    assert pay(HALF, moved_here) == 1800


def test_three_meals_have_sums_of_their_own_under_one_cap_a_day() -> None:
    person = replace(LUNCH, groups=frozenset({Group.BASIC_CARE}))
    day = [
        replace(person, meal=Meal.BREAKFAST, price_fen=600),
        replace(person, meal=Meal.LUNCH, price_fen=1500),
        replace(person, meal=Meal.LUNCH, price_fen=1500),  # a second lunch
        replace(person, meal=Meal.DINNER, price_fen=1200),  # 2 of 8 yuan are left
    ]
    assert one_after_the_other(EACH_MEAL, day) == [400, 1100, 1500, 1000]
    assert pay(EACH_MEAL, replace(day[3], day=LUNCH.day + timedelta(days=1))) == 800


def test_city_and_district_share_a_part_with_a_cap_a_month() -> None:
    first = replace(IN_HANGZHOU, day=date(2026, 12, 1))
    days = [replace(first, day=first.day + timedelta(days=number)) for number in range(12)]
    paid = one_after_the_other(MONTHLY, [*days, replace(first, day=date(2027, 1, 1))])
    assert paid == [890] * 10 + [1270, 1470, 890]  # 2.90 each ten times, then 1.00 each
    assert pay(MONTHLY, replace(first, hukou="310107", residence="330106")) == 1470


@pytest.mark.parametrize(
    ("age", "groups", "pays"),
    [
        (100, (), 0), (70, (Group.DESTITUTE,), 0),
        (70, (Group.LOW_INCOME, Group.DISABLED_CARE), 200), (70, (Group.LOW_INCOME,), 400),
        (70, (Group.DISABLED_CARE,), 1000), (70, (Group.FAMILY_PLANNING,), 500), (70, (), 1000),
    ],
)  # fmt: skip
def test_a_price_list_by_groups_that_come_together(
    age: int, groups: tuple[Group, ...], pays: int
) -> None:
    person = replace(LUNCH, age_years=age, groups=frozenset(groups))
    assert pay(LIST, person) == pays
    assert pay(LIST, replace(person, is_working_day=False)) == 1200
    assert pay(LIST, replace(person, price_fen=150)) == min(pays, 150)


@pytest.mark.parametrize(
    ("price_fen", "pays"), [(990, 990), (1000, 800), (1490, 1290), (1500, 1200), (2000, 1500)]
)
def test_steps_by_price(price_fen: int, pays: int) -> None:
    assert pay(STEPS, replace(LUNCH, price_fen=price_fen)) == pays


def test_steps_by_price_are_one_benefit_a_day() -> None:
    meals = [replace(LUNCH, price_fen=2000), replace(LUNCH, price_fen=1200, meal=Meal.DINNER)]
    assert one_after_the_other(STEPS, meals) == [1500, 1200]


def test_steps_by_price_differ_by_way_of_serving() -> None:
    brought = replace(LUNCH, price_fen=2000, fee_fen=200, serving=Serving.DELIVERY)
    assert pay(STEPS, brought) == 2100


def test_why_no_amount_fits_is_told() -> None:
    assert reasons(STEPS, replace(LUNCH, price_fen=900)) == {"steps": why.SPEND_FROM}
    person = replace(LUNCH, groups=frozenset({Group.BASIC_CARE}))
    only_lunch = [replace(rule, cases=rule.cases[1:]) for rule in EACH_MEAL]
    assert reasons(only_lunch, replace(person, meal=Meal.BREAKFAST)) == {"each-meal": why.MEALS}
    assert reasons(TIANJIN, replace(IN_TIANJIN, age_years=65)) == {"tianjin-2024": why.NO_CASE}


def test_all_groups_must_hold_at_once() -> None:
    both = [replace(rule, who=replace(
        rule.who, all_groups=frozenset({Group.MINIMUM_LIVING, Group.DISABLED_CARE})
    )) for rule in STEPS]  # fmt: skip
    poor = replace(LUNCH, groups=frozenset({Group.MINIMUM_LIVING}))
    assert reasons(both, poor) == {"steps": why.ALL_GROUPS}
    ended = replace(poor, lapsed=((Group.DISABLED_CARE, MONDAY),))
    assert reasons(both, ended) == {"steps": why.LAPSED}
    cared_for = replace(poor, groups=frozenset({Group.MINIMUM_LIVING, Group.DISABLED_CARE}))
    assert reasons(both, cared_for) == {}
