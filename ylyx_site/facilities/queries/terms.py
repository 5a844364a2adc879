"""A facility's terms: the hours it sells and its limits, with the district's defaults."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import CareKind
from ylyx_site.facilities.models import BookingLimit, CareHours
from ylyx_site.facilities.rules.hours import CARE_HOURS, CareHoursOf
from ylyx_site.facilities.rules.limits import Key, Limit, Limits, district_limits, limits_with
from ylyx_site.shared.spans import TimeSpan


def care_hours(session: Session, facility_id: int) -> CareHoursOf:
    """Return the hours sold as `full_day`, `am` and `pm`."""
    return care_hours_of(session, [facility_id])[facility_id]


def care_hours_of(session: Session, facility_ids: Collection[int]) -> dict[int, CareHoursOf]:
    """Return the hours sold by each of many facilities, in one query."""
    rows = session.scalars(sa.select(CareHours).where(CareHours.facility_id.in_(facility_ids)))
    hours = {facility_id: dict(CARE_HOURS) for facility_id in facility_ids}
    for row in rows:
        hours[row.facility_id][row.part] = TimeSpan(row.starts, row.ends)
    return dict(hours)


def limits(session: Session, facility_id: int) -> Limits:
    """Return the limits of a facility, complete: by kind, half (`""`, `am`, `pm`) and deed."""
    return limits_of(session, [facility_id])[facility_id]


def limits_by_facility(session: Session, kind: CareKind) -> dict[int, Limits]:
    """Return the limits of every facility that has lines of its own for a kind; one query.

    All others have the district's. Of other kinds these limits say nothing.
    """
    own: dict[int, dict[Key, Limit]] = {}
    rows = session.connection().execute(_OF_KIND, {"kind": kind})
    for facility_id, half, deed, basis, count, minute in rows:
        own.setdefault(facility_id, {})[kind, half, deed] = Limit(basis, count, minute)
    return {facility_id: limits_with(lines) for facility_id, lines in own.items()}


_OF_KIND = sa.select(
    BookingLimit.facility_id, BookingLimit.half, BookingLimit.deed, BookingLimit.basis,
    BookingLimit.count, BookingLimit.minute,
).where(BookingLimit.kind == sa.bindparam("kind"))  # fmt: skip


def limits_of(session: Session, facility_ids: Collection[int]) -> dict[int, Limits]:
    """Return the limits of each of many facilities, complete, in one query."""
    rows = session.scalars(
        sa.select(BookingLimit).where(BookingLimit.facility_id.in_(facility_ids))
    )
    own: dict[int, dict[Key, Limit]] = {facility_id: {} for facility_id in facility_ids}
    for row in rows:
        key = (row.kind, row.half, row.deed)
        own[row.facility_id][key] = Limit(row.basis, row.count, row.minute)
    return {
        facility_id: limits_with(lines) if lines else district_limits()
        for facility_id, lines in own.items()
    }
