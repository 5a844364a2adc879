"""A supervisor's district: its facilities and what the register and the ledger say of them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities import queries as register
from ylyx_site.facilities.kinds import FacilityKind, Filing, Nature
from ylyx_site.facilities.models import Division, Facility
from ylyx_site.facilities.queries import ClassFacts, FacilityFacts
from ylyx_site.facilities.queries.facts import town_of_facility
from ylyx_site.facilities.rules.search import search_keys
from ylyx_site.places.boards import Use, use_on
from ylyx_site.places.queries import over_booked_of
from ylyx_site.places.rules import OverDay, over_days
from ylyx_site.shared.refusals import NotFound

PAGE_SIZE = 20
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    """A facility in the supervisor's list, whatever its filing."""

    id: int
    name: str
    nature: Nature
    filing: Filing
    town: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Share:
    """Half hours booked of half hours open, over all filed houses on a day."""

    day: date
    booked: int
    open: int

    @property
    def percent(self) -> float | None:
        """Booked of open in per cent; None when nothing is open."""
        return 100 * self.booked / self.open if self.open else None


@dataclass(frozen=True, slots=True)
class Found:
    """One page of the list, with what the register and the ledger say of its rows."""

    rows: tuple[Line, ...]
    total: int
    number: int
    all_places: int
    shares: tuple[Share, ...]
    places: Mapping[int, int]
    classes: Mapping[int, Sequence[ClassFacts]]
    today: Mapping[int, Use]
    tomorrow: Mapping[int, Use]
    over: Mapping[int, int]

    @property
    def has_next(self) -> bool:
        """Whether there are more."""
        return self.number * PAGE_SIZE < self.total


@dataclass(frozen=True, slots=True)
class Alarm:
    """A house with days over its limits."""

    facility_id: int
    name: str
    days: tuple[OverDay, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the start page tells of the nurseries of a district."""

    filings: Mapping[Filing, int]
    places: int
    without_places: int
    shares: tuple[Share, ...]
    alarms: tuple[Alarm, ...]


def district_name(session: Session, division: str) -> str:
    """The name of a division; its code when the table does not know it."""
    name: str | None = session.scalar(sa.select(Division.name).where(Division.code == division))
    return name or division


def filings(session: Session, kind: FacilityKind, division: str) -> dict[Filing, int]:
    """How many facilities of a kind a district has, by where their filing stands."""
    rows = session.execute(
        sa.select(Facility.filing, sa.func.count())
        .where(within(kind, division))
        .group_by(Facility.filing)
    )
    counted = Counter({filing: number for filing, number in rows})  # noqa: C416 rows, not pairs
    return {filing: counted[filing] for filing in Filing}


def numbers(session: Session, division: str, today: date) -> Numbers:
    """The nurseries of a district in numbers; a handful of queries, however many they are."""
    kind = FacilityKind.NURSERY
    filed = _names(session, sa.and_(within(kind, division), Facility.filing == Filing.FILED))
    places = register.registered_places_on(session, filed.keys(), today)
    days = (today, today + ONE_DAY)
    return Numbers(
        filings=filings(session, kind, division),
        places=sum(places.values()),
        without_places=len(filed) - len(places),
        shares=tuple(_share(session, filed.keys(), day) for day in days),
        alarms=_alarms(session, division, today),
    )


def find(
    session: Session,
    kind: FacilityKind,
    division: str,
    today: date,
    *,
    q: str,
    page: int,
    filing: Filing | None = None,
) -> Found:
    """One page of a district's facilities that have all words of `q`, suspended ones included.

    `filing`: only those whose filing stands there. `all_places` and `shares` (today, tomorrow)
    are sums over all pages.
    """
    lines = _lines(kind, division, q, filing)
    window = (
        lines.add_columns(sa.func.count().over()).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    )
    rows = session.execute(window).all()
    ids = [row[0] for row in rows]
    all_ids = session.scalars(lines.with_only_columns(Facility.id).order_by(None)).all()
    return Found(
        rows=tuple(Line(*row[:-1]) for row in rows),
        total=rows[0][-1] if rows else 0,
        number=page,
        all_places=sum(register.registered_places_on(session, all_ids, today).values()),
        shares=tuple(_share(session, all_ids, day) for day in (today, today + ONE_DAY)),
        places=register.registered_places_on(session, ids, today),
        classes=register.classes_on(session, ids, today),
        today=use_on(session, ids, today),
        tomorrow=use_on(session, ids, today + ONE_DAY),
        over={
            facility_id: len({one.day for one in excess})
            for facility_id, excess in over_booked_of(session, ids, today).items()
        },
    )


def facility_in(
    session: Session, kind: FacilityKind, division: str, facility_id: int
) -> FacilityFacts:
    """A facility of this kind and district, whatever its filing; raises `NotFound` for others."""
    facility = register.facility_of(session, facility_id)
    is_nursery = kind is FacilityKind.NURSERY
    if facility.is_nursery != is_nursery or not facility.division_code.startswith(division):
        raise NotFound
    return facility


def names_in(session: Session, kind: FacilityKind, division: str) -> dict[int, str]:
    """Every facility of a kind in a district, by town and name."""
    rows = session.execute(
        sa.select(Facility.id, Facility.name)
        .where(within(kind, division))
        .order_by(sa.func.substr(Facility.division_code, 1, 9), Facility.name, Facility.id)
    )
    return {row.id: row.name for row in rows}


def nursery_in(session: Session, division: str, facility_id: int) -> FacilityFacts:
    """A nursery of this district; raises `NotFound` for those of others, and for canteens."""
    return facility_in(session, FacilityKind.NURSERY, division, facility_id)


def within(kind: FacilityKind, division: str) -> sa.ColumnElement[bool]:
    """That a facility is of a kind and in a division; `NotFound` for a division that is none."""
    if not division:
        raise NotFound
    inside = Facility.division_code.startswith(division, autoescape=True)
    return sa.and_(Facility.kind == kind, inside)


def _lines(
    kind: FacilityKind, division: str, q: str, filing: Filing | None
) -> sa.Select[*tuple[Any, ...]]:
    words = [Facility.search_text.contains(key, autoescape=True) for key in search_keys(q)]
    return (
        sa.select(
            Facility.id,
            Facility.name,
            Facility.nature,
            Facility.filing,
            sa.func.coalesce(Division.name, ""),
            Facility.telephone,
        )
        .outerjoin(Division, town_of_facility())
        .where(
            within(kind, division),
            *words,
            sa.true() if filing is None else Facility.filing == filing,
        )
        .order_by(sa.func.substr(Facility.division_code, 1, 9), Facility.name, Facility.id)
    )


def _share(session: Session, facility_ids: Collection[int], day: date) -> Share:
    uses = use_on(session, facility_ids, day).values()
    return Share(
        day,
        sum(one.taken_half_hours for one in uses),
        sum(one.open_half_hours for one in uses),
    )


def _alarms(session: Session, division: str, today: date) -> tuple[Alarm, ...]:
    """Suspended houses too: their booked days are what has to be settled with the families."""
    names = _names(session, within(FacilityKind.NURSERY, division))
    over = over_booked_of(session, names, today)
    return tuple(
        Alarm(facility_id, names[facility_id], tuple(over_days(excess)))
        for facility_id, excess in sorted(over.items())
    )


def _names(session: Session, where: sa.ColumnElement[bool]) -> dict[int, str]:
    rows = session.execute(sa.select(Facility.id, Facility.name).where(where))
    return {row.id: row.name for row in rows}
