"""The ledger follows the roster."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta

from sqlalchemy.orm import Session

from ylyx_site.places import publishing
from ylyx_site.places.rostered import DutyRun, set_carers
from ylyx_site.places.rules import Excess
from ylyx_site.places.service.balance import balanced
from ylyx_site.shared.db import on_conflict
from ylyx_site.shared.spans import DaySpan
from ylyx_site.staffing.models import RosterWeek
from ylyx_site.staffing.queries.shifts import duties, limited_days, monday_of, shifts_between
from ylyx_site.staffing.rules.counting import carers_by_slot, runs_of


@contextmanager
def following(
    session: Session, facility_id: int, days: DaySpan, *, confirmed: bool
) -> Iterator[None]:
    """Bring what the block changes on these days into the ledger.

    Raises `OverBooked` as `balanced` does, by which changes of one facility wait for each other.
    """

    def publish(session: Session, facility_id: int, first: date) -> list[Excess]:
        session.flush()
        tell_carers(session, facility_id, days)
        until = publishing.published_until(session, facility_id)
        if until is None or until < first:
            return []
        return publishing.publish_days(session, [facility_id], first, min(until, days.last))

    with balanced(session, facility_id, days.first, confirmed=confirmed, publish=publish):
        yield


def tell_carers(session: Session, facility_id: int, days: DaySpan) -> None:
    """Leave for the ledger how many carers count on these days, and on which they limit it."""
    limited = limited_days(session, facility_id, days)
    there = carers_by_slot(duties(shifts_between(session, facility_id, days))) if limited else {}
    runs = [
        DutyRun(class_id, day, *run)
        for (class_id, day), by_slot in there.items()
        if day in set(limited)
        for run in runs_of(by_slot)
    ]
    set_carers(session, facility_id, days, limited, runs)


def plan_weeks(session: Session, facility_id: int, days: Iterable[date]) -> None:
    """From now on the weeks of these days are planned ones."""
    rows = [
        {"facility_id": facility_id, "monday": monday}
        for monday in sorted({monday_of(day) for day in days})
    ]
    session.execute(on_conflict(session, RosterWeek).on_conflict_do_nothing(), rows)


def weeks_around(days: Iterable[date], today: date) -> DaySpan:
    """From today to the end of the last day's week: planning one day of a week plans all of it."""
    ordered = sorted(days)
    first, last = monday_of(ordered[0]), monday_of(ordered[-1]) + timedelta(days=6)
    return DaySpan(max(first, today), last)
