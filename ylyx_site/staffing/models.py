"""The duty roster as rows."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.shared.db import Model
from ylyx_site.staffing.kinds import CertificateKind, Job, ShiftKind


class Worker(Model):
    """A person by telephone number, whatever the facility: nobody is on two rosters at one time."""

    __tablename__ = "worker"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone_index: Mapped[str] = mapped_column(sa.String(64), unique=True)


class Carer(Model):
    """Somebody on the list of a facility, from a day until `ended_on`, the first day without."""

    __tablename__ = "carer"
    __table_args__ = (sa.UniqueConstraint("facility_id", "worker_id", "started_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    worker_id: Mapped[int] = mapped_column(sa.ForeignKey("worker.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    name: Mapped[str] = mapped_column(sa.String(30))
    job: Mapped[Job]
    phone_sealed: Mapped[str] = mapped_column(sa.Text)
    phone_tail: Mapped[str] = mapped_column(sa.String(4))
    started_on: Mapped[date]
    ended_on: Mapped[date | None]


class Certificate(Model):
    """A paper of a carer, both days included; the number is sealed, its tail is shown."""

    __tablename__ = "carer_certificate"

    id: Mapped[int] = mapped_column(primary_key=True)
    carer_id: Mapped[int] = mapped_column(sa.ForeignKey("carer.id"), index=True)
    kind: Mapped[CertificateKind]
    number_sealed: Mapped[str] = mapped_column(sa.Text)
    number_tail: Mapped[str] = mapped_column(sa.String(4))
    valid_from: Mapped[date]
    valid_to: Mapped[date]
    withdrawn_at: Mapped[datetime | None]


class Shift(Model):
    """Somebody's time on a day, in minutes; leave and training may be without a class."""

    __tablename__ = "duty_shift"
    __table_args__ = (
        sa.CheckConstraint("0 <= starts AND starts < ends AND ends <= 1440", name="a_span"),
        sa.CheckConstraint("class_id IS NOT NULL OR kind <> 'duty'", name="duty_in_a_class"),
        sa.Index("ix_duty_shift_facility_id_day", "facility_id", "day"),
        sa.Index("ix_duty_shift_carer_id_day", "carer_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    carer_id: Mapped[int] = mapped_column(sa.ForeignKey("carer.id"))
    class_id: Mapped[int | None] = mapped_column(sa.ForeignKey("care_class.id"))
    day: Mapped[date]
    starts: Mapped[int] = mapped_column(sa.SmallInteger)
    ends: Mapped[int] = mapped_column(sa.SmallInteger)
    kind: Mapped[ShiftKind]


class RosterWeek(Model):
    """A week that has been planned. It stays so when its last shift goes: nobody is then there."""

    __tablename__ = "roster_week"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 the name is SQLAlchemy's

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    monday: Mapped[date] = mapped_column(primary_key=True)


class RosterStart(Model):
    """From which day on the roster of a facility limits its places; no row: caps alone do."""

    __tablename__ = "roster_start"

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    from_day: Mapped[date]
