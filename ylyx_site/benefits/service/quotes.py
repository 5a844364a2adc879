"""Quotes from what is stored. Reads only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from ylyx_site.benefits.queries import rules_begun, situations_of
from ylyx_site.benefits.rules import (
    Given,
    Occasion,
    Quote,
    Rule,
    Situation,
    in_force,
    quote,
    uses_of,
    why_not,
)
from ylyx_site.benefits.service.claims import claimed
from ylyx_site.places.counters import taken_of
from ylyx_site.places.uses import CounterKey


def quote_for(session: Session, occasion: Occasion, *, instead_of: Iterable[Given] = ()) -> Quote:
    """The quote of one meal or care. `instead_of`: what was claimed and would be given up first.

    Raises `NotFound` for a person or facility that does not exist.
    """
    return quotes_for(session, [occasion], instead_of=instead_of)[0]


def quotes_for(
    session: Session,
    occasions: Sequence[Occasion],
    *,
    together: bool = True,
    instead_of: Iterable[Given] = (),
) -> list[Quote]:
    """The quotes of some occasions, in their order; six queries, however many.

    `together`: all are wanted, so that each counts for the limits of those after it (a week of
    lunches); otherwise each is quoted as if alone (the choices of a menu). The result of quotes
    made together can be claimed at once.
    """
    situations = situations_of(session, occasions)
    if not situations:
        return []
    last = max(one.day for one in situations)
    rules = rules_begun(session, {one.service for one in situations}, last)
    return quotes_by(session, rules, situations, together=together, instead_of=instead_of)


def quotes_by(
    session: Session,
    rules: Sequence[Rule],
    situations: Sequence[Situation],
    *,
    together: bool = True,
    instead_of: Iterable[Given] = (),
) -> list[Quote]:
    """The quotes of situations whose rules are at hand already; reads only the counters."""
    keys = _keys(rules, situations)
    taken = Counter(taken_of(session, keys) if keys else {})
    taken.subtract(claimed(session, instead_of))
    quotes = []
    for situation in situations:
        made = quote(rules, replace(situation, taken=taken))
        quotes.append(made)
        if together:
            taken.update(_counted(rules, made))
    return quotes


def _keys(rules: Sequence[Rule], situations: Iterable[Situation]) -> set[CounterKey]:
    """The counters to look up: of the rules that mean this person, this day and this place."""
    return {
        use.key
        for situation in situations
        for rule in in_force(rules, situation.day)
        if why_not(rule, situation) is None
        for use in uses_of(rule, situation.person_id or 0, situation.day, situation.meal, 0)
    }


def _counted(rules: Sequence[Rule], made: Quote) -> Counter[CounterKey]:
    by_version = {(rule.code, rule.valid_from): rule for rule in rules}
    return Counter(
        {
            use.key: use.count
            for line in made.lines
            for use in uses_of(
                by_version[line.code, line.version],
                made.person_id or 0,
                made.day,
                made.meal,
                line.fen,
            )
        }
    )
