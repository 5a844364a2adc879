"""Orders as rows: one header per form that was sent, one meal per person, day and meal.

Who eats (`person_id`), who ordered (`account_id`) and who pays (`payer_id`) are three columns.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.benefits.models import KeptLine
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.meals.kinds import MealState
from ylyx_site.shared.db import Model


class MealOrder(Model):
    """What an account ordered with one form: for one or several people, one or several meals.

    `by_desk`: a clerk wrote it down for a caller, and whoever eats pays at the window; `payer_id`
    is then the clerk's account too, for want of another. Families see it through their bonds.
    """

    __tablename__ = "meal_order"
    __table_args__ = (sa.Index("ix_meal_order_facility_ordered", "facility_id", "ordered_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    payer_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    by_desk: Mapped[bool] = mapped_column(default=False, server_default=sa.false())
    note: Mapped[str] = mapped_column(sa.String(200), default="")
    ordered_at: Mapped[datetime]


class OrderedMeal(Model):
    """One person's meal on one day. Its money is final when it is collected.

    `holds_meal`: it is the person's one meal that may carry benefits; a second one for the same
    day and meal is sold at the full price and does not hold it.
    `late_reason`: why a clerk (`late_by`) let it in after the cut-off; empty for all others.
    `looked_at`: when it was looked over for what the person avoids (`service.telling`).
    """

    __tablename__ = "ordered_meal"
    __table_args__ = (
        sa.Index("ix_ordered_meal_person_day", "person_id", "day"),
        sa.Index("ix_ordered_meal_facility_day", "facility_id", "day"),
        sa.Index("ix_ordered_meal_kitchen_day", "kitchen_id", "day"),
        sa.Index("ix_ordered_meal_looked_at_day", "looked_at", "day"),
        sa.CheckConstraint(
            "goods_fen >= 0 AND benefit_fen >= 0 AND fee_fen >= 0 AND benefit_fen <= goods_fen",
            name="adds_up",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("meal_order.id"), index=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    kitchen_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    day: Mapped[date]
    meal: Mapped[Meal]
    serving: Mapped[Serving]
    goods_fen: Mapped[int]
    benefit_fen: Mapped[int]
    fee_fen: Mapped[int]
    holds_meal: Mapped[bool]
    state: Mapped[MealState] = mapped_column(default=MealState.ORDERED)
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None]
    handed_at: Mapped[datetime | None]  # written by the counter or the round: final from then on
    late_reason: Mapped[str] = mapped_column(sa.String(60), default="", server_default="")
    late_by: Mapped[int | None]
    looked_at: Mapped[datetime | None]


class Portion(Model):
    """So many of a dish or set in a meal, under the name and at the price of that day."""

    __tablename__ = "meal_portion"
    __table_args__ = (
        sa.CheckConstraint("(dish_id IS NULL) <> (set_id IS NULL)", name="dish_or_set"),
        sa.CheckConstraint("number > 0", name="some"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meal_id: Mapped[int] = mapped_column(sa.ForeignKey("ordered_meal.id"), index=True)
    dish_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dish.id"))
    set_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meal_set.id"))
    name: Mapped[str] = mapped_column(sa.String(40))
    number: Mapped[int] = mapped_column(sa.SmallInteger)
    price_fen: Mapped[int]


class BenefitLine(KeptLine, Model):
    """What somebody pays of a meal in the person's stead, and the clause that it rests on."""

    __tablename__ = "meal_benefit"
    __table_args__ = (sa.CheckConstraint("fen > 0", name="some"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meal_id: Mapped[int] = mapped_column(sa.ForeignKey("ordered_meal.id"), index=True)
