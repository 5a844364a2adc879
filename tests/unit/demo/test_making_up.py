"""How the demo district is made up: within the standard, and the same every time."""

from datetime import date, timedelta

import pytest

from ylyx_site.demo.people import invent_families
from ylyx_site.demo.register import Place
from ylyx_site.demo.rules import (
    birth_days,
    class_plans,
    credit_code,
    dice,
    months_before,
    public_codes,
)
from ylyx_site.demo.tables import Nursery, names, nurseries, stations
from ylyx_site.facilities.rules import CLASS_RULES
from ylyx_site.shared import identifiers
from ylyx_site.shared.ages import months_on
from ylyx_site.shared.spans import DaySpan

WEEKS = DaySpan(date(2026, 2, 23), date(2026, 3, 16))


def a_place(number: int, nursery: Nursery) -> Place:
    plans = class_plans(nursery.nature, nursery.places)
    return Place(number, nursery, [(number * 100 + n, plan) for n, plan in enumerate(plans)])


@pytest.mark.parametrize("nursery", nurseries(), ids=lambda one: one.name)
def test_classes_keep_to_the_standard_and_add_up_to_the_places(nursery: Nursery) -> None:
    plans = class_plans(nursery.nature, nursery.places)
    assert sum(plan.children for plan in plans) == nursery.places
    assert [plan for plan in plans if plan.children > CLASS_RULES[plan.kind].children] == []
    assert len({plan.name for plan in plans}) == len(plans)


@pytest.mark.parametrize("nursery", nurseries(), ids=lambda one: one.name)
def test_prices_are_plausible(nursery: Nursery) -> None:
    full, half, hour, day, half_of_a_day = (fen / 100 for fen in nursery.prices.values())
    assert 45 <= full <= 88
    assert 28 <= half <= 48
    assert 10 <= hour <= 18
    assert day > full
    assert half_of_a_day > half


def test_invented_credit_codes_pass_the_check() -> None:
    for public in (True, False):
        code = credit_code(7, public=public)
        assert identifiers.credit_code(code) == code


@pytest.mark.parametrize("first", [date(2026, 2, 28) + timedelta(days=n) for n in range(40)])
def test_children_are_born_so_that_they_stay_in_their_class(first: date) -> None:
    weeks = DaySpan(first, first + timedelta(days=25))
    days = birth_days(range(12, 24), weeks)
    ages = {months_on(born, day) for born in days for day in (weeks.first, weeks.last)}
    assert ages == set(range(12, 24))


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 11, 23), 20, date(2025, 3, 23)),
        (date(2026, 12, 31), 12, date(2025, 12, 31)),
        (date(2026, 3, 31), 25, date(2024, 2, 29)),
        (date(2026, 1, 5), 1, date(2025, 12, 5)),
    ],
)
def test_months_before(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


def test_the_same_families_every_time() -> None:
    places = [a_place(n, one) for n, one in enumerate(nurseries(), 1)]
    once, again = (invent_families(places, names(), WEEKS, dice("families")) for _ in range(2))
    assert once == again
    assert sum(len(family.children) for family in once) == 1234
    assert {len(family.children) for family in once} == {1, 2}


def test_codes_are_different_and_read_aloud() -> None:
    codes = public_codes(dice("codes"), 500)
    assert len(set(codes)) == 500
    assert [identifiers.code_from_text(code) for code in codes] == codes


def test_stations_stand_in_communities_of_their_town() -> None:
    assert {len(one.code) for one in stations()} == {12}
    assert len({one.code for one in stations()}) == 100
