"""Opening by weekday, closures, working weekends."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.calendar.rules import DayKind, WorkingCalendar
from ylyx_site.facilities import errors
from ylyx_site.facilities.kinds import ClosureKind
from ylyx_site.facilities.models import Closure, Opening, WorkingWeekend
from ylyx_site.facilities.service.checks import done, from_today_on, hours, the_facility
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound

LONGEST_CLOSURE = 366


def set_opening(
    session: Session,
    facility_id: int,
    weekday: int,
    opens: int | None,
    closes: int | None,
    *,
    from_day: date,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Set the hours of a weekday (ISO) from a day on; `opens` and `closes` None: shut.

    Minutes of the day. Raises `NoSuchWeekday`, `InThePast`, `EndsBeforeItStarts`, `OffTheGrid`.
    """
    the_facility(session, facility_id)
    from_today_on(from_day, now)
    if not 1 <= weekday <= 7:
        raise errors.NoSuchWeekday("weekday")
    if (opens is None) != (closes is None):
        raise errors.EndsBeforeItStarts("closes")
    span = None if opens is None or closes is None else hours(opens, closes, "closes")
    row = session.get(Opening, (facility_id, weekday, from_day))
    if row is None:
        row = Opening(facility_id=facility_id, weekday=weekday, from_day=from_day)
        session.add(row)
    row.opens, row.closes = (span.start, span.end) if span else (None, None)
    done(
        session, "opening_set", facility_id,
        actor_id=actor_id, now=now, detail=f"weekday {weekday} {span or 'shut'} from {from_day}",
    )  # fmt: skip


def close_days(
    session: Session,
    facility_id: int,
    kind: ClosureKind,
    first_day: date,
    last_day: date,
    *,
    reason: str,
    actor_id: int | None,
    now: datetime,
) -> int:
    """Shut a facility on some days, both included; return the id of the closure.

    Deletes no booking: who is booked on those days is for the room above to tell. Raises
    `InThePast`, `ClosureEndsBeforeItBegins`, `ClosureTooLong`, `ReasonMissing`.
    """
    the_facility(session, facility_id)
    from_today_on(first_day, now, "first_day")
    if last_day < first_day:
        raise errors.ClosureEndsBeforeItBegins("last_day")
    if (last_day - first_day).days >= LONGEST_CLOSURE:
        raise errors.ClosureTooLong("last_day")
    if not 2 <= len(reason.strip()) <= 100:
        raise errors.ReasonMissing("reason")
    closure = Closure(
        facility_id=facility_id,
        first_day=first_day,
        last_day=last_day,
        kind=kind,
        reason=reason.strip(),
    )
    session.add(closure)
    done(
        session, "closed", facility_id,
        actor_id=actor_id, now=now, detail=f"{kind} {first_day} to {last_day}",
    )  # fmt: skip
    return closure.id


def lift_closure(
    session: Session, facility_id: int, closure_id: int, *, actor_id: int | None, now: datetime
) -> None:
    """Open again from today on; the days before stay shut. Raises `NotFound`, `ClosureOver`."""
    closure = session.get(Closure, closure_id)
    if closure is None or closure.facility_id != facility_id:
        raise NotFound
    if closure.lifted_at is not None or closure.last_day < clock.day_of(now):
        raise errors.ClosureOver
    closure.lifted_at = now
    done(
        session, "closure_lifted", facility_id,
        actor_id=actor_id, now=now, detail=f"{closure.first_day} to {closure.last_day}",
    )  # fmt: skip


def open_working_weekend(
    session: Session,
    facility_id: int,
    day: date,
    opens: int,
    closes: int,
    *,
    calendar: WorkingCalendar,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Open on a weekend worked by 调休, or change the hours of it.

    Raises `NotAWorkingWeekend`, `InThePast`, `EndsBeforeItStarts`, `OffTheGrid`.
    """
    the_facility(session, facility_id)
    from_today_on(day, now, "day")
    if calendar.kind(day) is not DayKind.working_weekend:
        raise errors.NotAWorkingWeekend("day")
    span = hours(opens, closes, "closes")
    row = session.get(WorkingWeekend, (facility_id, day))
    if row is None:
        row = WorkingWeekend(facility_id=facility_id, day=day)
        session.add(row)
    row.opens, row.closes = span.start, span.end
    done(
        session, "weekend_opened", facility_id,
        actor_id=actor_id, now=now, detail=f"{day} {span}",
    )  # fmt: skip


def shut_working_weekend(
    session: Session, facility_id: int, day: date, *, actor_id: int | None, now: datetime
) -> None:
    """Take back the opening of a weekend worked by 调休. Raises `NotFound`, `InThePast`."""
    from_today_on(day, now, "day")
    row = session.get(WorkingWeekend, (facility_id, day))
    if row is None:
        raise NotFound
    session.delete(row)
    done(session, "weekend_shut", facility_id, actor_id=actor_id, now=now, detail=f"{day}")
