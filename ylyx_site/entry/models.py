"""Papers, cases and the district's table as rows.

What is on a paper that tells of health stands only in its picture and in the sealed columns. Kinds
and dates are in clear, because the gate asks for them for a whole nursery at once.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.entry.kinds import PaperKind, PaperState, ReturnReason
from ylyx_site.families.models import random_id
from ylyx_site.shared.db import Model


class ChildPaper(Model):
    """A paper of a child; with a nursery (`facility_id`) if it is an agreement.

    `uploaded_by` is a guardian, or None for a paper seen at the desk. `signed_by` is the account of
    the guardian who signed. A confirmed paper counts from `dated_on` to `valid_until`, both
    included.
    """

    __tablename__ = "child_paper"
    __table_args__ = (sa.Index("ix_child_paper_child_id_kind", "child_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=random_id)
    child_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"))
    facility_id: Mapped[int | None] = mapped_column(sa.ForeignKey("facility.id"))
    case_id: Mapped[int | None] = mapped_column(sa.ForeignKey("child_case.id"))
    kind: Mapped[PaperKind]
    state: Mapped[PaperState]
    uploaded_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    filed_at: Mapped[datetime]
    dated_on: Mapped[date | None]
    valid_until: Mapped[date | None]
    version: Mapped[str] = mapped_column(sa.String(20), default="")
    signed_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    decided_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    decided_at: Mapped[datetime | None]
    decided_where: Mapped[int | None] = mapped_column(sa.ForeignKey("facility.id"))
    reason: Mapped[ReturnReason | None]


class PaperPicture(Model):
    """A paper's photograph, redrawn and sealed; a row of its own, so that lists never read it."""

    __tablename__ = "paper_picture"

    paper_id: Mapped[int] = mapped_column(
        sa.ForeignKey("child_paper.id"), primary_key=True, autoincrement=False
    )
    sealed: Mapped[bytes] = mapped_column(sa.LargeBinary)


class ChildCase(Model):
    """A child's infectious disease: which one is sealed, until when the child stays away is not.

    `facility_id` is where it was written down; it holds at every nursery. `sealed` is JSON: the
    disease's name and how it became known. A case written down by mistake has ended.
    """

    __tablename__ = "child_case"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=random_id)
    child_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    facility_id: Mapped[int] = mapped_column(sa.ForeignKey("facility.id"))
    sealed: Mapped[str] = mapped_column(sa.Text)
    fell_ill_on: Mapped[date]
    back_on: Mapped[date]
    needs_paper: Mapped[bool]
    recorded_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[int | None]


class Disease(Model):
    """A row of a district's table: how many days a child stays away, and whether a paper is due."""

    __tablename__ = "disease"
    __table_args__ = (
        sa.UniqueConstraint("division_code", "name"),
        sa.CheckConstraint("0 <= days AND days <= 365", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    division_code: Mapped[str] = mapped_column(sa.ForeignKey("division.code"))
    name: Mapped[str] = mapped_column(sa.String(30))
    days: Mapped[int] = mapped_column(sa.SmallInteger)
    needs_paper: Mapped[bool]
    ended_at: Mapped[datetime | None]


class DistrictEntry(Model):
    """A district's figures; without a row the defaults of `EntryTerms`."""

    __tablename__ = "district_entry"

    division_code: Mapped[str] = mapped_column(sa.ForeignKey("division.code"), primary_key=True)
    away_months: Mapped[int] = mapped_column(sa.SmallInteger)
    keep_months: Mapped[int] = mapped_column(sa.SmallInteger)
