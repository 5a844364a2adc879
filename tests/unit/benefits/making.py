"""Makers of rules and situations for tests."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import ylyx_site.benefits
from ylyx_site.benefits.kinds import Payer, Service
from ylyx_site.benefits.reading import read_file
from ylyx_site.benefits.rules import Case, Fixed, Quote, Rule, Situation, What, quote, uses_of
from ylyx_site.facilities.kinds import Meal, Serving

DATA = Path(ylyx_site.benefits.__file__).parent / "data"
TUESDAY = date(2026, 11, 24)
ANY_MEAL = What(Service.MEAL)
LUNCH = Situation(
    Service.MEAL,
    TUESDAY,
    age_years=72,
    price_fen=1200,
    person_id=7,
    place="500111001",
    facility_id=1,
    meal=Meal.LUNCH,
    serving=Serving.DINE_IN,
)


def rules_in(name: str) -> list[Rule]:
    """The rules of one of our files."""
    return [table.rule for table in read_file((DATA / f"{name}.toml").read_text("utf-8"))]


def a_rule(code: str = "meal", fen: int = 300, **more: Any) -> Rule:
    """A rule that gives everybody so much."""
    start = Rule(
        code, date(2026, 1, 1), Payer.DISTRICT, f"规则 {code}", "第一条", ANY_MEAL,
        cases=(Case(Fixed(fen)),),
    )  # fmt: skip
    return replace(start, **more)


def after(rules: Iterable[Rule], situation: Situation, *earlier: Quote) -> Situation:
    """The same situation once some quotes are claimed."""
    by_version = {(rule.code, rule.valid_from): rule for rule in rules}
    taken = dict(situation.taken)
    for one in earlier:
        for line in one.lines:
            rule = by_version[line.code, line.version]
            for use in uses_of(rule, one.person_id or 0, one.day, one.meal, line.fen):
                taken[use.key] = taken.get(use.key, 0) + use.count
    return replace(situation, taken=taken)


def pay(rules: Iterable[Rule], situation: Situation) -> int:
    """What the person pays, in fen."""
    return quote(rules, situation).pay_fen


def reasons(rules: Iterable[Rule], situation: Situation) -> dict[str, str]:
    """Why not: rule → the sentence's message id."""
    return {one.code: one.reason.sentence for one in quote(rules, situation).not_given}
