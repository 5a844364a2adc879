"""Kinds of rules that other cities have, out of data alone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.unit.benefits.making import LUNCH, TUESDAY, after, pay, reasons
from ylyx_site.benefits.kinds import Service
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.rules import Lapsed, Quote, Rule, Situation, quote
from ylyx_site.benefits.rules import reasons as why
from ylyx_site.facilities.kinds import CareKind, Meal, Serving
from ylyx_site.families.kinds import Group

HEAD = """
source = "某市办法"

[[rule]]
code = "rule"
title = "补贴"
clause = "第一条"
payer = "市"
valid_from = 2026-01-01
"""
CARE = Situation(
    Service.CHILDCARE, TUESDAY, age_years=1, price_fen=6800, person_id=8, place="500111001",
    hukou="500111", care=CareKind.FULL_DAY,
)  # fmt: skip


def written(text: str, service: str = "助餐") -> list[Rule]:
    """A rule of a file, `text` being what differs."""
    return [table.rule for table in read_file(f'{HEAD}service = "{service}"\n{text}')]


def taken_up(rules: list[Rule], situation: Situation, days: int) -> list[Quote]:
    """Quotes of so many days in a row, each claimed before the next."""
    quotes: list[Quote] = []
    for number in range(days):
        day = replace(situation, day=situation.day + timedelta(days=number))
        quotes.append(quote(rules, after(rules, day, *quotes)))
    return quotes


def test_a_fixed_sum_never_exceeds_the_price() -> None:
    rules = written("[[rule.amount]]\nyuan = 5.5")
    assert [pay(rules, replace(LUNCH, price_fen=fen)) for fen in (1200, 550, 549)] == [650, 0, 0]


def test_a_share_with_a_ceiling() -> None:
    rules = written("[[rule.amount]]\npercent = 30\nceiling_yuan = 4")
    assert [pay(rules, replace(LUNCH, price_fen=fen)) for fen in (1000, 1333, 1334, 5000)] == [
        700, 933, 934, 4600,
    ]  # fmt: skip


@pytest.mark.parametrize(("age", "pays"), [(64, 1200), (65, 1080), (75, 960), (90, 600)])
def test_percent_by_age_band(age: int, pays: int) -> None:
    rules = written(
        """who = { ages = [65] }
        [[rule.amount]]
        ages = [65, 75]
        percent = 10
        [[rule.amount]]
        ages = [75, 85]
        percent = 20
        [[rule.amount]]
        ages = [85]
        percent = 50"""
    )
    assert pay(rules, replace(LUNCH, age_years=age)) == pays


@pytest.mark.parametrize(
    ("groups", "pays"),
    [({Group.DESTITUTE}, 0), ({Group.MINIMUM_LIVING, Group.LIVING_ALONE}, 200),
     ({Group.LIVING_ALONE}, 600), (set[Group](), 1000)],
)  # fmt: skip
def test_a_price_list_by_group(groups: set[Group], pays: int) -> None:
    rules = written(
        """[[rule.amount]]
        groups = ["特困"]
        free = true
        [[rule.amount]]
        groups = ["低保"]
        pays_yuan = 2
        [[rule.amount]]
        groups = ["独居", "空巢"]
        pays_yuan = 6
        [[rule.amount]]
        pays_yuan = 10"""
    )
    assert pay(rules, replace(LUNCH, groups=frozenset(groups))) == pays
    assert pay(rules, replace(LUNCH, groups=frozenset(groups), price_fen=100)) == min(pays, 100)


def test_a_price_list_says_what_evidence_that_ran_out_would_have_given() -> None:
    rules = written(
        """[[rule.amount]]
        groups = ["低保"]
        pays_yuan = 2
        [[rule.amount]]
        pays_yuan = 10"""
    )
    ended = ((Group.MINIMUM_LIVING, date(2026, 11, 23)),)
    made = quote(rules, replace(LUNCH, lapsed=ended))
    assert made.pay_fen == 1000
    assert made.lapsed == Lapsed((Group.MINIMUM_LIVING,), date(2026, 11, 23), 800)
    worthless = replace(LUNCH, lapsed=((Group.LIVING_ALONE, date(2026, 11, 23)),))
    assert quote(rules, worthless).lapsed is None


def test_so_many_uses_a_week_beginning_on_monday() -> None:
    rules = written('[[rule.amount]]\nyuan = 3\n[[rule.limit]]\nper = "每周"\nuses = 3')
    quotes = taken_up(rules, LUNCH, 8)  # Tuesday to Tuesday
    assert [made.benefit_fen for made in quotes] == [300] * 3 + [0] * 3 + [300] * 2
    assert {made.not_given[0].reason.sentence for made in quotes[3:6]} == {
        "每周 %(num)d 次，这一周已经用完了。"
    }


def test_a_sum_a_month_pays_its_rest_at_last() -> None:
    rules = written('[[rule.amount]]\nyuan = 4\n[[rule.limit]]\nper = "每月"\nyuan = 10')
    quotes = taken_up(rules, replace(LUNCH, day=date(2026, 11, 27)), 5)  # 1 December is the fifth
    assert [made.benefit_fen for made in quotes] == [400, 400, 200, 0, 400]


def test_two_limits_both_bind() -> None:
    rules = written(
        """[[rule.amount]]
        yuan = 3
        [[rule.limit]]
        per = "每天"
        uses = 1
        [[rule.limit]]
        per = "每月"
        uses = 2"""
    )
    assert [made.benefit_fen for made in taken_up(rules, LUNCH, 3)] == [300, 300, 0]
    both = after(rules, replace(LUNCH, meal=Meal.DINNER), quote(rules, LUNCH))
    assert pay(rules, both) == 1200


def test_once_a_meal_is_lunch_and_dinner() -> None:
    rules = written('[[rule.amount]]\nyuan = 3\n[[rule.limit]]\nper = "每餐"\nuses = 1')
    lunch = quote(rules, LUNCH)
    assert pay(rules, after(rules, LUNCH, lunch)) == 1200
    assert pay(rules, after(rules, replace(LUNCH, meal=Meal.DINNER), lunch)) == 900


@pytest.mark.parametrize(
    ("condition", "hukou", "residence", "place", "pays"),
    [
        ('who = { hukou = ["500111"] }', "500111001", "310107", "310107", 900),
        ('who = { hukou = ["500111"] }', "310107", "500111001", "500111001", 1200),
        ('who = { residence = ["500111"] }', "310107", "500111001", "310107", 900),
        ('who = { residence = ["500111"] }', "500111001", "310107", "500111001", 1200),
        ('what = { place = ["500111"] }', "310107", "310107", "500111001", 900),
        ('what = { place = ["500111"] }', "500111001", "500111001", "310107", 1200),
        ('who = { home = ["500111"] }', "500111001", None, "310107", 900),
        ('who = { home = ["500111"] }', None, "500111001", "310107", 900),
        ('who = { home = ["500111"] }', None, None, "500111001", 1200),
    ],
)
def test_hukou_residence_and_place_of_the_meal_are_three_things(
    condition: str, hukou: str | None, residence: str | None, place: str, pays: int
) -> None:
    rules = written(f"{condition}\n[[rule.amount]]\nyuan = 3")
    assert pay(rules, replace(LUNCH, hukou=hukou, residence=residence, place=place)) == pays


def test_an_unknown_hukou_is_said_to_be_missing() -> None:
    rules = written('who = { hukou = ["500111"] }\n[[rule.amount]]\nyuan = 3')
    assert reasons(rules, LUNCH) == {"rule": why.HUKOU_UNKNOWN}
    assert reasons(rules, replace(LUNCH, hukou="310107")) == {"rule": why.HUKOU}


def test_a_rule_of_elsewhere_is_not_mentioned_but_one_of_home_is() -> None:
    rules = written(
        'who = { home = ["440118"] }\nwhat = { place = ["440118"] }\n[[rule.amount]]\nyuan = 3'
    )
    assert reasons(rules, LUNCH) == {}
    assert reasons(rules, replace(LUNCH, hukou="440118")) == {"rule": why.PLACE}


def test_working_days_only() -> None:
    rules = written("what = { working_days_only = true }\n[[rule.amount]]\nyuan = 3")
    assert pay(rules, LUNCH) == 900
    assert reasons(rules, replace(LUNCH, is_working_day=False)) == {"rule": why.WORKING_DAYS}


def test_dine_in_only() -> None:
    rules = written('what = { servings = ["堂食"] }\n[[rule.amount]]\nyuan = 3')
    assert [pay(rules, replace(LUNCH, serving=one)) for one in Serving] == [900, 1200, 1200]


def test_some_facilities_only() -> None:
    rules = written("what = { facilities = [1, 2] }\n[[rule.amount]]\nyuan = 3")
    assert pay(rules, LUNCH) == 900
    assert reasons(rules, replace(LUNCH, facility_id=3)) == {"rule": why.FACILITY}


@pytest.mark.parametrize(
    ("rounding", "benefit"),
    [("四舍五入到分", 186), ("舍去到分", 185), ("舍去到角", 180), ("四舍五入到角", 190),
     ("进位到角", 190), ("舍去到元", 100), ("四舍五入到元", 200), ("进位到元", 200)],
)  # fmt: skip
def test_rounding(rounding: str, benefit: int) -> None:
    rules = written(f'rounding = "{rounding}"\n[[rule.amount]]\npercent = 15')
    assert quote(rules, replace(LUNCH, price_fen=1237)).benefit_fen == benefit


def test_a_spend_before_or_after_other_discounts() -> None:
    first = "order = 1\n[[rule.amount]]\npercent = 15\n"
    second = HEAD.split("[[rule]]")[1].replace('"rule"', '"second"') + 'service = "助餐"\norder = 2'
    pays = []
    for measured in ("优惠前", "优惠后"):
        spend = f'spend = {{ from_yuan = 15, measured = "{measured}" }}'
        text = f"{first}\n[[rule]]\n{second}\n{spend}\n[[rule.amount]]\nyuan = 3"
        pays.append(pay(written(text), replace(LUNCH, price_fen=1600)))
    assert pays == [1600 - 240 - 300, 1600 - 240]


def test_childcare_has_an_inclusive_price() -> None:
    rules = written(
        'what = { care = ["全日托"] }\nwho = { home = ["500111"] }\n'
        "[[rule.amount]]\npays_yuan = 45",
        "托育",
    )
    assert pay(rules, CARE) == 4500
    assert pay(rules, replace(CARE, price_fen=4000)) == 4000
    assert pay(rules, replace(CARE, hukou="310107")) == 6800


def test_childcare_has_a_share_for_half_days() -> None:
    text = 'what = { care = ["半日托"] }\n[[rule.amount]]\npercent = 20\nceiling_yuan = 6'
    rules = written(text, "托育")
    assert pay(rules, replace(CARE, care=CareKind.HALF_DAY, price_fen=2500)) == 2000
    assert pay(rules, replace(CARE, care=CareKind.HALF_DAY, price_fen=3800)) == 3200
    assert pay(rules, CARE) == 6800


def test_meals_and_childcare_never_share_rules() -> None:
    rules = written("[[rule.amount]]\nyuan = 3")
    assert quote(rules, CARE).lines == ()
    assert quote(rules, CARE).not_given == ()
