"""What a canteen took back after it was published, and whose meals it ended."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.shared.db import Model


class MenuWithdrawal(Model):
    """A menu, or one dish or set of it, that the canteen could not serve, and why."""

    __tablename__ = "menu_withdrawal"

    id: Mapped[int] = mapped_column(primary_key=True)
    menu_id: Mapped[int] = mapped_column(sa.ForeignKey("menu_day.id"), index=True)
    dish_id: Mapped[int | None] = mapped_column(sa.ForeignKey("dish.id"))
    set_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meal_set.id"))
    reason: Mapped[str] = mapped_column(sa.String(100))
    withdrawn_at: Mapped[datetime]
    withdrawn_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))


class WithdrawnMeal(Model):
    """A meal that a withdrawal ended. `moved_to`: what the family or the canteen put in its place.

    `declined_at`: the family wants no other meal.
    """

    __tablename__ = "withdrawn_meal"

    meal_id: Mapped[int] = mapped_column(sa.ForeignKey("ordered_meal.id"), primary_key=True)
    withdrawal_id: Mapped[int] = mapped_column(sa.ForeignKey("menu_withdrawal.id"), index=True)
    moved_to: Mapped[int | None] = mapped_column(sa.ForeignKey("ordered_meal.id"))
    declined_at: Mapped[datetime | None]
