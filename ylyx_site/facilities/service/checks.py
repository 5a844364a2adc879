"""What several commands check and do alike."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.facilities.errors import (
    EndsBeforeItStarts,
    InThePast,
    NurseriesOnly,
    OffTheGrid,
)
from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.facilities.models import Facility, stamp_name
from ylyx_site.journal.service import note
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import TimeSpan
from ylyx_site.shared.stamps import stamp


def the_facility(session: Session, facility_id: int) -> Facility:
    """Return the row of a facility; raises `NotFound`."""
    facility = session.get(Facility, facility_id)
    if facility is None:
        raise NotFound
    return facility


def the_nursery(session: Session, facility_id: int) -> Facility:
    """Return the row of a nursery; raises `NotFound`, `NurseriesOnly`."""
    facility = the_facility(session, facility_id)
    if facility.kind is not FacilityKind.NURSERY:
        raise NurseriesOnly
    return facility


def hours(opens: int, closes: int, field: str | None = None) -> TimeSpan:
    """Return the span of two minutes of the day on the half-hour grid.

    Raises `EndsBeforeItStarts`, `OffTheGrid`.
    """
    try:
        span = TimeSpan(opens, closes)
    except ValueError:
        raise EndsBeforeItStarts(field) from None
    if not span.on_grid():
        raise OffTheGrid(field)
    return span


def from_today_on(from_day: date, now: datetime, field: str | None = "from_day") -> None:
    """Refuse a change that would begin before today: `InThePast`."""
    if from_day < clock.day_of(now):
        raise InThePast(field)


def done(
    session: Session,
    action: str,
    facility_id: int,
    *,
    actor_id: int | None,
    now: datetime,
    detail: str,
) -> None:
    """Flush the change, stamp the facility as changed, and write the journal entry."""
    session.flush()
    stamp(session, [stamp_name(facility_id)])
    note(
        session,
        f"facilities.{action}",
        f"facility:{facility_id}",
        actor_id=actor_id,
        now=now,
        facility_id=facility_id,
        detail=detail,
    )
    session.flush()
