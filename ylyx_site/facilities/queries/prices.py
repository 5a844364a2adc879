"""Prices by day, in fen."""

from collections.abc import Collection
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Tariff
from ylyx_site.facilities.models import CarePrice
from ylyx_site.facilities.queries.dated import by_day
from ylyx_site.shared.spans import DaySpan


def prices_on(
    session: Session, facility_ids: Collection[int], day: date
) -> dict[int, dict[Tariff, int]]:
    """Return the prices in force on a day by facility and tariff, in one query.

    A tariff that is missing is not offered; every facility asked for has its (empty) mapping.
    """
    rows = session.scalars(
        sa.select(CarePrice).where(
            CarePrice.facility_id.in_(facility_ids), CarePrice.from_day <= day
        )
    )
    prices: dict[int, dict[Tariff, int]] = {facility_id: {} for facility_id in facility_ids}
    held = by_day(
        rows, lambda row: (row.facility_id, row.tariff), lambda row: row.fen, DaySpan(day, day)
    )
    for ((facility_id, tariff), _), fen in held.items():
        prices[facility_id][tariff] = fen
    return prices
