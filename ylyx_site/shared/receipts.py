"""Numbers of receipts: one after the other in each house, without a gap."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

RECEIPTS = 0x796C7978  # the first half of the advisory lock's key: "ylyx"


def one_at_a_time(session: Session, facility_id: int) -> None:
    """What is due and the next number are read after whoever came first here has committed."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(
            sa.text("SELECT pg_advisory_xact_lock(:room, :facility)"),
            {"room": RECEIPTS, "facility": facility_id},
        )


def next_number(session: Session, receipts: Any, facility_id: int) -> int:
    """The number after the last of the house's in a table with `facility_id` and `number`.

    Call `one_at_a_time` before. Without a gap, because nothing is ever removed.
    """
    last = session.scalar(
        sa.select(sa.func.max(receipts.number)).where(receipts.facility_id == facility_id)
    )
    return (last or 0) + 1
