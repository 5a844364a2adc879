"""Claiming what was quoted: the only way in which a limited benefit is used up."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.benefits.errors import NotThePerson
from ylyx_site.benefits.models import BenefitRule
from ylyx_site.benefits.queries import Version, rules_by_version
from ylyx_site.benefits.rules import PREFIX, Given, Rule, uses_of
from ylyx_site.places.counters import CounterDifference, count, counter_differences, uncount
from ylyx_site.places.uses import CounterKey, Use
from ylyx_site.shared.refusals import Stale


def claim(session: Session, given: Iterable[Given], *, now: datetime) -> None:
    """Take what quotes give (`quote.given`) from the people's counters: all or none.

    Raises `Spent` when somebody else was faster: roll back, quote again, show the new price with
    409 for confirmation. Raises `Stale` when a rule is no longer what was quoted, `NotThePerson`
    for a counted benefit of nobody.
    """
    given = list(given)
    rules = _rules(session, given)
    if rules.keys() != _versions(given):
        raise Stale
    _mark_used(session, rules, now)
    count(session, _uses(rules, given))


def give_up(session: Session, given: Iterable[Given]) -> None:
    """The mirror of `claim`. Raises `LedgerBrokenError` for what had never been claimed."""
    given = list(given)
    uncount(session, _uses(_rules(session, given), given))


def claimed(session: Session, given: Iterable[Given]) -> Counter[CounterKey]:
    """What these take from the counters, added up: (name, first day of the period) → taken."""
    given = list(given)
    total: Counter[CounterKey] = Counter()
    for use in _uses(_rules(session, given), given):
        total[use.key] += use.count
    return total


def differences(session: Session, given: Iterable[Given]) -> list[CounterDifference]:
    """Counters of benefits that differ from what all live orders and bookings were given."""
    return counter_differences(session, claimed(session, given), PREFIX)


def _versions(given: Iterable[Given]) -> set[Version]:
    return {(line.code, line.version) for one in given for line in one.lines}


def _rules(session: Session, given: Iterable[Given]) -> dict[Version, Rule]:
    versions = _versions(given)
    return rules_by_version(session, versions) if versions else {}


def _uses(rules: Mapping[Version, Rule], given: Iterable[Given]) -> Iterator[Use]:
    for one in given:
        for line in one.lines:
            rule = rules[line.code, line.version]
            if one.person_id is None and rule.limits:
                raise NotThePerson
            yield from uses_of(rule, one.person_id or 0, one.day, one.meal, line.fen)


def _mark_used(session: Session, rules: Mapping[Version, Rule], now: datetime) -> None:
    """From now on these versions are history; a statement that changes nothing but the first time.

    The look before it spares those who come later the lock on a row that everybody shares.
    """
    versions = sorted(rules)
    fresh = session.execute(
        sa.select(BenefitRule.code, BenefitRule.valid_from)
        .where(BenefitRule.code.in_([code for code, _ in versions]), BenefitRule.used_at.is_(None))
        .order_by(BenefitRule.code, BenefitRule.valid_from)
    ).all()
    for code, valid_from in fresh:
        if (code, valid_from) in rules:
            session.execute(
                sa.update(BenefitRule)
                .where(
                    BenefitRule.code == code,
                    BenefitRule.valid_from == valid_from,
                    BenefitRule.used_at.is_(None),
                )
                .values(used_at=now)
                .execution_options(synchronize_session=False)
            )
