"""How much of the limited benefits a person has left: for desks that are asked about it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from ylyx_site.benefits.kinds import Payer, Period
from ylyx_site.benefits.queries import rules_begun, situations_of
from ylyx_site.benefits.rules import Occasion, Rule, in_force
from ylyx_site.benefits.rules.counters import limit_uses
from ylyx_site.benefits.rules.entitled import concerns, why_not
from ylyx_site.benefits.rules.rule import Limit
from ylyx_site.places.counters import taken_of
from ylyx_site.places.uses import Use


@dataclass(frozen=True, slots=True)
class LimitLeft:
    """What is left of one limit in its period; None: it has none of that sort."""

    title: str
    payer: Payer
    per: Period
    uses: int | None
    fen: int | None


def limits_left(session: Session, occasion: Occasion) -> list[LimitLeft]:
    """What is left of each limit of the rules that the person is entitled to on that day.

    In the order of the rules; six queries. Raises `NotFound` for a person or facility that does
    not exist.
    """
    (situation,) = situations_of(session, [occasion])
    rules = [
        rule
        for rule in in_force(rules_begun(session, {situation.service}, occasion.day), occasion.day)
        if concerns(rule, situation) and not why_not(rule, situation)
    ]
    pairs = [(rule, limit) for rule in rules for limit in rule.limits]
    uses = [(*pair, _uses(*pair, occasion)) for pair in pairs]
    taken = taken_of(session, {use.key for *_pair, found in uses for use in found})
    return [
        _left(rule, limit, [max(0, use.limit - taken.get(use.key, 0)) for use in found])
        for rule, limit, found in uses
    ]


def _uses(rule: Rule, limit: Limit, occasion: Occasion) -> list[Use]:
    person = occasion.person_id or 0
    return limit_uses(rule.code, limit, person, occasion.day, meal=occasion.meal, fen=0)


def _left(rule: Rule, limit: Limit, left: list[int]) -> LimitLeft:
    uses = left[0] if limit.uses is not None else None
    fen = left[-1] if limit.fen is not None else None
    return LimitLeft(rule.title, rule.payer, limit.per, uses, fen)
