"""Whom a desk knows, and the papers that it has filed, as rows."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.counter.kinds import PaperKind
from ylyx_site.families.models import random_id
from ylyx_site.shared.db import Model


class DeskPerson(Model):
    """An elder whom this desk has met: entered there, or found by the whole number that was told.

    Whoever has ordered there within a year is known without a row.
    """

    __tablename__ = "desk_person"

    facility_id: Mapped[int] = mapped_column(
        sa.ForeignKey("facility.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(
        sa.ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    met_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    met_at: Mapped[datetime]


class DeskPaper(Model):
    """A paper that an elder signed and a clerk (`filed_by`) saw; `number` finds it in the folder.

    The photograph, where one was taken, is WebP without metadata, sealed; only the desk that filed
    it can open it, and each look is journaled.
    """

    __tablename__ = "desk_paper"
    __table_args__ = (sa.Index("ix_desk_paper_facility_person", "facility_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=random_id)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    kind: Mapped[PaperKind]
    number: Mapped[str] = mapped_column(sa.String(40))
    photo_sealed: Mapped[bytes | None] = mapped_column(sa.LargeBinary)
    filed_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    filed_at: Mapped[datetime]
