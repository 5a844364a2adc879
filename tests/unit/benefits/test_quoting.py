"""What holds for every quote, whatever the rules."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.benefits.making import ANY_MEAL, LUNCH, a_rule, after, pay, reasons
from ylyx_site.benefits.kinds import Payer, Period, Rounding, Service
from ylyx_site.benefits.rules import (
    Ages,
    Case,
    Fixed,
    Limit,
    Measured,
    Pays,
    Rule,
    Share,
    Situation,
    Spend,
    What,
    Who,
    in_force,
    period_start,
    quote,
    uses_of,
)
from ylyx_site.benefits.rules import reasons as why
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.kinds import Group

FEN = st.integers(0, 5000)
AMOUNTS = st.one_of(
    st.builds(Fixed, FEN),
    st.builds(Pays, FEN),
    st.builds(Share, st.integers(1, 1000), st.none() | FEN, st.sampled_from(Measured)),
)
GROUPS = st.frozensets(st.sampled_from(Group), max_size=2)
AGES = st.sampled_from([Ages(), Ages(60), Ages(60, 80), Ages(0, 60)])
CASES = st.builds(
    Case, AMOUNTS, AGES, GROUPS, all_groups=st.frozensets(st.sampled_from(Group), max_size=1),
    meals=st.frozensets(st.sampled_from(Meal), max_size=2),
    servings=st.frozensets(st.sampled_from(Serving), max_size=2), from_fen=FEN,
)  # fmt: skip
LIMITS = st.builds(
    Limit, st.sampled_from(Period), st.none() | st.integers(1, 3), st.none() | st.integers(1, 5000)
)
RULES = st.builds(
    Rule,
    code=st.sampled_from("abcdefgh"),
    valid_from=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    valid_to=st.none() | st.dates(date(2026, 11, 20), date(2027, 1, 1)),
    payer=st.sampled_from(Payer),
    title=st.just("补贴"),
    clause=st.just("第一条"),
    what=st.builds(
        What, st.just(Service.MEAL), servings=st.frozensets(st.sampled_from(Serving), max_size=2)
    ),
    cases=st.lists(CASES, min_size=1, max_size=3).map(tuple),
    who=st.builds(Who, AGES, GROUPS),
    spend=st.builds(Spend, FEN, st.none() | FEN, st.sampled_from(Measured)),
    limits=st.lists(LIMITS, max_size=2, unique_by=lambda limit: limit.per).map(tuple),
    best_of=st.sampled_from(["", "", "x", "y"]),
    order=st.integers(1, 3),
    rounding=st.sampled_from(Rounding),
)
SITUATIONS = st.builds(
    replace,
    st.just(LUNCH),
    price_fen=st.integers(0, 10_000),
    fee_fen=st.integers(0, 500),
    age_years=st.integers(55, 90),
    groups=GROUPS,
    serving=st.sampled_from(Serving),
)
FEW = settings(max_examples=60, deadline=None)


@FEW
@given(st.lists(RULES, max_size=8), SITUATIONS)
def test_sums_are_right_to_the_fen(rules: list[Rule], situation: Situation) -> None:
    made = quote(rules, situation)
    assert all(line.fen > 0 for line in made.lines)
    assert sum(line.fen for line in made.lines) + made.pay_fen == made.total_fen
    assert made.total_fen == situation.price_fen + situation.fee_fen
    assert 0 <= made.benefit_fen <= situation.price_fen
    assert situation.fee_fen <= made.pay_fen <= made.total_fen


@FEW
@given(st.lists(RULES, max_size=8), SITUATIONS, st.randoms())
def test_the_order_in_which_rules_are_read_does_not_matter(
    rules: list[Rule], situation: Situation, random: Random
) -> None:
    unique = list({(rule.code, rule.valid_from): rule for rule in rules}.values())
    shuffled = random.sample(unique, len(unique))
    assert quote(shuffled, situation) == quote(unique, situation)


@FEW
@given(st.lists(RULES, max_size=8), SITUATIONS)
def test_each_rule_is_told_once_given_or_not(rules: list[Rule], situation: Situation) -> None:
    made = quote(rules, situation)
    told = [line.code for line in made.lines] + [one.code for one in made.not_given]
    assert sorted(told) == sorted({rule.code for rule in in_force(rules, situation.day)})


@FEW
@given(st.lists(RULES, max_size=6, unique_by=lambda rule: rule.code), SITUATIONS)
def test_limits_hold_over_many_meals(rules: list[Rule], situation: Situation) -> None:
    quotes = []
    for number in range(9):
        next_one = replace(
            situation, day=situation.day + timedelta(days=number // 3), meal=list(Meal)[number % 3]
        )
        quotes.append(quote(rules, after(rules, next_one, *quotes)))
    taken: dict[tuple[str, date], int] = {}
    limits: dict[tuple[str, date], int] = {}
    by_code = {rule.code: rule for rule in rules}
    for made in quotes:
        for line in made.lines:
            for use in uses_of(by_code[line.code], 7, made.day, made.meal, line.fen):
                taken[use.key] = taken.get(use.key, 0) + use.count
                limits[use.key] = min(use.limit, limits.get(use.key, use.limit))
    assert {key: count for key, count in taken.items() if count > limits[key]} == {}


@pytest.mark.parametrize(("fens", "given_fen"), [([300, 300, 300], [334, 333, 333])])
def test_too_much_is_shared_by_largest_remainder(fens: list[int], given_fen: list[int]) -> None:
    rules = [a_rule(code, fen * 2) for code, fen in zip("abc", fens, strict=True)]
    made = quote(rules, replace(LUNCH, price_fen=1000))
    assert [line.fen for line in made.lines] == given_fen
    assert made.pay_fen == 0


def test_later_orders_see_what_earlier_ones_left() -> None:
    half = Case(Share(500))
    rules = [a_rule("a", order=2, cases=(half,)), a_rule("b", 200, order=1)]
    assert [(line.code, line.fen) for line in quote(rules, LUNCH).lines] == [
        ("b", 200), ("a", 500),
    ]  # fmt: skip


def test_of_alternatives_only_the_best_is_given() -> None:
    rules = [
        a_rule("a", 200, best_of="一"), a_rule("b", 500, best_of="一"),
        a_rule("c", 100), a_rule("d", 9000, best_of="一", who=Who(Ages(90))),
    ]  # fmt: skip
    assert [(line.code, line.fen) for line in quote(rules, LUNCH).lines] == [("b", 500), ("c", 100)]
    assert reasons(rules, LUNCH) == {"a": why.BETTER, "d": why.AGE_FROM}


def test_the_next_best_is_given_when_the_best_is_used_up() -> None:
    rules = [
        a_rule("a", 200, best_of="一"),
        a_rule("b", 500, best_of="一", limits=(Limit(Period.DAY, 1),)),
    ]
    lunch = quote(rules, LUNCH)
    assert pay(rules, after(rules, replace(LUNCH, meal=Meal.DINNER), lunch)) == 1000


def test_the_version_of_the_day_counts() -> None:
    rules = [
        a_rule(fen=300, valid_from=date(2026, 1, 1)),
        a_rule(fen=500, valid_from=date(2026, 11, 25), valid_to=date(2026, 11, 30)),
    ]
    days = [date(2025, 12, 31), *(date(2026, 11, day) for day in (24, 25, 30)), date(2026, 12, 1)]
    paid = [quote(rules, replace(LUNCH, day=day)).benefit_fen for day in days]
    assert paid == [0, 300, 500, 500, 0]
    assert quote(rules, LUNCH).lines[0].version == date(2026, 1, 1)


def test_periods_begin() -> None:
    sunday = date(2027, 1, 3)
    assert [period_start(period, sunday) for period in Period] == [
        sunday, sunday, date(2026, 12, 28), date(2027, 1, 1), date(2027, 1, 1),
    ]  # fmt: skip


def test_names_of_counters_fit_their_column() -> None:
    rule = a_rule("x" * 40, limits=tuple(Limit(period, 1, 1) for period in Period))
    names = [use.name for use in uses_of(rule, 2**31 - 1, LUNCH.day, Meal.BREAKFAST, 1)]
    assert len(set(names)) == 10
    assert max(map(len, names)) <= 80


def test_a_negative_price_is_a_bug() -> None:
    with pytest.raises(ValueError, match="negative"):
        quote([], replace(LUNCH, price_fen=-1))


def test_a_spend_counts_goods_before_the_fee() -> None:
    rules = [a_rule(spend=Spend(above_fen=1200), what=ANY_MEAL)]
    assert reasons(rules, replace(LUNCH, fee_fen=500)) == {"meal": why.SPEND_ABOVE}
