"""Who got which meal, as rows. What stood before stands in the journal."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.serving.kinds import HandedHow, Means
from ylyx_site.shared.db import Model


class Handover(Model):
    """A meal reached its person, or nobody was there: one row a meal, so never twice.

    `price_fen` is what the person pays, final from then on; None for `nobody`, who gets no public
    benefit. `taken_fen` was paid with the same tap. `was_nobody`: it took the place of a `nobody`.
    `late_reason`: why it was entered later than it was; empty for what was entered at once.
    """

    __tablename__ = "meal_handover"
    __table_args__ = (
        sa.Index("ix_meal_handover_facility_day", "facility_id", "day"),
        sa.CheckConstraint("(price_fen IS NULL) = (how = 'nobody')", name="price_when_served"),
    )

    ordered_meal_id: Mapped[int] = mapped_column(
        sa.ForeignKey("ordered_meal.id"), primary_key=True, autoincrement=False
    )
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    day: Mapped[date]
    how: Mapped[HandedHow]
    means: Mapped[Means]
    at: Mapped[datetime]
    by_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    step: Mapped[str | None] = mapped_column(sa.String(64))
    price_fen: Mapped[int | None]
    taken_fen: Mapped[int] = mapped_column(default=0)
    was_nobody: Mapped[bool] = mapped_column(default=False)
    late_reason: Mapped[str] = mapped_column(sa.String(100), default="", server_default="")


class HandoverUndone(Model):
    """A hand-over that was taken back: by these rows the other counter learns of it."""

    __tablename__ = "meal_handover_undone"
    __table_args__ = (sa.Index("ix_meal_handover_undone_facility_day", "facility_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ordered_meal_id: Mapped[int] = mapped_column(sa.ForeignKey("ordered_meal.id"))
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    day: Mapped[date]
    how: Mapped[HandedHow]
    handed_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    undone_at: Mapped[datetime]
    undone_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))


class NeighbourCode(Model):
    """Six digits by which a neighbour collects one meal, once.

    The digits are a digest of `seed` under the site's key: they can be shown to the family again,
    and whoever reads the table cannot know them.
    """

    __tablename__ = "neighbour_code"

    ordered_meal_id: Mapped[int] = mapped_column(
        sa.ForeignKey("ordered_meal.id"), primary_key=True, autoincrement=False
    )
    seed: Mapped[str] = mapped_column(sa.String(32))
    made_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    made_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(sa.SmallInteger, default=0)
    used_at: Mapped[datetime | None]


class EaterCard(Model):
    """The card of an elder without a telephone; a lost one is replaced by another code."""

    __tablename__ = "eater_card"

    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    made_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    made_at: Mapped[datetime]


class EaterPhoto(Model):
    """An elder's photograph for the counter, by a consent of its own; redrawn and sealed."""

    __tablename__ = "eater_photo"

    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    consent_id: Mapped[int] = mapped_column(sa.ForeignKey("consent.id"))
    added_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    added_at: Mapped[datetime]


class GuestMeal(Model):
    """A meal sold at the window to somebody whom nobody asked for a name, at the full price.

    It takes its portions and its seat from the ledger like any other.
    """

    __tablename__ = "guest_meal"
    __table_args__ = (
        sa.CheckConstraint("(dish_id IS NULL) <> (set_id IS NULL)", name="dish_or_set"),
        sa.CheckConstraint("number > 0", name="some"),
        sa.Index("ix_guest_meal_facility_day", "facility_id", "day"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    kitchen_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    day: Mapped[date]
    meal: Mapped[Meal]
    serving: Mapped[Serving]
    dish_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dish.id"))
    set_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meal_set.id"))
    name: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[int] = mapped_column(sa.SmallInteger)
    price_fen: Mapped[int]
    sold_at: Mapped[datetime]
    sold_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
