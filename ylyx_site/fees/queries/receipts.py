"""Receipts, and whose they may be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareDay, CareState
from ylyx_site.families.models import Person
from ylyx_site.fees.kinds import Means, ReceiptKind
from ylyx_site.fees.models import FeeReceipt
from ylyx_site.identity.models import Account
from ylyx_site.shared.months import days_of
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt; `by` is the account's name."""

    number: int
    child_id: int
    child: str
    month: str
    fen: int
    kind: ReceiptKind
    means: Means
    note: str
    by: str
    at: datetime


def child_of_house(session: Session, facility_id: int, child_id: int) -> str:
    """The name of a child that was ever cared for here; raises `NotFound`."""
    name = session.scalar(
        sa.select(Person.name).where(
            Person.id == child_id,
            sa.exists().where(CareDay.child_id == Person.id, CareDay.facility_id == facility_id),
        )
    )
    if name is None:
        raise NotFound
    return name


def receipts_of(session: Session, facility_id: int, child_id: int, month: str) -> list[Receipt]:
    """The receipts of a child's month, in order; fetched through the owner before."""
    return _receipts(
        session, FeeReceipt.facility_id == facility_id, FeeReceipt.child_id == child_id,
        FeeReceipt.month == month,
    )  # fmt: skip


def receipt_of(session: Session, facility_id: int, number: int) -> Receipt:
    """A receipt of this house; raises `NotFound`."""
    found = _receipts(session, FeeReceipt.facility_id == facility_id, FeeReceipt.number == number)
    if not found:
        raise NotFound
    return found[0]


def _receipts(session: Session, *where: sa.ColumnElement[bool]) -> list[Receipt]:
    rows: Any = session.execute(
        sa.select(
            FeeReceipt.number, FeeReceipt.child_id, Person.name, FeeReceipt.month, FeeReceipt.fen,
            FeeReceipt.kind, FeeReceipt.means, FeeReceipt.note, Account.name,
            FeeReceipt.recorded_at,
        )
        .join(Person, Person.id == FeeReceipt.child_id)
        .join(Account, Account.id == FeeReceipt.recorded_by)
        .where(*where)
        .order_by(FeeReceipt.number)
    )  # fmt: skip
    return [Receipt(*row) for row in rows]


def houses_of(session: Session, child_id: int, month: str) -> list[int]:
    """The nurseries at which a child has or had a day of care by the end of the month."""
    rows = session.scalars(
        sa.select(CareDay.facility_id)
        .where(
            CareDay.child_id == child_id,
            CareDay.state != CareState.CANCELLED,
            CareDay.day <= days_of(month).last,
        )
        .distinct()
        .order_by(CareDay.facility_id)
    )
    return list(rows)
