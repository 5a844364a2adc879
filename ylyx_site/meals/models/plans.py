"""Weekly patterns and rests as rows."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.meals.kinds import Wish
from ylyx_site.shared.db import Model


class MealPlan(Model):
    """What a person eats on which weekdays; it books nothing by itself. `weekdays`: `12345`."""

    __tablename__ = "meal_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(12), unique=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    meal: Mapped[Meal]
    weekdays: Mapped[str] = mapped_column(sa.String(7))
    wish: Mapped[Wish]
    set_id: Mapped[int | None] = mapped_column(sa.ForeignKey("meal_set.id"))
    serving: Mapped[Serving]
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class MealRest(Model):
    """Days of a plan without a meal (a stay in hospital, a visit), both included."""

    __tablename__ = "meal_rest"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(sa.ForeignKey("meal_plan.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    lifted_at: Mapped[datetime | None]
