"""Money as it was paid and given back: rows are added, never changed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.meals.kinds import PaymentKind
from ylyx_site.shared.db import Model


class Payment(Model):
    """One receipt. `fen` is what came in; a refund, or a correction downwards, is negative.

    `meal_id` is the meal that it is for; None is money paid ahead for a month (`month` `2026-11`).
    """

    __tablename__ = "meal_payment"
    __table_args__ = (
        sa.UniqueConstraint("facility_id", "number"),
        sa.CheckConstraint("fen <> 0", name="some"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    number: Mapped[int]
    meal_id: Mapped[int | None] = mapped_column(sa.ForeignKey("ordered_meal.id"), index=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    month: Mapped[str] = mapped_column(sa.String(7))
    fen: Mapped[int]
    kind: Mapped[PaymentKind]
    note: Mapped[str] = mapped_column(sa.String(100), default="")
    recorded_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime]
