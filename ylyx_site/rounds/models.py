"""Rounds as rows. What came of a stop stands in `serving`, as for every other meal."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.facilities.kinds import Meal
from ylyx_site.shared.db import Model


class DeliveryRound(Model):
    """A round of a canteen, the same for every meal; ended ones are kept for their closures."""

    __tablename__ = "delivery_round"

    id: Mapped[int] = mapped_column(primary_key=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), index=True)
    name: Mapped[str] = mapped_column(sa.String(20))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class RoundCourier(Model):
    """Somebody who goes a round."""

    __tablename__ = "round_courier"

    round_id: Mapped[int] = mapped_column(sa.ForeignKey("delivery_round.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("account.id"), primary_key=True, index=True
    )


class RoundStop(Model):
    """A person's place in a round of a canteen: kept on the days without a meal too."""

    __tablename__ = "round_stop"
    __table_args__ = (sa.Index("ix_round_stop_round_id_position", "round_id", "position"),)

    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    round_id: Mapped[int] = mapped_column(sa.ForeignKey("delivery_round.id"))
    position: Mapped[int]


class RoundClosure(Model):
    """A round that has been gone: every stop of that meal has its result."""

    __tablename__ = "round_closure"

    round_id: Mapped[int] = mapped_column(sa.ForeignKey("delivery_round.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    meal: Mapped[Meal] = mapped_column(primary_key=True)
    closed_at: Mapped[datetime]
    closed_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
