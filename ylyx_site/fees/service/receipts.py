"""Recording money: receipts are added under the next number, and never changed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.fees.models import FeeReceipt
from ylyx_site.fees.queries.receipts import child_of_house
from ylyx_site.fees.rules.wishes import ReceiptWish, signed_fen
from ylyx_site.journal.service import note
from ylyx_site.shared.receipts import next_number, one_at_a_time


def record(
    session: Session,
    facility_id: int,
    child_id: int,
    month: str,
    wish: ReceiptWish,
    *,
    actor_id: int,
    now: datetime,
) -> int:
    """Record money for a child's month here; returns the receipt's number.

    Raises `NotFound` for a child of another house and what `rules.wishes.signed_fen` raises. Two
    at the desk at once: one after the other.
    """
    child_of_house(session, facility_id, child_id)
    one_at_a_time(session, facility_id)
    fen = signed_fen(wish, _paid(session, facility_id, child_id, month))
    number = next_number(session, FeeReceipt, facility_id)
    session.add(
        FeeReceipt(
            facility_id=facility_id, number=number, child_id=child_id, month=month, fen=fen,
            kind=wish.kind, means=wish.means, note=wish.note, recorded_by=actor_id,
            recorded_at=now,
        )
    )  # fmt: skip
    session.flush()
    note(
        session, "fees.receipt_recorded", f"fee_receipt:{facility_id}-{number}",
        actor_id=actor_id, now=now, facility_id=facility_id,
        detail=f"child {child_id} {month} {wish.kind.value} {wish.means.value} {fen}",
    )  # fmt: skip
    return number


def _paid(session: Session, facility_id: int, child_id: int, month: str) -> int:
    return (
        session.scalar(
            sa.select(sa.func.coalesce(sa.func.sum(FeeReceipt.fen), 0)).where(
                FeeReceipt.facility_id == facility_id,
                FeeReceipt.child_id == child_id,
                FeeReceipt.month == month,
            )
        )
        or 0
    )
