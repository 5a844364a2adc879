"""The quote: which benefits reduce a price, line by line, and why the others do not.

A pure function of the rules and the situation: the quote shown is the order is the settlement.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from ylyx_site.benefits.rules import reasons
from ylyx_site.benefits.rules.amounts import amount_fen
from ylyx_site.benefits.rules.counters import limit_uses
from ylyx_site.benefits.rules.entitled import case_for, concerns, why_not, why_spend
from ylyx_site.benefits.rules.lines import Lapsed, Line, NotGiven, Quote
from ylyx_site.benefits.rules.reasons import Reason, because
from ylyx_site.benefits.rules.rule import Limit, Rule
from ylyx_site.benefits.rules.situation import Situation
from ylyx_site.families.kinds import Group
from ylyx_site.shared.money import share, yuan


@dataclass(frozen=True, slots=True)
class _Offer:
    """What a rule would give at its step; a reason instead when it gives nothing."""

    rule: Rule
    fen: int = 0
    reason: Reason | None = None


def in_force(rules: Iterable[Rule], day: date) -> list[Rule]:
    """Of each rule the latest version begun by that day, unless it has ended; by code."""
    latest: dict[str, Rule] = {}
    for rule in rules:
        if rule.valid_from <= day:
            before = latest.get(rule.code)
            if before is None or before.valid_from < rule.valid_from:
                latest[rule.code] = rule
    rules_by_code = [latest[code] for code in sorted(latest)]
    return [rule for rule in rules_by_code if rule.valid_to is None or day <= rule.valid_to]


def quote(rules: Iterable[Rule], situation: Situation) -> Quote:
    """The price of a situation under the rules in force on its day.

    Raises `ValueError` for a negative price or fee.
    """
    if min(situation.price_fen, situation.fee_fen, situation.beyond_fen) < 0:
        raise ValueError("A price is not negative.")
    rules = list(rules)
    made = _quote(rules, situation)
    return replace(made, lapsed=_lapsed(rules, situation, made)) if situation.lapsed else made


def _lapsed(rules: list[Rule], situation: Situation, made: Quote) -> Lapsed | None:
    """What evidence that has run out would have added."""
    groups = frozenset(group for group, _last in situation.lapsed)
    before = _quote(rules, replace(situation, groups=situation.groups | groups, lapsed=()))
    lost_fen = before.benefit_fen - made.benefit_fen
    if lost_fen <= 0:
        return None
    last = max(last for _group, last in situation.lapsed)
    return Lapsed(tuple(one for one in Group if one in groups), last, lost_fen)


def _quote(rules: Iterable[Rule], situation: Situation) -> Quote:
    rest, offers = situation.price_fen, list[_Offer]()
    known = [rule for rule in in_force(rules, situation.day) if concerns(rule, situation)]
    for step in _steps(known):
        made = _stacked([_offer(rule, situation, rest) for rule in step], rest)
        rest -= sum(offer.fen for offer in made)
        offers += made
    return Quote(
        situation.price_fen,
        situation.fee_fen,
        tuple(_line(offer) for offer in offers if offer.reason is None),
        tuple(_not_given(offer.rule, offer.reason) for offer in offers if offer.reason),
        situation.person_id,
        situation.day,
        situation.meal,
        situation.beyond_fen,
    )


def _steps(rules: list[Rule]) -> list[list[Rule]]:
    """Rules by order; those that exclude each other meet at the first order of any of them."""
    first: dict[str, int] = {}
    for rule in rules:
        if rule.best_of:
            first[rule.best_of] = min(rule.order, first.get(rule.best_of, rule.order))
    steps = defaultdict(list)
    for rule in rules:
        steps[first.get(rule.best_of, rule.order)].append(rule)
    return [steps[order] for order in sorted(steps)]


def _offer(rule: Rule, situation: Situation, rest_fen: int) -> _Offer:
    reason = why_not(rule, situation) or why_spend(rule, situation.price_fen, rest_fen)
    if reason:
        return _Offer(rule, reason=reason)
    case = case_for(rule, situation, rest_fen)
    if isinstance(case, Reason):
        return _Offer(rule, reason=case)
    fen = amount_fen(rule, case, situation.price_fen, rest_fen)
    if fen == 0:
        return _Offer(rule, reason=because(reasons.NOTHING if rest_fen else reasons.NOTHING_LEFT))
    for limit in rule.limits:
        fen, reason = _limited(rule, limit, situation, fen)
        if reason:
            return _Offer(rule, reason=reason)
    return _Offer(rule, fen)


def _limited(rule: Rule, limit: Limit, situation: Situation, fen: int) -> tuple[int, Reason | None]:
    """What of `fen` the limit lets through; the reason when that is nothing."""
    person = situation.person_id or 0
    uses = limit_uses(rule.code, limit, person, situation.day, meal=situation.meal, fen=fen)
    left = [use.limit - situation.taken.get(use.key, 0) for use in uses]
    if limit.uses is not None and left[0] <= 0:
        return 0, because(reasons.USES[limit.per], num=limit.uses)
    if limit.fen is None:
        return fen, None
    if left[-1] <= 0:
        return 0, because(reasons.SUMS[limit.per], yuan=yuan(limit.fen))
    return min(fen, left[-1]), None


def _stacked(offers: list[_Offer], rest_fen: int) -> list[_Offer]:
    """The best of each group of alternatives, and all together at most the rest of the price.

    What is too much is taken from all in proportion, by largest remainder.
    """
    offers = _best(offers)
    given = [offer.fen for offer in offers]
    if sum(given) > rest_fen:
        given = share(rest_fen, given)
    return [
        offer if offer.reason else _reduced(offer, fen)
        for offer, fen in zip(offers, given, strict=True)
    ]


def _best(offers: list[_Offer]) -> list[_Offer]:
    """Of alternatives only the one that gives most, the first by order and code of equals."""
    winners: dict[str, Rule] = {}
    for offer in sorted(offers, key=lambda one: (-one.fen, one.rule.order, one.rule.code)):
        if offer.rule.best_of and not offer.reason:
            winners.setdefault(offer.rule.best_of, offer.rule)
    return [
        offer
        if offer.reason or winners.get(offer.rule.best_of, offer.rule) is offer.rule
        else _Offer(offer.rule, reason=because(reasons.BETTER))
        for offer in offers
    ]


def _reduced(offer: _Offer, fen: int) -> _Offer:
    if fen == 0:
        return _Offer(offer.rule, reason=because(reasons.NOTHING_LEFT))
    return _Offer(offer.rule, fen)


def _line(offer: _Offer) -> Line:
    rule = offer.rule
    return Line(rule.code, rule.valid_from, rule.payer, rule.title, rule.clause, offer.fen)


def _not_given(rule: Rule, reason: Reason) -> NotGiven:
    return NotGiven(rule.code, rule.payer, rule.title, rule.clause, reason, rule.apply)
