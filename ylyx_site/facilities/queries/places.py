"""Registered places (备案托位) by day."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import RegisteredPlaces
from ylyx_site.facilities.queries.dated import by_day
from ylyx_site.shared.spans import DaySpan


def registered_places_on(
    session: Session, facility_ids: Collection[int], day: date
) -> dict[int, int]:
    """Return the registered places by facility; a facility without any is left out."""
    found = registered_places_between(session, facility_ids, day, day)
    return {facility_id: places for (facility_id, _), places in found.items()}


def registered_places_between(
    session: Session, facility_ids: Collection[int], first: date, last: date
) -> dict[tuple[int, date], int]:
    """Return the registered places by facility and day, both days included, in one query."""
    rows = session.scalars(
        sa.select(RegisteredPlaces).where(
            RegisteredPlaces.facility_id.in_(facility_ids), RegisteredPlaces.from_day <= last
        )
    )
    days = DaySpan(first, last)
    return by_day(rows, lambda row: row.facility_id, lambda row: row.places, days)


def places_column(facility_id: sa.SQLColumnExpression[int], day: date) -> sa.ScalarSelect[int]:
    """The registered places on a day as a column of another query; null without any."""
    return (
        sa.select(RegisteredPlaces.places)
        .where(RegisteredPlaces.facility_id == facility_id, RegisteredPlaces.from_day <= day)
        .order_by(RegisteredPlaces.from_day.desc())
        .limit(1)
        .scalar_subquery()
    )
