"""The ledger as rows."""

import enum
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.shared.db import Model


class ResourceKind(enum.StrEnum):
    """What is limited."""

    FACILITY = "facility"  # the whole house under its registered places
    CLASS = "class"
    SEATS = "seats"  # a canteen's meal by way of serving; its slots are the meals of the day
    PICK_UPS = "pick_ups"
    DELIVERIES = "deliveries"
    DISH = "dish"  # portions of a dish or of a set, by the meal of the day
    MEAL_SET = "meal_set"


class Resource(Model):
    """Anything limited; `owner_id` is the facility's, class's, dish's or set's number."""

    __tablename__ = "place_resource"
    __table_args__ = (sa.UniqueConstraint("kind", "owner_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ResourceKind]
    owner_id: Mapped[int]
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), index=True)


class PlaceDay(Model):
    """Header of a resource's day: the row that is locked first, in (resource, day) order."""

    __tablename__ = "place_day"

    resource_id: Mapped[int] = mapped_column(sa.ForeignKey("place_resource.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class PlaceSlot(Model):
    """A half hour (0–47) of a resource's day: how many fit, how many are taken.

    `wanted` is the limit as the register has it; `capacity` is the greater of `wanted` and
    `taken`: lowering a limit drops nobody and lets nobody in.
    """

    __tablename__ = "place_slot"
    __table_args__ = (
        sa.CheckConstraint("0 <= taken AND taken <= capacity", name="never_oversold"),
        sa.ForeignKeyConstraint(["resource_id", "day"], ["place_day.resource_id", "place_day.day"]),
        {"sqlite_with_rowid": False},
    )

    resource_id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)
    wanted: Mapped[int] = mapped_column(sa.SmallInteger)
    capacity: Mapped[int] = mapped_column(sa.SmallInteger)
    taken: Mapped[int] = mapped_column(sa.SmallInteger, default=0)


class BusyDay(Model):
    """The half hours of a day in which somebody is already somewhere, as a mask of 48 bits.

    A person is a resource of which there is one: one row and one conditional UPDATE keep a child
    from two places at one time (and, with `who` = carer, a carer from two rosters).
    """

    __tablename__ = "busy_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 the name is SQLAlchemy's

    who: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    who_id: Mapped[int] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    slots: Mapped[int] = mapped_column(sa.BigInteger, default=0)


class PlaceCounter(Model):
    """A limit that is made at first use: a person's subsidised meals of a week, for example.

    `name` says whose and what; `period_start` is the first day of the period that it counts.
    """

    __tablename__ = "place_counter"
    __table_args__ = (
        sa.CheckConstraint("0 <= taken AND taken <= capacity", name="never_overdrawn"),
        {"sqlite_with_rowid": False},
    )

    name: Mapped[str] = mapped_column(sa.String(80), primary_key=True)
    period_start: Mapped[date] = mapped_column(primary_key=True)
    capacity: Mapped[int]
    taken: Mapped[int]


class RosterDay(Model):
    """A day on which the carers on duty limit the classes of a facility; `staffing` says so."""

    __tablename__ = "roster_day"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 the name is SQLAlchemy's

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)


class CarersOnDuty(Model):
    """How many carers count in a class in the half hours `first` to `end` (not included).

    On a roster day the half hours without a row have none.
    """

    __tablename__ = "carers_on_duty"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 the name is SQLAlchemy's

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("care_class.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)
    end: Mapped[int] = mapped_column(sa.SmallInteger)
    carers: Mapped[int] = mapped_column(sa.SmallInteger)


class HoldTerms(Model):
    """A nursery that keeps places while a family fills in its form; without a row it does not."""

    __tablename__ = "place_hold_terms"

    facility_id: Mapped[int] = mapped_column(
        sa.ForeignKey("facility.id"), primary_key=True, autoincrement=False
    )


class PlaceHold(Model):
    """Places kept for an account until `expires_at`, one at a time for each account and facility.

    Its claims are rows of `PlaceHoldClaim` for as long as the ledger counts them; once it is
    released or booked `ended_at` is set and they are gone. The row stays for a day, so that it can
    be counted how often somebody held. `is_offer`: kept by the queue until its offer is answered,
    not by the family's own hand.
    """

    __tablename__ = "place_hold"
    __table_args__ = (
        sa.Index(
            "uq_place_hold_live",
            "facility_id",
            "account_id",
            unique=True,
            sqlite_where=sa.text("ended_at IS NULL AND NOT is_offer"),
            postgresql_where=sa.text("ended_at IS NULL AND NOT is_offer"),
        ),
        sa.Index("ix_place_hold_account_id_held_at", "account_id", "held_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    held_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    extended: Mapped[bool] = mapped_column(default=False)
    is_offer: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None]


class PlaceHoldClaim(Model):
    """What a hold takes from the ledger: `places` in the half hours `first` to `stop`."""

    __tablename__ = "place_hold_claim"
    __table_args__ = (
        sa.Index("ix_place_hold_claim_resource_id_day", "resource_id", "day"),
        {"sqlite_with_rowid": False},
    )

    hold_id: Mapped[int] = mapped_column(sa.ForeignKey("place_hold.id"), primary_key=True)
    resource_id: Mapped[int] = mapped_column(sa.ForeignKey("place_resource.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(sa.SmallInteger, primary_key=True)
    stop: Mapped[int] = mapped_column(sa.SmallInteger)
    places: Mapped[int] = mapped_column(sa.SmallInteger)
