"""Meeting elders at a desk: by the whole number that was told, or by a form on paper."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.counter.errors import NotThisNumber
from ylyx_site.counter.kinds import PaperKind
from ylyx_site.counter.models import DeskPerson
from ylyx_site.counter.queries.people import has_number
from ylyx_site.counter.rules.asking import asked_from
from ylyx_site.counter.service.papers import file_paper
from ylyx_site.counter.wishes import Filing, Meeting, NewElder
from ylyx_site.families import service as families
from ylyx_site.families.elder_wishes import AddressChange, DietChange
from ylyx_site.journal.service import note
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict


def meet(
    session: Session, facility_id: int, wish: Meeting, *, actor_id: int, now: datetime
) -> None:  # fmt: skip
    """Let the desk know somebody whose whole number was told. Raises `NotThisNumber`."""
    asked = asked_from(wish.words, clock.day_of(now))
    if not asked.is_whole or not has_number(session, wish.person_id, asked):
        raise NotThisNumber
    make_known(session, facility_id, wish.person_id, actor_id, now)


def enter_new(
    session: Session, facility_id: int, wish: NewElder, *, actor_id: int, now: datetime
) -> int:  # fmt: skip
    """Enter an elder by a consent on paper, with diet and address; returns the person's id.

    Whoever is here already is found again, and what the form says of diet and address is kept.
    Raises as `families.service.enter_by_paper`, `NoSuchDivision`.
    """
    person = families.enter_by_paper(session, wish.elder, actor_id=actor_id, now=now)
    diet = DietChange(person.id, wish.diet, wish.texture, wish.avoids)
    families.keep_diet(session, diet, actor_id=actor_id, now=now)
    if wish.street:
        address = AddressChange(
            person.id, wish.division_code, wish.street, wish.building, wish.floor, wish.door,
            wish.note,
        )  # fmt: skip
        families.keep_address(session, address, actor_id=actor_id, now=now)
    make_known(session, facility_id, person.id, actor_id, now)
    filing = Filing(PaperKind.CONSENT, wish.elder.paper, wish.photo)
    file_paper(session, facility_id, person.id, filing, actor_id=actor_id, now=now)
    return person.id


def make_known(
    session: Session, facility_id: int, person_id: int, actor_id: int, now: datetime
) -> None:  # fmt: skip
    """Let the desk know somebody from now on; the journal says who opened the record."""
    session.execute(
        on_conflict(session, DeskPerson)
        .values(facility_id=facility_id, person_id=person_id, met_by=actor_id, met_at=now)
        .on_conflict_do_nothing()
    )
    note(
        session, "counter.person_met", f"person:{person_id}",
        actor_id=actor_id, now=now, facility_id=facility_id,
    )  # fmt: skip
