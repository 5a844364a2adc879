"""Which counters of the ledger a benefit uses: person × rule × period."""

from datetime import date, timedelta

from ylyx_site.benefits.kinds import Period
from ylyx_site.benefits.rules.rule import Limit, Rule
from ylyx_site.facilities.kinds import Meal
from ylyx_site.places.uses import Use

PREFIX = "benefit:"  # of the names of all counters of this room


def period_start(period: Period, day: date) -> date:
    """The first day of the period that `day` lies in; weeks begin on Monday (ISO 8601)."""
    match period:
        case Period.WEEK:
            return day - timedelta(days=day.isoweekday() - 1)
        case Period.MONTH:
            return day.replace(day=1)
        case Period.YEAR:
            return day.replace(month=1, day=1)
        case _:
            return day


def uses_of(rule: Rule, person_id: int, day: date, meal: Meal | None, fen: int) -> list[Use]:
    """What giving `fen` by this rule takes from the person's counters; at most 80 characters each.

    Versions of a rule share their counters: a new version does not begin to count anew.
    """
    return [
        use
        for limit in rule.limits
        for use in limit_uses(rule.code, limit, person_id, day, meal=meal, fen=fen)
    ]


def limit_uses(
    code: str, limit: Limit, person_id: int, day: date, *, meal: Meal | None, fen: int
) -> list[Use]:
    """The uses of one limit: of its number, of its sum, or of both."""
    start = period_start(limit.per, day)
    which = f"{limit.per}:{meal}" if limit.per == Period.MEAL else str(limit.per)
    name = f"{PREFIX}{person_id}:{code}:{which}"
    uses = []
    if limit.uses is not None:
        uses.append(Use(name, start, limit.uses))
    if limit.fen is not None:
        uses.append(Use(f"{name}:fen", start, limit.fen, fen))
    return uses
