"""What several commands check and do alike."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities.queries import class_caps_between, opening_on
from ylyx_site.facilities.service.classes import class_of
from ylyx_site.journal.service import note
from ylyx_site.places.busy import Presence, occupy
from ylyx_site.places.errors import AlreadySomewhere
from ylyx_site.shared.spans import TimeSpan
from ylyx_site.staffing.errors import (
    CarerNotThere,
    ClassMissing,
    ClassNotThere,
    OnAnotherRoster,
    ShutThatDay,
)
from ylyx_site.staffing.kinds import ShiftKind
from ylyx_site.staffing.queries.carers import CarerFacts
from ylyx_site.staffing.queries.shifts import CARER


def keep_time(session: Session, carer: CarerFacts, days: Iterable[date], span: TimeSpan) -> None:
    """Keep a carer's half hours on these days, over all facilities. Raises `OnAnotherRoster`."""
    with refusing_twice({carer.worker_id: carer.name}):
        occupy(session, CARER, [Presence(carer.worker_id, day, span) for day in days])


@contextmanager
def refusing_twice(names: dict[int, str]) -> Iterator[None]:
    """Say it in the roster's words when a worker, of these names, is kept twice."""
    try:
        yield
    except AlreadySomewhere as twice:
        worker_id, day = twice.clashes[0]
        raise OnAnotherRoster(
            name=names[worker_id], month=day.month, day=day.day
        ) from twice  # fmt: skip


def refuse_absent(carer: CarerFacts, days: Iterable[date]) -> None:
    """Raise `CarerNotThere` for a day on which a carer does not work here."""
    for day in days:
        if not carer.is_there(day):
            raise CarerNotThere("carer_id", name=carer.name, month=day.month, day=day.day)


def refuse_shut(session: Session, facility_id: int, days: Iterable[date]) -> None:
    """Raise `ShutThatDay` for a day on which the facility does not open."""
    for day in sorted(set(days) - open_days(session, facility_id, days)):
        raise ShutThatDay("days", month=day.month, day=day.day)


def open_days(session: Session, facility_id: int, days: Iterable[date]) -> set[date]:
    """Those of the days on which the facility opens."""
    ordered = sorted(days)
    calendar = working_calendar(session, ordered[0], ordered[-1])
    opening = opening_on(session, [facility_id], ordered[0], ordered[-1], calendar)
    return {day for day in ordered if opening[facility_id, day].span is not None}


def refuse_class(
    session: Session, facility_id: int, class_id: int | None, kind: ShiftKind, days: Iterable[date]
) -> None:
    """Raise `NotFound` for another facility's class, `ClassMissing`, `ClassNotThere`."""
    if class_id is None:
        if kind is ShiftKind.DUTY:
            raise ClassMissing("class_id")
        return
    class_of(session, facility_id, class_id)
    ordered = sorted(days)
    caps = class_caps_between(session, [facility_id], ordered[0], ordered[-1])
    for day in ordered:
        if (class_id, day) not in caps:
            raise ClassNotThere("class_id", month=day.month, day=day.day)


def noted(
    session: Session,
    action: str,
    subject: str,
    facility_id: int,
    *,
    actor_id: int,
    now: datetime,
    detail: str = "",
) -> None:
    """Flush the change and write its journal entry."""
    session.flush()
    note(
        session, f"staffing.{action}", subject,
        actor_id=actor_id, now=now, facility_id=facility_id, detail=detail,
    )  # fmt: skip
