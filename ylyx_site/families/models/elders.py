"""What is kept about an elder beside the person itself, and requests that wait for a consent."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.families.kinds import Texture
from ylyx_site.families.models.people import random_id
from ylyx_site.shared.db import Model


class ElderProfile(Model):
    """How an elder eats, and by which telephone the elder agrees and withdraws.

    `diets` are words of `Diet`, parted by spaces, in clear because kitchens count by them; what is
    avoided is free text and therefore sealed (a JSON list). Of the telephone, which others may
    share, only the last four digits are in clear, for the desk; `phone_index` finds equal ones.
    """

    __tablename__ = "elder_profile"

    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    diets: Mapped[str] = mapped_column(sa.String(120), default="")
    texture: Mapped[Texture] = mapped_column(default=Texture.ORDINARY)
    avoids_sealed: Mapped[str | None] = mapped_column(sa.Text)
    phone_sealed: Mapped[str | None] = mapped_column(sa.Text)
    phone_tail: Mapped[str] = mapped_column(sa.String(4), default="", index=True)
    phone_index: Mapped[str | None] = mapped_column(sa.String(64), index=True)
    changed_at: Mapped[datetime]


class PersonAddress(Model):
    """Where meals are brought to.

    The division is in clear, for the area of a round; the rest is sealed as one JSON object:
    street, building, floor, door, note.
    """

    __tablename__ = "person_address"

    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    division_code: Mapped[str] = mapped_column(sa.String(12), index=True)
    sealed: Mapped[str] = mapped_column(sa.Text)
    changed_at: Mapped[datetime]


class ElderRequest(Model):
    """An account asks to act for an elder, and the elder has not agreed yet.

    What was typed is sealed; it is erased when the elder has agreed, and forgotten with the row
    when the time is over. `person_id` is there once
    the elder has agreed.
    """

    __tablename__ = "elder_request"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=random_id)
    asked_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    sealed: Mapped[str | None] = mapped_column(sa.Text)
    asked_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]
    person_id: Mapped[int | None] = mapped_column(sa.ForeignKey("person.id"))
