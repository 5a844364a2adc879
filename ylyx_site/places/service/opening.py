"""When a nursery is open: changed in the register and in the ledger at once.

All raise `OverBooked` unless `confirmed`, and what the register's commands raise.
"""

from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.facilities import service as register
from ylyx_site.facilities.errors import EndsBeforeItStarts, OffTheGrid
from ylyx_site.facilities.queries.history import closure_of
from ylyx_site.facilities.queries.opening import week_of
from ylyx_site.facilities.service.checks import from_today_on
from ylyx_site.places.closing import tell_all
from ylyx_site.places.service.balance import balanced
from ylyx_site.places.wishes import (
    ClosureWish,
    LiftWish,
    ShutWeekendWish,
    WeekendWish,
    WeekWish,
)
from ylyx_site.shared import clock


def change_week(
    session: Session,
    facility_id: int,
    wish: WeekWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Set the hours of the weekdays that differ from what holds on that day."""
    from_today_on(wish.from_day, now)
    usual = week_of(session, facility_id, wish.from_day)
    with balanced(session, facility_id, wish.from_day, confirmed=confirmed):
        for weekday, (opens, closes) in enumerate(wish.hours, start=1):
            span = usual[weekday]
            if (opens, closes) == ((span.start, span.end) if span else (None, None)):
                continue
            try:
                register.set_opening(
                    session, facility_id, weekday, opens, closes,
                    from_day=wish.from_day, actor_id=actor_id, now=now,
                )  # fmt: skip
            except (EndsBeforeItStarts, OffTheGrid) as refusal:
                refusal.field = f"closes_{weekday}"  # the form has two fields for each weekday
                raise


def close(
    session: Session,
    facility_id: int,
    wish: ClosureWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Shut the nursery on some days; who is booked then is listed and told, not dropped."""
    first = max(wish.first_day, clock.day_of(now))
    with balanced(session, facility_id, first, confirmed=confirmed):
        register.close_days(
            session, facility_id, wish.kind, wish.first_day, wish.last_day,
            reason=wish.reason, actor_id=actor_id, now=now,
        )  # fmt: skip
    tell_all(session, facility_id, first, wish.last_day, now=now)


def lift(
    session: Session, facility_id: int, wish: LiftWish, *, actor_id: int, now: datetime
) -> None:
    """Open again from today on. Raises `NotFound` for a closure of another facility."""
    closure = closure_of(session, facility_id, wish.closure_id)
    first = max(closure.first_day, clock.day_of(now))
    with balanced(session, facility_id, first, confirmed=True):
        register.lift_closure(session, facility_id, closure.id, actor_id=actor_id, now=now)


def open_weekend(
    session: Session,
    facility_id: int,
    wish: WeekendWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Open on a weekend worked by 调休, or change its hours."""
    calendar = working_calendar(session, wish.day, wish.day)
    with balanced(session, facility_id, _first(wish.day, now), confirmed=confirmed):
        register.open_working_weekend(
            session, facility_id, wish.day, wish.opens, wish.closes,
            calendar=calendar, actor_id=actor_id, now=now,
        )  # fmt: skip


def shut_weekend(
    session: Session,
    facility_id: int,
    wish: ShutWeekendWish,
    *,
    confirmed: bool,
    actor_id: int,
    now: datetime,
) -> None:
    """Take back the opening of such a weekend."""
    with balanced(session, facility_id, _first(wish.day, now), confirmed=confirmed):
        register.shut_working_weekend(session, facility_id, wish.day, actor_id=actor_id, now=now)


def _first(day: date, now: datetime) -> date:
    """What lies behind today is never published again; the register refuses it with words."""
    return max(day, clock.day_of(now))
