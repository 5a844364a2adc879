"""What the desk keeps of an elder: by what one is known, and the papers that were filed."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.counter.kinds import PaperKind
from ylyx_site.counter.models import DeskPaper
from ylyx_site.families.elder_wishes import PaperElder
from ylyx_site.families.models import ElderProfile, Person
from ylyx_site.identity.models import Account
from ylyx_site.shared import vault
from ylyx_site.shared.identifiers import id_number
from ylyx_site.shared.refusals import NotFound


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A paper as the list shows it."""

    id: int
    kind: PaperKind
    number: str
    has_photo: bool
    filed_by: str
    filed_at: datetime


def papers_of(session: Session, facility_id: int, person_id: int) -> list[PaperRow]:
    """The papers that this desk has filed of a person, the newest first; without photographs."""
    rows = session.execute(
        sa.select(
            DeskPaper.id, DeskPaper.kind, DeskPaper.number, DeskPaper.photo_sealed.is_not(None),
            Account.name, DeskPaper.filed_at,
        )
        .join(Account, Account.id == DeskPaper.filed_by)
        .where(DeskPaper.facility_id == facility_id, DeskPaper.person_id == person_id)
        .order_by(DeskPaper.filed_at.desc(), DeskPaper.id)
    )  # fmt: skip
    return [PaperRow(*row) for row in rows]


def photo_of(session: Session, facility_id: int, person_id: int, paper_id: int) -> bytes:
    """The photograph of a paper that this desk has filed, WebP; raises `NotFound`."""
    sealed = session.scalar(
        sa.select(DeskPaper.photo_sealed).where(
            DeskPaper.id == paper_id,
            DeskPaper.facility_id == facility_id,
            DeskPaper.person_id == person_id,
        )
    )
    if sealed is None:
        raise NotFound
    return vault.unseal_bytes(sealed)


def known_by(session: Session, person_id: int, today: date) -> PaperElder:
    """By what families find this elder again; for commands that bind an account."""
    row = session.execute(
        sa.select(Person.name, Person.born_on, Person.id_number_sealed, ElderProfile.phone_sealed)
        .outerjoin(ElderProfile, ElderProfile.person_id == Person.id)
        .where(Person.id == person_id)
    ).one()
    name, born_on, number, phone = row
    return PaperElder(
        name, born_on, "", vault.unseal(phone) if phone else None,
        id_number(vault.unseal(number), today) if number else None,
    )  # fmt: skip
