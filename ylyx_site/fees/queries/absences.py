"""What telling now that a child stays away does to what the month costs; three queries."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from ylyx_site.attendance.returns import Return
from ylyx_site.fees.queries.days import days_as_booked
from ylyx_site.fees.queries.terms import terms_of_houses
from ylyx_site.fees.rules.lines import DayFacts, line_of
from ylyx_site.fees.rules.terms import Terms
from ylyx_site.shared import clock


def returns(session: Session, day_ids: Collection[int], now: datetime) -> dict[int, Return]:
    """By day of care, what it costs less than if the child came."""
    booked = days_as_booked(session, day_ids)
    terms = terms_of_houses(session, {house for house, _facts in booked.values()})
    return {
        day_id: _return(facts, terms(house, facts.day), now)
        for day_id, (house, facts) in booked.items()
    }


def _return(facts: DayFacts, terms: Terms, now: datetime) -> Return:
    told = (clock.day_of(now), clock.minute_of(now))
    came = replace(facts, arrived=facts.starts, left=facts.ends)
    away = replace(facts, is_absent=True, told=told)
    fen = line_of(came, terms).fen - line_of(away, terms).fen
    if not terms.is_in_time(facts.day, told):
        return Return(fen, None)
    last = facts.day - timedelta(days=terms.told_days_before)
    return Return(fen, clock.instant_at(last, terms.told_minute))
