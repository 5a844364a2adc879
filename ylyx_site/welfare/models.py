"""Checks on people as rows. What was said is sealed: it may be about somebody's health."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.facilities.kinds import Meal
from ylyx_site.shared.db import Model
from ylyx_site.welfare.kinds import Outcome, StepKind, Why

OPEN = sa.text("ended_at IS NULL")


class WelfareCheck(Model):
    """A check on a person whose meal did not arrive: never two open ones for one meal of a day.

    `opened_by` and `ended_by` are None where it went by itself. `escalated_at`: the manager and the
    family were told.
    """

    __tablename__ = "welfare_check"
    __table_args__ = (
        sa.Index(
            "uq_welfare_check_open", "person_id", "day", "meal",
            unique=True, sqlite_where=OPEN, postgresql_where=OPEN,
        ),
        sa.Index("ix_welfare_check_facility_day", "facility_id", "day"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    meal_id: Mapped[int] = mapped_column(sa.ForeignKey("ordered_meal.id"), index=True)
    day: Mapped[date]
    meal: Mapped[Meal]
    why: Mapped[Why]
    opened_at: Mapped[datetime]
    opened_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    escalated_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    outcome: Mapped[Outcome | None]
    words_sealed: Mapped[str | None] = mapped_column(sa.Text)


class WelfareStep(Model):
    """Something that was tried; `reached`: somebody spoke with the person or saw them."""

    __tablename__ = "welfare_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    check_id: Mapped[int] = mapped_column(sa.ForeignKey("welfare_check.id"), index=True)
    kind: Mapped[StepKind]
    reached: Mapped[bool]
    words_sealed: Mapped[str | None] = mapped_column(sa.Text)
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    at: Mapped[datetime]


class WelfareTerms(Model):
    """How long after serving a meal counts as not collected, where a canteen has its own rule."""

    __tablename__ = "welfare_terms"
    __table_args__ = (
        sa.CheckConstraint("missed_after_minutes BETWEEN 5 AND 240", name="some_minutes"),
    )

    facility_id: Mapped[int] = mapped_column(
        sa.ForeignKey("facility.id"), primary_key=True, autoincrement=False
    )
    missed_after_minutes: Mapped[int]
