"""What was, is and will be: the dated rows of one facility, as its desk and its supervisor see."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Tariff
from ylyx_site.facilities.models import (
    CareClass,
    CarePrice,
    ClassCap,
    Closure,
    Opening,
    RegisteredPlaces,
    WorkingWeekend,
)
from ylyx_site.facilities.queries.opening import ClosureFacts
from ylyx_site.facilities.rules.dated import in_force
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import TimeSpan


class Era(StrEnum):
    """Whether a dated row holds on a day, did before, or will."""

    PAST = "past"
    CURRENT = "current"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class PriceLine:
    """A price in fen from a day on."""

    tariff: Tariff
    from_day: date
    fen: int
    era: Era


@dataclass(frozen=True, slots=True)
class NumberLine:
    """A number of places or of children from a day on."""

    from_day: date
    number: int
    era: Era


@dataclass(frozen=True, slots=True)
class ComingHours:
    """Hours of an ISO weekday that will hold from a day on; None is shut."""

    weekday: int
    from_day: date
    span: TimeSpan | None


def price_history(session: Session, facility_id: int, today: date) -> list[PriceLine]:
    """Return all prices of a facility by tariff in their usual order, the newest first."""
    rows = session.scalars(
        sa.select(CarePrice)
        .where(CarePrice.facility_id == facility_id)
        .order_by(CarePrice.from_day.desc())
    ).all()
    lines = []
    for tariff in Tariff:
        own = [row for row in rows if row.tariff is tariff]
        current = in_force(own, today)
        lines += [
            PriceLine(tariff, row.from_day, row.fen, _era(row.from_day, current, today))
            for row in own
        ]
    return lines


def places_history(session: Session, facility_id: int, today: date) -> list[NumberLine]:
    """Return the registered places of a facility, the newest first."""
    rows = session.scalars(
        sa.select(RegisteredPlaces)
        .where(RegisteredPlaces.facility_id == facility_id)
        .order_by(RegisteredPlaces.from_day.desc())
    ).all()
    current = in_force(rows, today)
    return [
        NumberLine(one.from_day, one.places, _era(one.from_day, current, today)) for one in rows
    ]


def cap_history(session: Session, class_id: int, today: date) -> list[NumberLine]:
    """Return the caps of a class, the newest first."""
    rows = session.scalars(
        sa.select(ClassCap).where(ClassCap.class_id == class_id).order_by(ClassCap.from_day.desc())
    ).all()
    current = in_force(rows, today)
    return [
        NumberLine(one.from_day, one.children, _era(one.from_day, current, today)) for one in rows
    ]


def coming_hours(session: Session, facility_id: int, today: date) -> list[ComingHours]:
    """Return the changes of the week that are still to come, earliest first."""
    rows = session.scalars(
        sa.select(Opening)
        .where(Opening.facility_id == facility_id, Opening.from_day > today)
        .order_by(Opening.from_day, Opening.weekday)
    )
    return [
        ComingHours(
            row.weekday,
            row.from_day,
            None if row.opens is None or row.closes is None else TimeSpan(row.opens, row.closes),
        )
        for row in rows
    ]


def weekends_from(session: Session, facility_id: int, today: date) -> dict[date, TimeSpan]:
    """Return the coming weekends worked by 调休 on which a facility opens, with the hours."""
    rows = session.scalars(
        sa.select(WorkingWeekend)
        .where(WorkingWeekend.facility_id == facility_id, WorkingWeekend.day >= today)
        .order_by(WorkingWeekend.day)
    )
    return {row.day: TimeSpan(row.opens, row.closes) for row in rows}


def closure_of(session: Session, facility_id: int, closure_id: int) -> ClosureFacts:
    """Return a closure of this facility; raises `NotFound` for those of others."""
    row = session.get(Closure, closure_id)
    if row is None or row.facility_id != facility_id:
        raise NotFound
    return ClosureFacts(
        row.id, row.facility_id, row.first_day, row.last_day, row.kind, row.reason, row.lifted_at
    )


def living_classes(session: Session, facility_id: int, today: date) -> list[CareClass]:
    """Return the classes that a facility has today or will have, the youngest children first."""
    return list(
        session.scalars(
            sa.select(CareClass)
            .where(
                CareClass.facility_id == facility_id,
                sa.or_(CareClass.ended_on.is_(None), CareClass.ended_on > today),
            )
            .order_by(CareClass.from_months, CareClass.to_months, CareClass.name, CareClass.id)
        )
    )


def _era(from_day: date, current: object, today: date) -> Era:
    if from_day > today:
        return Era.COMING
    return Era.CURRENT if getattr(current, "from_day", None) == from_day else Era.PAST
