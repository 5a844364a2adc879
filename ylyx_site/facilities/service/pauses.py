"""A class that holds nobody for some days, and then again what it held before."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import ClassCap
from ylyx_site.facilities.queries.classes import class_caps_between
from ylyx_site.facilities.service.checks import done, from_today_on
from ylyx_site.facilities.service.classes import class_of
from ylyx_site.shared.spans import DaySpan

ONE_DAY = timedelta(days=1)


def pause_class(
    session: Session,
    facility_id: int,
    class_id: int,
    days: DaySpan,
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Let a class hold nobody on these days. Caps that were to begin within them give way.

    Raises `NotFound`, `InThePast`. Drops no booking.
    """
    class_of(session, facility_id, class_id)
    from_today_on(days.first, now, "first_day")
    after = days.last + ONE_DAY
    _hold(session, class_id, DaySpan(after, after), _cap(session, facility_id, class_id, after))
    _hold(session, class_id, days, 0)
    done(
        session, "class_paused", facility_id,
        actor_id=actor_id, now=now, detail=f"class {class_id} {days.first} to {days.last}",
    )  # fmt: skip


def resume_class(
    session: Session,
    facility_id: int,
    class_id: int,
    days: DaySpan,
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Let a paused class hold on these days what it holds from the day after on.

    Raises `NotFound`, `InThePast`.
    """
    class_of(session, facility_id, class_id)
    from_today_on(days.first, now, "first_day")
    cap = _cap(session, facility_id, class_id, days.last + ONE_DAY)
    _hold(session, class_id, days, cap)
    done(
        session, "class_resumed", facility_id,
        actor_id=actor_id, now=now, detail=f"class {class_id} {days.first} to {days.last}",
    )  # fmt: skip


def _cap(session: Session, facility_id: int, class_id: int, day: date) -> int:
    return class_caps_between(session, [facility_id], day, day).get((class_id, day), 0)


def _hold(session: Session, class_id: int, days: DaySpan, children: int) -> None:
    """One cap from the first day on, in the place of those that begin within the days."""
    session.execute(
        sa.delete(ClassCap)
        .where(ClassCap.class_id == class_id, ClassCap.from_day.between(days.first, days.last))
        .execution_options(synchronize_session="fetch")
    )
    session.execute(
        sa.insert(ClassCap).values(class_id=class_id, from_day=days.first, children=children)
    )
