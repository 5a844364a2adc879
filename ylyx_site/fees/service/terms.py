"""The nursery's table: set from a day on; what is settled is not touched."""

from dataclasses import asdict
from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.fees.errors import BadShare, TermsTooEarly
from ylyx_site.fees.models import FeeTerms
from ylyx_site.fees.queries.sheets import last_closed
from ylyx_site.fees.rules.terms import Terms
from ylyx_site.journal.service import note
from ylyx_site.shared import clock, months
from ylyx_site.shared.words import short_day


def earliest_day(session: Session, facility_id: int, now: datetime) -> date:
    """From when a new table may hold: this month's first day, and nothing that is closed."""
    first = months.days_of(months.month_of(clock.day_of(now))).first
    closed = last_closed(session, facility_id)
    return max(first, months.days_of(months.after(closed)).first) if closed else first


def set_terms(
    session: Session, facility_id: int, terms: Terms, *, actor_id: int, now: datetime
) -> None:
    """Set the table from a day on; the same day again replaces what was set for it.

    Raises `TermsTooEarly` for a day that may be settled already, `BadShare`.
    """
    earliest = earliest_day(session, facility_id, now)
    if terms.from_day < earliest:
        raise TermsTooEarly(day=short_day(earliest))
    if not (0 <= terms.told_back <= 100 and 0 <= terms.untold_back <= 100):
        raise BadShare("told_back" if terms.told_back > 100 else "untold_back")
    session.merge(FeeTerms(facility_id=facility_id, **asdict(terms)))
    session.flush()
    figures = " ".join(f"{name}={value}" for name, value in asdict(terms).items())
    note(
        session, "fees.terms_set", f"facility:{facility_id}", actor_id=actor_id, now=now,
        facility_id=facility_id, detail=figures[:200],
    )  # fmt: skip
