"""The rows that the figures of a month are counted from.

A figure is a condition and an amount over the rows of a source. The sum and the list are made from
the same two, so that the list's amounts add up to the figure whatever is asked for.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ylyx_site.attendance.models import Attendance
from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.entry.models import ChildCase
from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.facilities.models import CareClass
from ylyx_site.fees.models import FeeReceipt
from ylyx_site.meals.kinds import MealState
from ylyx_site.meals.models import BenefitLine, MealOrder, OrderedMeal
from ylyx_site.serving.kinds import SERVED, HandedHow
from ylyx_site.serving.models import GuestMeal, Handover
from ylyx_site.settlement.models import SettlementCorrection
from ylyx_site.shared import clock
from ylyx_site.shared.months import days_of
from ylyx_site.shared.spans import DaySpan
from ylyx_site.supervision.figures import Figure


class Period(NamedTuple):
    """A month as it is at a moment: days to come are not in it."""

    month: str
    now: datetime

    @property
    def days(self) -> DaySpan:
        """From the first to the last day, or to today; of a month to come its first day."""
        whole = days_of(self.month)
        return DaySpan(whole.first, max(whole.first, min(whole.last, clock.day_of(self.now))))


class Part(NamedTuple):
    """A figure over the rows of a source: which of them, and how much each is."""

    where: Any
    amount: Any


@dataclass(frozen=True, slots=True)
class Source:
    """Rows with a facility and, unless they are of a whole month, a day.

    `columns` are what a list shows of a row, `person` is whose it is, if it is somebody's.
    """

    start: Any
    facility: Any
    day: Any
    within: tuple[Any, ...]
    parts: Mapping[Figure, Part]
    columns: tuple[Any, ...]
    order: tuple[Any, ...]
    person: Any = None


def sources(kind: FacilityKind, period: Period) -> tuple[Source, ...]:
    """Every source of a kind of facility."""
    if kind is FacilityKind.NURSERY:
        return _care(period), _cases(period), _receipts(period)
    return _meals(period), _guests(period), _corrections(period)


def source_of(kind: FacilityKind, period: Period, figure: Figure) -> Source:
    """The source of one figure; raises `KeyError` for one of the other kind."""
    for one in sources(kind, period):
        if figure in one.parts:
            return one
    raise KeyError(figure)


def _one(where: Any) -> Part:
    return Part(where, sa.literal(1))


def _care(period: Period) -> Source:
    today, minute = clock.day_of(period.now), clock.minute_of(period.now)
    came = CareDay.arrived_at.is_not(None)
    awaited = sa.and_(CareDay.state == CareState.BOOKED, CareDay.arrived_at.is_(None))
    is_over = sa.or_(CareDay.day < today, CareDay.ends <= minute)  # no day after today is in it
    return Source(
        start=sa.join(CareDay, CareBooking, CareBooking.id == CareDay.booking_id)
        .outerjoin(Attendance, Attendance.care_day_id == CareDay.id)
        .outerjoin(CareClass, CareClass.id == CareDay.class_id),
        facility=CareDay.facility_id, day=CareDay.day, person=CareDay.child_id,
        within=(_in(CareDay.day, period), CareDay.state != CareState.CANCELLED),
        parts={
            Figure.BOOKED: _one(sa.true()),
            Figure.CAME: _one(came),
            Figure.ABSENT: _one(CareDay.state == CareState.ABSENT),
            Figure.UNRECORDED: _one(sa.and_(awaited, is_over)),
            Figure.EXPECTED: _one(sa.and_(awaited, sa.not_(is_over))),
            Figure.FORGOTTEN: _one(Attendance.forgotten.is_(True)),
            Figure.CARE_BENEFIT: Part(came, CareDay.benefit_fen),
        },
        columns=(
            CareBooking.code, CareClass.name.label("class_name"), CareBooking.kind,
            CareBooking.half, CareDay.starts, CareDay.ends, CareDay.state, CareDay.arrived_at,
            Attendance.left_at, Attendance.forgotten, CareDay.benefit_fen,
        ),
        order=(CareDay.day, CareDay.facility_id, CareDay.starts, CareDay.id),
    )  # fmt: skip


def _cases(period: Period) -> Source:
    return Source(
        start=ChildCase.__table__,
        facility=ChildCase.facility_id, day=ChildCase.fell_ill_on, person=ChildCase.child_id,
        within=(_in(ChildCase.fell_ill_on, period), ChildCase.ended_at.is_(None)),
        parts={Figure.CASES: _one(sa.true())},
        columns=(ChildCase.sealed, ChildCase.back_on, ChildCase.needs_paper),
        order=(ChildCase.fell_ill_on, ChildCase.facility_id, ChildCase.id),
    )  # fmt: skip


def _receipts(period: Period) -> Source:
    return Source(
        start=FeeReceipt.__table__,
        facility=FeeReceipt.facility_id, day=None, person=FeeReceipt.child_id,
        within=(FeeReceipt.month == period.month,),
        parts={Figure.RECEIPTS: Part(sa.true(), FeeReceipt.fen)},
        columns=(FeeReceipt.number, FeeReceipt.kind, FeeReceipt.means, FeeReceipt.recorded_at),
        order=(FeeReceipt.facility_id, FeeReceipt.number),
    )  # fmt: skip


def _meals(period: Period) -> Source:
    today: date = clock.day_of(period.now)
    open_ = Handover.ordered_meal_id.is_(None)
    served = Handover.how.in_(SERVED)
    hows = {
        Figure.DINE_IN: HandedHow.DINE_IN, Figure.COLLECTED: HandedHow.COLLECTED,
        Figure.DELIVERED: HandedHow.DELIVERED, Figure.NEIGHBOUR: HandedHow.NEIGHBOUR,
        Figure.NOBODY: HandedHow.NOBODY,
    }  # fmt: skip
    return Source(
        start=sa.join(OrderedMeal, MealOrder, MealOrder.id == OrderedMeal.order_id)
        .outerjoin(Handover, Handover.ordered_meal_id == OrderedMeal.id),
        facility=OrderedMeal.facility_id, day=OrderedMeal.day, person=OrderedMeal.person_id,
        within=(_in(OrderedMeal.day, period), OrderedMeal.state == MealState.ORDERED),
        parts={
            Figure.ORDERED: _one(sa.true()),
            **{figure: _one(Handover.how == how) for figure, how in hows.items()},
            Figure.UNSERVED: _one(sa.and_(open_, OrderedMeal.day < today)),
            Figure.TO_COME: _one(sa.and_(open_, OrderedMeal.day == today)),
            Figure.MEAL_BENEFIT: Part(served, OrderedMeal.benefit_fen),
            Figure.OWN: Part(served, Handover.price_fen),
        },
        columns=(
            MealOrder.code, OrderedMeal.meal, OrderedMeal.serving, Handover.how, Handover.at,
            OrderedMeal.goods_fen, OrderedMeal.benefit_fen, OrderedMeal.fee_fen,
            Handover.price_fen,
        ),
        order=(OrderedMeal.day, OrderedMeal.facility_id, OrderedMeal.meal, OrderedMeal.id),
    )  # fmt: skip


def _guests(period: Period) -> Source:
    return Source(
        start=GuestMeal.__table__,
        facility=GuestMeal.facility_id, day=GuestMeal.day,
        within=(_in(GuestMeal.day, period), GuestMeal.undone_at.is_(None)),
        parts={Figure.GUESTS: Part(sa.true(), GuestMeal.number)},
        columns=(GuestMeal.meal, GuestMeal.name, GuestMeal.price_fen, GuestMeal.sold_at),
        order=(GuestMeal.day, GuestMeal.facility_id, GuestMeal.id),
    )  # fmt: skip


def _corrections(period: Period) -> Source:
    return Source(
        start=SettlementCorrection.__table__,
        facility=SettlementCorrection.facility_id, day=None,
        within=(SettlementCorrection.month == period.month,),
        parts={Figure.CORRECTIONS: Part(sa.true(), SettlementCorrection.fen)},
        columns=(
            SettlementCorrection.pays, SettlementCorrection.why, SettlementCorrection.entered_at,
        ),
        order=(SettlementCorrection.facility_id, SettlementCorrection.id),
    )  # fmt: skip


def paid_by(payer: str) -> Any:
    """The meals of which this payer pays a part, and that part."""
    part = (
        sa.select(sa.func.sum(BenefitLine.fen))
        .where(BenefitLine.meal_id == OrderedMeal.id, BenefitLine.payer == payer)
        .scalar_subquery()
    )
    return Part(sa.and_(Handover.how.in_(SERVED), part > 0), part)


def _in(day: Any, period: Period) -> Any:
    return day.between(period.days.first, period.days.last)
