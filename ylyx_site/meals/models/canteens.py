"""What a canteen or meal point offers, beside what the register says of it."""

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.facilities.kinds import Meal
from ylyx_site.shared.db import Model


class CanteenTerms(Model):
    """A facility that serves meals. `supplied_by`: whose kitchen cooks; None: its own."""

    __tablename__ = "canteen_terms"

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    supplied_by: Mapped[int | None] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    delivers: Mapped[bool] = mapped_column(default=False)
    delivery_fee_fen: Mapped[int] = mapped_column(
        sa.CheckConstraint("delivery_fee_fen >= 0", name="fee_not_negative"), default=0
    )


class DeliveryArea(Model):
    """A division, with all below it, to which a canteen delivers."""

    __tablename__ = "delivery_area"

    facility_id: Mapped[int] = mapped_column(
        sa.ForeignKey("canteen_terms.facility_id"), primary_key=True
    )
    division_code: Mapped[str] = mapped_column(sa.String(12), primary_key=True)


class MealTerms(Model):
    """A meal that a facility serves: hours and cut-off in minutes of the day, places by serving.

    The cut-off is `cutoff_minute` of the day that lies `cutoff_days_before` days before the meal.
    """

    __tablename__ = "meal_terms"

    facility_id: Mapped[int] = mapped_column(
        sa.ForeignKey("canteen_terms.facility_id"), primary_key=True
    )
    meal: Mapped[Meal] = mapped_column(primary_key=True)
    serves_from: Mapped[int]
    serves_to: Mapped[int]
    cutoff_days_before: Mapped[int]
    cutoff_minute: Mapped[int]
    seats: Mapped[int]
    pick_ups: Mapped[int]
    deliveries: Mapped[int]
