"""Bookings as rows: one header per form that was sent, one row per child and day of care."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from ylyx_site.benefits.models import KeptLine
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.shared.db import Model


class CareState(enum.StrEnum):
    """Whether a day of care is still claimed; only booked days are."""

    BOOKED = "booked"
    CANCELLED = "cancelled"
    ABSENT = "absent"  # told by family or staff: the place is given back, the day is told apart


class CareBooking(Model):
    """What a family booked with one form: one or several children, one or several days.

    `account_id` is the family's. Where a nursery wrote it down for a caller, `booked_by` is who
    did, and `late_reason` why after the limit for adding; else None and empty.
    """

    __tablename__ = "care_booking"
    __table_args__ = (sa.Index("ix_care_booking_facility_booked", "facility_id", "booked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    kind: Mapped[CareKind]
    half: Mapped[str] = mapped_column(sa.String(4), default="")
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    booked_at: Mapped[datetime]
    booked_by: Mapped[int | None]
    late_reason: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    days: Mapped[list["CareDay"]] = relationship(
        back_populates="booking", order_by="CareDay.day, CareDay.id", lazy="raise"
    )


class CareDay(Model):
    """One child's care on one day. Its class and its facility each hold its half hours.

    `benefit_fen` is the sum of its `CareBenefit` lines: the family pays `price_fen` less it.
    `arrived_at` is set by attendance; a day on which the child is there is not cancelled any more.
    """

    __tablename__ = "care_day"
    __table_args__ = (
        sa.Index("ix_care_day_child_day", "child_id", "day"),
        sa.Index("ix_care_day_facility_day", "facility_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(sa.ForeignKey("care_booking.id"), index=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    class_id: Mapped[int] = mapped_column(sa.ForeignKey("care_class.id"))
    child_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    day: Mapped[date]
    starts: Mapped[int] = mapped_column(sa.SmallInteger)
    ends: Mapped[int] = mapped_column(sa.SmallInteger)
    price_fen: Mapped[int]
    benefit_fen: Mapped[int] = mapped_column(default=0, server_default="0")
    state: Mapped[CareState] = mapped_column(default=CareState.BOOKED)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None]
    arrived_at: Mapped[datetime | None]
    booking: Mapped[CareBooking] = relationship(back_populates="days", lazy="raise")


class CareBenefit(KeptLine, Model):
    """What somebody pays of a day of care in the family's stead; counted while the day stands."""

    __tablename__ = "care_benefit"
    __table_args__ = (sa.CheckConstraint("fen > 0", name="some"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    care_day_id: Mapped[int] = mapped_column(sa.ForeignKey("care_day.id"), index=True)
