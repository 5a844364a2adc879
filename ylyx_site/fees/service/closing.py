"""Closing a month: its sheets stay as they are, whatever is entered afterwards."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.fees.errors import AlreadyClosed, FirstCloseEarlier, MonthNotOver
from ylyx_site.fees.models import FeeClosing, FeeCorrection, FeeFrozen
from ylyx_site.fees.queries.sheets import last_closed, sheets_of
from ylyx_site.fees.rules.sheets import packed
from ylyx_site.journal.service import note
from ylyx_site.shared import clock, months
from ylyx_site.shared.receipts import one_at_a_time


def close_month(
    session: Session, facility_id: int, month: str, *, actor_id: int, now: datetime
) -> int:
    """Freeze all sheets of a month that is over; returns how many.

    Raises `MonthNotOver`, `AlreadyClosed`, and `FirstCloseEarlier`: months are closed in order.
    """
    one_at_a_time(session, facility_id)
    _refuse(session, facility_id, month, now)
    sheets = sheets_of(session, facility_id, month, now=now)
    key = {"facility_id": facility_id, "month": month}
    session.add(FeeClosing(**key, closed_by=actor_id, closed_at=now))
    session.flush()
    for one in sheets:
        mine = {**key, "child_id": one.child_id}
        session.add(FeeFrozen(**mine, fen=one.own.fen, body=packed(one.own)))
        for about, fen in one.corrections:
            session.add(FeeCorrection(**mine, about_month=about, fen=fen))
    session.flush()
    note(
        session, "fees.month_closed", f"fee_month:{facility_id}-{month}", actor_id=actor_id,
        now=now, facility_id=facility_id,
        detail=f"{len(sheets)} sheets {sum(one.total_fen for one in sheets)}",
    )  # fmt: skip
    return len(sheets)


def _refuse(session: Session, facility_id: int, month: str, now: datetime) -> None:
    closed = last_closed(session, facility_id)
    if closed is not None and month <= closed:
        raise AlreadyClosed
    if months.days_of(month).last >= clock.day_of(now):
        raise MonthNotOver
    first = months.after(closed) if closed else _first_month(session, facility_id)
    if first is not None and month > first:
        raise FirstCloseEarlier(month=first)


def _first_month(session: Session, facility_id: int) -> str | None:
    """The month of the first day of care ever."""
    day = session.scalar(
        sa.select(sa.func.min(CareDay.day)).where(
            CareDay.facility_id == facility_id, CareDay.state != CareState.CANCELLED
        )
    )
    return months.month_of(day) if day else None
