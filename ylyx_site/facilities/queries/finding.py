"""Finding facilities by words, town and distance: one query for a page of rows."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import FacilityKind, Filing, Nature
from ylyx_site.facilities.models import Division, Facility
from ylyx_site.facilities.queries.facts import LISTED, town_of_facility
from ylyx_site.facilities.queries.places import places_column
from ylyx_site.facilities.rules.distance import Position, distance_m
from ylyx_site.facilities.rules.search import search_keys

PAGE_SIZE = 20
Rows = sa.Select[*tuple[Any, ...]]
TOWN_CODE_LENGTH = 9
DISTRICT_CODE_LENGTH = 6


@dataclass(frozen=True, slots=True)
class FacilityRow:
    """A facility in a list. `places` are registered today; `away_m` is known when near is."""

    id: int
    kind: FacilityKind
    nature: Nature
    name: str
    filing: Filing
    division_code: str
    town: str
    address: str
    latitude: float | None
    longitude: float | None
    telephone: str
    inclusive: bool
    places: int | None
    away_m: int | None = None

    @property
    def is_booked_online(self) -> bool:
        """Whether families book here: only houses that are filed."""
        return self.filing is Filing.FILED


@dataclass(frozen=True, slots=True)
class Page:
    """One page of what was found; `number` counts from 1."""

    rows: tuple[FacilityRow, ...]
    total: int
    number: int
    size: int = PAGE_SIZE

    @property
    def has_next(self) -> bool:
        """Whether there are more."""
        return self.number * self.size < self.total


@dataclass(frozen=True, slots=True)
class Town:
    """A town or street to choose."""

    code: str
    name: str
    latitude: float | None
    longitude: float | None


def divisions(session: Session) -> list[Town]:
    """Return the towns and streets of the district, by code."""
    return [Town(*row) for row in session.connection().execute(_TOWNS)]


def districts(session: Session) -> list[tuple[str, str]]:
    """Return the districts of the register as (code, name), by code."""
    rows = session.execute(
        sa.select(Division.code, Division.name)
        .where(sa.func.length(Division.code) == DISTRICT_CODE_LENGTH)
        .order_by(Division.code)
    )
    return [(code, name) for code, name in rows]


_TOWNS = (
    sa.select(Division.code, Division.name, Division.latitude, Division.longitude)
    .where(sa.func.length(Division.code) == TOWN_CODE_LENGTH)
    .order_by(Division.code)
)


def find(
    session: Session,
    kind: FacilityKind,
    *,
    today: date,
    q: str = "",
    division_code: str = "",
    near: Position | None = None,
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Page:
    """Return a page of the public's facilities that have all words of `q`, in one query.

    Ordered by distance from `near`, those without a position last; else by town and name.
    `division_code` is that of a district, town or community; empty is everywhere.
    """
    chosen = _matching(kind, q, division_code, today)
    if near is not None:
        rows = _by_distance([FacilityRow(*row) for row in session.execute(chosen)], near)
        return Page(tuple(rows[(page - 1) * size : page * size]), len(rows), page, size)
    window = chosen.add_columns(sa.func.count().over()).limit(size).offset((page - 1) * size)
    found = session.execute(window).all()
    total = found[0][-1] if found else 0
    return Page(tuple(FacilityRow(*row[:-1]) for row in found), total, page, size)


def _matching(kind: FacilityKind, q: str, division_code: str, today: date) -> Rows:
    conditions = [Facility.search_text.contains(key, autoescape=True) for key in search_keys(q)]
    if division_code:
        conditions.append(Facility.division_code.startswith(division_code, autoescape=True))
    return (
        _columns(today)
        .where(Facility.kind == kind, Facility.filing.in_(LISTED), *conditions)
        .order_by(sa.func.substr(Facility.division_code, 1, 9), Facility.name, Facility.id)
    )


def _columns(today: date) -> Rows:
    return sa.select(
        Facility.id,
        Facility.kind,
        Facility.nature,
        Facility.name,
        Facility.filing,
        Facility.division_code,
        sa.func.coalesce(Division.name, ""),
        Facility.address,
        Facility.latitude,
        Facility.longitude,
        Facility.telephone,
        Facility.inclusive,
        places_column(Facility.id, today),
    ).outerjoin(Division, town_of_facility())


def _by_distance(rows: list[FacilityRow], near: Position) -> list[FacilityRow]:
    measured = [replace(row, away_m=_away(row, near)) for row in rows]
    return sorted(measured, key=lambda row: (row.away_m is None, row.away_m or 0))


def _away(row: FacilityRow, near: Position) -> int | None:
    if row.latitude is None or row.longitude is None:
        return None
    return distance_m(near, (row.latitude, row.longitude))
