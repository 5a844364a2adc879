"""What the kitchen keeps, as rows."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.facilities.kinds import Meal
from ylyx_site.shared.db import Model


class FoodSample(Model):
    """A sample of a dish that was served, 留样 [餐饮服务食品安全操作规范].

    At least 125 g, kept at least 48 hours at 0–8 °C in a labelled box; `tenths` is the temperature
    of the refrigerator in tenths of a degree.
    """

    __tablename__ = "food_sample"
    __table_args__ = (
        sa.UniqueConstraint("facility_id", "day", "meal", "dish_id"),
        sa.CheckConstraint("grams >= 125", name="enough"),
        sa.CheckConstraint("tenths BETWEEN 0 AND 80", name="cold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    day: Mapped[date]
    meal: Mapped[Meal]
    dish_id: Mapped[int] = mapped_column(sa.ForeignKey("dish.id"))
    grams: Mapped[int]
    tenths: Mapped[int] = mapped_column(sa.SmallInteger)
    box: Mapped[str] = mapped_column(sa.String(20))
    taken_at: Mapped[datetime]
    taken_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    disposed_at: Mapped[datetime | None]
    disposed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))


class CooksFor(Model):
    """A kitchen that cooks for a nursery too, from a day on, until the day before `until`."""

    __tablename__ = "cooks_for"

    kitchen_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    nursery_id: Mapped[int] = mapped_column(
        sa.ForeignKey("facility.id"), primary_key=True, index=True
    )
    from_day: Mapped[date] = mapped_column(primary_key=True)
    until: Mapped[date | None]
