"""The register as rows. What changes from a date on is a row with that date."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.facilities.kinds import (
    Basis,
    CareKind,
    ClassKind,
    ClosureKind,
    Deed,
    FacilityKind,
    Filing,
    Nature,
    Tariff,
)
from ylyx_site.shared.db import Model


def stamp_name(facility_id: int) -> str:
    """The name under which everything that the register says of a facility is stamped."""
    return f"facility:{facility_id}"


class Division(Model):
    """District (6 digits), town or street (9), community (12); codes of GB/T 2260."""

    __tablename__ = "division"

    code: Mapped[str] = mapped_column(sa.String(12), primary_key=True)
    name: Mapped[str] = mapped_column(sa.String(40))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class Facility(Model):
    """A nursery or a canteen. `search_text` holds name, pinyin, initials, town and synonyms.

    `enrolled_reported` is the number of children on the nursery's books (在托儿童数) as it reports
    it; who comes on a day is another matter, and stands in the bookings.
    """

    __tablename__ = "facility"
    __table_args__ = (sa.Index("ix_facility_kind_division", "kind", "division_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[FacilityKind]
    nature: Mapped[Nature]
    name: Mapped[str] = mapped_column(sa.String(60))
    credit_code: Mapped[str] = mapped_column(sa.String(18), unique=True)
    filing: Mapped[Filing]
    filing_number: Mapped[str | None] = mapped_column(sa.String(40))
    division_code: Mapped[str] = mapped_column(sa.ForeignKey("division.code"), index=True)
    address: Mapped[str] = mapped_column(sa.String(120))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    telephone: Mapped[str] = mapped_column(sa.String(20))
    inclusive: Mapped[bool] = mapped_column(default=False)
    about: Mapped[str] = mapped_column(sa.String(400), default="")
    search_text: Mapped[str] = mapped_column(sa.Text, default="")
    enrolled_reported: Mapped[int | None]
    enrolled_reported_on: Mapped[date | None]
    created_at: Mapped[datetime]


class Opening(Model):
    """Opening hours of one weekday (ISO, 1 = Monday) from a date on; no row: closed that weekday.

    `opens` None: closed on that weekday from that date on. Minutes of the day.
    """

    __tablename__ = "facility_opening"

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    from_day: Mapped[date] = mapped_column(primary_key=True)
    opens: Mapped[int | None]
    closes: Mapped[int | None]


class Closure(Model):
    """Days on which a facility is shut though its week says open; both days included."""

    __tablename__ = "facility_closure"

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    kind: Mapped[ClosureKind]
    reason: Mapped[str] = mapped_column(sa.String(100))
    lifted_at: Mapped[datetime | None]


class WorkingWeekend(Model):
    """A weekend worked by 调休 on which this facility opens; offered, never forced.

    Without a row its usual hours of that weekday hold, which for most means shut. Minutes of the
    day.
    """

    __tablename__ = "facility_working_weekend"

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    opens: Mapped[int]
    closes: Mapped[int]


class RegisteredPlaces(Model):
    """备案托位 of a nursery from a day on; the hard cap of the whole facility."""

    __tablename__ = "registered_places"

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    from_day: Mapped[date] = mapped_column(primary_key=True)
    places: Mapped[int] = mapped_column(sa.CheckConstraint("places >= 0", name="not_negative"))


class CareClass(Model):
    """A class of a nursery. Ages in months on the day of care, `to_months` not included.

    It lives from its first cap until `ended_on`, the first day without it.
    """

    __tablename__ = "care_class"

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    kind: Mapped[ClassKind]
    name: Mapped[str] = mapped_column(sa.String(40))
    from_months: Mapped[int]
    to_months: Mapped[int]
    children_per_carer: Mapped[int]
    ended_on: Mapped[date | None]


class ClassCap(Model):
    """How many children a class holds at most, from a day on."""

    __tablename__ = "class_cap"

    class_id: Mapped[int] = mapped_column(sa.ForeignKey("care_class.id"), primary_key=True)
    from_day: Mapped[date] = mapped_column(primary_key=True)
    children: Mapped[int] = mapped_column(sa.CheckConstraint("children >= 0", name="not_negative"))


class CarePrice(Model):
    """Price of one unit (a day, a half day, an hour) from a day on, in fen. Never changed."""

    __tablename__ = "care_price"

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    tariff: Mapped[Tariff] = mapped_column(primary_key=True)
    from_day: Mapped[date] = mapped_column(primary_key=True)
    fen: Mapped[int] = mapped_column(sa.CheckConstraint("fen >= 0", name="not_negative"))


class CareHours(Model):
    """The hours that a facility sells as 全日, 上午, 下午; without a row the district's defaults.

    `part` is `full_day`, `am` or `pm`. Minutes of the day.
    """

    __tablename__ = "care_hours"

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    part: Mapped[str] = mapped_column(sa.String(10), primary_key=True)
    starts: Mapped[int]
    ends: Mapped[int]


class BookingLimit(Model):
    """Until when one may add, change or cancel a kind of care; without a row the defaults.

    `half` is `am`, `pm` or empty (any); `count` days or minutes; `minute` of the day, for days.
    """

    __tablename__ = "booking_limit"

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    kind: Mapped[CareKind] = mapped_column(primary_key=True)
    half: Mapped[str] = mapped_column(sa.String(4), primary_key=True, default="")
    deed: Mapped[Deed] = mapped_column(primary_key=True)
    basis: Mapped[Basis]
    count: Mapped[int]
    minute: Mapped[int] = mapped_column(default=0)
