"""Month sheets, receipts and closings."""

from datetime import date, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests import makers
from tests.integration.fees.making import NOVEMBER, OCTOBER, a_day, a_table
from ylyx_site.attendance.models import Attendance
from ylyx_site.facilities.models import Facility
from ylyx_site.fees.errors import (
    AlreadyClosed,
    FirstCloseEarlier,
    MonthNotOver,
    NoteMissing,
    TermsTooEarly,
    WrongAmount,
)
from ylyx_site.fees.kinds import Means, ReceiptKind
from ylyx_site.fees.models import FeeReceipt
from ylyx_site.fees.queries.receipts import receipt_of, receipts_of
from ylyx_site.fees.queries.sheets import sheets_of
from ylyx_site.fees.rules.sheets import Correction, Sheet
from ylyx_site.fees.rules.terms import Terms
from ylyx_site.fees.rules.wishes import ReceiptWish
from ylyx_site.fees.service.closing import close_month
from ylyx_site.fees.service.receipts import record
from ylyx_site.fees.service.terms import set_terms
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound

CASH = ReceiptWish(ReceiptKind.PAID, Means.CASH, 5000)
NEXT_MONTH = datetime.fromisoformat("2026-12-02T08:00:00+08:00")


@pytest.fixture
def nursery(session: Session) -> Facility:
    """A nursery with its table."""
    made = makers.a_nursery(session)
    a_table(session, made.id)
    return made


def a_child(session: Session, phone: str = "13800000001") -> int:
    """A child of 王."""
    return makers.a_child(session, makers.an_account(session, phone).id).id


def the_sheet(
    session: Session, nursery: Facility, month: str = NOVEMBER, now: datetime | None = None
) -> Sheet:
    """The only one of the month."""
    [one] = sheets_of(session, nursery.id, month, now=now or clock.now())
    return one


def test_a_sheet_says_what_really_was(session: Session, nursery: Facility) -> None:
    child = a_child(session)
    a_day(session, nursery, child, date(2026, 11, 16), left=1075)
    a_day(session, nursery, child, date(2026, 11, 17), told=500)
    a_day(session, nursery, child, date(2026, 11, 18), told=600)
    a_day(session, nursery, child, date(2026, 11, 19), arrived=None)
    a_day(session, nursery, child, date(2026, 11, 20), left=None)
    session.execute(
        sa.update(Attendance).where(Attendance.left_at.is_(None)).values(left_at=clock.now())
    )
    sheet = the_sheet(session, nursery)
    assert [one.fen for one in sheet.days] == [6800 + 1500 + 1000, 0, 8300, 8300, 8300]
    assert (sheet.late_minutes, sheet.own.month_fen) == (25, 2000)
    assert sheet.total_fen == sheet.due_fen == 36200


def test_days_to_come_and_other_houses_are_not_on_it(session: Session, nursery: Facility) -> None:
    other = makers.a_nursery(session, name="北街托育")
    child = a_child(session)
    a_day(session, nursery, child, date(2026, 11, 25), arrived=None)
    a_day(session, other, child, date(2026, 11, 16))
    assert sheets_of(session, nursery.id, NOVEMBER, now=clock.now()) == []
    assert [one.total_fen for one in sheets_of(session, other.id, NOVEMBER, now=clock.now())] == [
        6800
    ]


def test_receipts_have_numbers_without_a_gap_in_each_house(
    session: Session, nursery: Facility
) -> None:
    other, child = makers.a_nursery(session, name="北街托育"), a_child(session)
    a_day(session, nursery, child, date(2026, 11, 16))
    a_day(session, other, child, date(2026, 11, 17))
    who = makers.an_account(session, "13800000008").id
    back = ReceiptWish(ReceiptKind.REFUND, Means.CASH, 2000, "多收了")
    for house, wish in ((nursery, CASH), (other, CASH), (nursery, back)):
        record(session, house.id, child, NOVEMBER, wish, actor_id=who, now=clock.now())
    rows = session.execute(
        sa.select(FeeReceipt.facility_id, FeeReceipt.number, FeeReceipt.fen).order_by(FeeReceipt.id)
    ).all()
    assert [tuple(row) for row in rows] == [
        (nursery.id, 1, 5000), (other.id, 1, 5000), (nursery.id, 2, -2000),
    ]  # fmt: skip
    assert (the_sheet(session, nursery).paid_fen, the_sheet(session, nursery).due_fen) == (
        3000, 10300 - 3000,
    )  # fmt: skip
    assert [one.number for one in receipts_of(session, nursery.id, child, NOVEMBER)] == [1, 2]
    with pytest.raises(NotFound):
        receipt_of(session, other.id, 2)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (ReceiptWish(ReceiptKind.PAID, Means.CASH, 0), WrongAmount),
        (ReceiptWish(ReceiptKind.PAID, Means.CASH, 2_000_001), WrongAmount),
        (ReceiptWish(ReceiptKind.REFUND, Means.CASH, 100), NoteMissing),
        (ReceiptWish(ReceiptKind.REFUND, Means.CASH, 100, "退"), WrongAmount),
        (ReceiptWish(ReceiptKind.CORRECTION, Means.CASH, 1, "错", is_downward=True), WrongAmount),
    ],
)
def test_a_receipt_that_cannot_be_is_refused(
    session: Session, nursery: Facility, wish: ReceiptWish, refusal: type[Exception]
) -> None:
    child = a_child(session)
    a_day(session, nursery, child, date(2026, 11, 16))
    with pytest.raises(refusal):
        record(session, nursery.id, child, NOVEMBER, wish, actor_id=1, now=clock.now())


def test_money_of_another_houses_child_is_not_found(session: Session, nursery: Facility) -> None:
    child = a_child(session)
    a_day(session, makers.a_nursery(session, name="北街托育"), child, date(2026, 11, 16))
    with pytest.raises(NotFound):
        record(session, nursery.id, child, NOVEMBER, CASH, actor_id=1, now=clock.now())


def test_a_closed_month_stays_and_the_next_one_corrects_it(
    session: Session, nursery: Facility
) -> None:
    child, who = a_child(session), makers.an_account(session, "13800000008").id
    late = a_day(session, nursery, child, date(2026, 11, 16))
    assert close_month(session, nursery.id, NOVEMBER, actor_id=who, now=NEXT_MONTH) == 1
    before = the_sheet(session, nursery, now=NEXT_MONTH)
    assert (before.is_closed, before.total_fen) == (True, 10300)
    record_ = session.get_one(Attendance, late.id)
    record_.left_at = clock.instant_at(late.day, 1070)
    session.flush()
    assert the_sheet(session, nursery, now=NEXT_MONTH) == before
    december = the_sheet(session, nursery, "2026-12", now=NEXT_MONTH)
    assert (december.corrections, december.total_fen) == ((Correction(NOVEMBER, 1000),), 1000)
    january = datetime.fromisoformat("2027-01-02T08:00:00+08:00")
    close_month(session, nursery.id, "2026-12", actor_id=who, now=january)
    assert the_sheet(session, nursery, "2026-12", now=january).total_fen == 1000
    assert sheets_of(session, nursery.id, "2027-01", now=january) == []
    record_.left_at = clock.instant_at(late.day, 1050)
    session.flush()
    assert the_sheet(session, nursery, "2027-01", now=january).corrections == (
        Correction(NOVEMBER, -1000),
    )


def test_months_are_closed_in_order_once_they_are_over(session: Session, nursery: Facility) -> None:
    child, who = a_child(session), makers.an_account(session, "13800000008").id
    a_day(session, nursery, child, date(2026, 10, 12))
    a_day(session, nursery, child, date(2026, 11, 16))
    for month, now, refusal in (
        (NOVEMBER, clock.now(), MonthNotOver), (NOVEMBER, NEXT_MONTH, FirstCloseEarlier),
    ):  # fmt: skip
        with pytest.raises(refusal):
            close_month(session, nursery.id, month, actor_id=who, now=now)
    close_month(session, nursery.id, OCTOBER, actor_id=who, now=NEXT_MONTH)
    with pytest.raises(AlreadyClosed):
        close_month(session, nursery.id, OCTOBER, actor_id=who, now=NEXT_MONTH)
    close_month(session, nursery.id, NOVEMBER, actor_id=who, now=NEXT_MONTH)


def test_a_table_may_not_reach_back_into_what_is_settled(
    session: Session, nursery: Facility
) -> None:
    who = makers.an_account(session, "13800000008").id
    with pytest.raises(TermsTooEarly):
        set_terms(
            session, nursery.id, Terms(date(2026, 10, 31)), actor_id=who, now=clock.now()
        )  # fmt: skip
    child = a_child(session)
    a_day(session, nursery, child, date(2026, 11, 16), left=1075)
    a_day(session, nursery, child, date(2026, 11, 20), left=1075)
    dearer = Terms(date(2026, 11, 18), 0, 30, 3000, 1500)
    set_terms(session, nursery.id, dearer, actor_id=who, now=clock.now())
    assert [one.late_fen for one in the_sheet(session, nursery).days] == [1000, 3000]
