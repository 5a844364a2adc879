"""Adults who may fetch a child, codes of a day, and those who may not, as rows."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.families.models import random_id
from ylyx_site.shared.db import Model


class PickupAdult(Model):
    """An adult whom a guardian authorised, `valid_from` and `valid_to` included.

    `sealed` is JSON: name, relation, telephone.
    """

    __tablename__ = "pickup_adult"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=random_id)
    child_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    sealed: Mapped[str] = mapped_column(sa.Text)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    added_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    added_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None]


class PickupPhoto(Model):
    """An adult's photograph, only with that adult's consent; redrawn and sealed."""

    __tablename__ = "pickup_photo"

    adult_id: Mapped[int] = mapped_column(
        sa.ForeignKey("pickup_adult.id"), primary_key=True, autoincrement=False
    )
    sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)
    consent_at: Mapped[datetime]


class PickupCode(Model):
    """A code for one day and one use, kept as a digest; a new one ends the one before.

    `sealed` is the name of whoever will bring it. `tries` counts wrong ones.
    """

    __tablename__ = "pickup_code"
    __table_args__ = (sa.Index("ix_pickup_code_child_id_day", "child_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    child_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    day: Mapped[date]
    code_hash: Mapped[str] = mapped_column(sa.String(64))
    sealed: Mapped[str] = mapped_column(sa.Text)
    made_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    made_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(sa.SmallInteger, default=0, server_default="0")
    used_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class PickupBlock(Model):
    """Somebody who must not take the child; a guardian only by a paper that the head has seen.

    `sealed` is JSON: name, what the person looks like or is to the child, the paper. `account_id`
    is the blocked one's account as far as it is known, who never sees this row.
    """

    __tablename__ = "pickup_block"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=random_id)
    child_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    facility_id: Mapped[int | None] = mapped_column(sa.ForeignKey("facility.id"))
    sealed: Mapped[str] = mapped_column(sa.Text)
    recorded_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None]
