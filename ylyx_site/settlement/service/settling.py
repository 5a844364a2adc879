"""Settling a month, again when something has changed; and correcting with a reason."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.settlement.errors import MonthAhead, NothingNew, WhyMissing, WrongSum
from ylyx_site.settlement.models import SettledLine, Settlement, SettlementCorrection
from ylyx_site.settlement.queries.lines import Line, differences
from ylyx_site.settlement.rules.wishes import (
    LONGEST_PURPOSE,
    LONGEST_WHY,
    MOST_CORRECTION_FEN,
    SHORTEST,
    CorrectionWish,
    SettleWish,
)
from ylyx_site.shared import clock
from ylyx_site.shared.money import yuan
from ylyx_site.shared.months import days_of
from ylyx_site.shared.receipts import one_at_a_time

ROWS_AT_ONCE = 2000


def settle(
    session: Session, facility_id: int, wish: SettleWish, *, actor_id: int, now: datetime
) -> int:
    """Add what has changed since the month was last settled as lines; returns the settlement.

    The first one of a month holds everything. Two clerks at once: the second finds nothing new.
    Raises `MonthAhead`, `NothingNew`, `WhyMissing` for a file that is made for nobody.
    """
    if days_of(wish.month).first > clock.day_of(now):
        raise MonthAhead
    purpose = wish.purpose.strip()
    if not SHORTEST <= len(purpose) <= LONGEST_PURPOSE:
        raise WhyMissing(field="purpose")
    one_at_a_time(session, facility_id)
    lines = differences(session, facility_id, wish.month)
    if not lines:
        raise NothingNew
    settlement = Settlement(
        facility_id=facility_id, month=wish.month, purpose=purpose,
        number=_next_number(session, facility_id, wish.month), made_by=actor_id, made_at=now,
    )  # fmt: skip
    session.add(settlement)
    session.flush()
    for rows in _portions(lines):
        session.execute(
            sa.insert(SettledLine),
            [{"settlement_id": settlement.id, **line._asdict()} for line in rows],
        )
    note(
        session, "settlement.settled", f"settlement:{settlement.id}",
        actor_id=actor_id, facility_id=facility_id, now=now,
        detail=f"{wish.month} no. {settlement.number}, {len(lines)} lines",
    )  # fmt: skip
    return settlement.id


def correct(
    session: Session, facility_id: int, wish: CorrectionWish, *, actor_id: int, now: datetime
) -> None:
    """Enter a correction; it counts from the next settlement on.

    Raises `MonthAhead`, `WhyMissing`, `WrongSum`.
    """
    if days_of(wish.month).first > clock.day_of(now):
        raise MonthAhead
    why = wish.why.strip()
    if not SHORTEST <= len(why) <= LONGEST_WHY:
        raise WhyMissing(field="why")
    if not 0 < abs(wish.fen) <= MOST_CORRECTION_FEN:
        raise WrongSum(field="fen", most=yuan(MOST_CORRECTION_FEN))
    row = SettlementCorrection(
        facility_id=facility_id, month=wish.month, pays=wish.pays, fen=wish.fen, why=why,
        entered_by=actor_id, entered_at=now,
    )  # fmt: skip
    session.add(row)
    session.flush()
    note(
        session, "settlement.corrected", f"settlement_correction:{row.id}",
        actor_id=actor_id, facility_id=facility_id, now=now,
        detail=f"{wish.month} {wish.pays.value} {wish.fen}",
    )  # fmt: skip


def _next_number(session: Session, facility_id: int, month: str) -> int:
    last = session.scalar(
        sa.select(sa.func.max(Settlement.number)).where(
            Settlement.facility_id == facility_id, Settlement.month == month
        )
    )
    return (last or 0) + 1


def _portions(lines: Sequence[Line]) -> Iterator[Sequence[Line]]:
    return (lines[at : at + ROWS_AT_ONCE] for at in range(0, len(lines), ROWS_AT_ONCE))
