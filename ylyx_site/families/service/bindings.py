"""Ending what an elder agreed to: the elder alone, at once; a child may only leave."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families import queries
from ylyx_site.families.erasure import erase_elsewhere
from ylyx_site.families.errors import OnlyTheElder, PaperMissing
from ylyx_site.families.kinds import BondState, PersonKind, Relation
from ylyx_site.families.models import Bond, Consent, ElderProfile, Person, PersonAddress
from ylyx_site.families.service.turns import take_turns
from ylyx_site.identity import service as identity
from ylyx_site.journal.service import note
from ylyx_site.shared.refusals import NotFound

ENDING = "elder_ending"  # what the code is for that shows and ends bindings


def end_binding(
    session: Session, person_id: int, handle: str, *, actor_id: int, now: datetime
) -> None:
    """End a binding to an elder: any one by the elder's own account, one's own by a child.

    Raises `NotFound` for others' elders and where there is no such binding, `OnlyTheElder`.
    """
    take_turns(session, f"person:{person_id}")
    elder_of(session, person_id, actor_id)
    target = queries.guardian_by_handle(session, person_id, handle)
    is_elder = queries.is_oneself(session, actor_id, person_id)
    if target.relation == Relation.SELF and is_elder:
        raise NotFound  # who wants to go altogether has the record erased
    if target.account_id != actor_id and not is_elder:
        raise OnlyTheElder
    by = "elder" if is_elder else "child"
    _end(session, person_id, target.account_id, now)
    _note(
        session, "families.binding_ended", person_id, actor_id,
        now=now, detail=f"{by} account:{target.account_id}",
    )  # fmt: skip


def end_by_paper(
    session: Session, person_id: int, handle: str, *, paper: str, actor_id: int, now: datetime
) -> None:
    """End a binding by a paper that the elder signed and a clerk, the actor, has filed.

    Whoever calls has come to the elder through a desk. Raises `NotFound`, `PaperMissing`.
    """
    if not paper.strip():
        raise PaperMissing(field="paper")
    take_turns(session, f"person:{person_id}")
    target = queries.guardian_by_handle(session, person_id, handle)
    if target.relation == Relation.SELF:
        raise NotFound  # who wants to go altogether has the record erased
    _end(session, person_id, target.account_id, now)
    _note(
        session, "families.binding_ended", person_id, actor_id,
        now=now, detail=f"paper account:{target.account_id}",
    )  # fmt: skip


def erase_by_paper(
    session: Session, person_id: int, *, paper: str, actor_id: int, now: datetime
) -> None:
    """Withdraw everything by a paper that the elder signed and a clerk, the actor, has filed.

    Raises `PaperMissing`.
    """
    if not paper.strip():
        raise PaperMissing(field="paper")
    take_turns(session, f"person:{person_id}")
    _erase(session, person_id, actor_id, now)


def ending_code(session: Session, phone: str, address: str, *, now: datetime) -> tuple[str, bool]:
    """A code for the holder of a telephone, and whether anybody waits for it there.

    Made for every number, so that the same limits and the same page hold for all. Raises as
    `identity.service.new_code`.
    """
    code = identity.new_code(session, phone, address, now=now, purpose=ENDING)
    return code, bool(queries.bindings_by_phone(session, phone))


def use_ending_code(
    session: Session, phone: str, code: str, address: str, *, now: datetime
) -> bool:
    """Whether the code was right; a wrong one is counted. Raises `TooManyFailuresHere`."""
    if not identity.use_code(session, phone, code, address, purpose=ENDING, now=now):
        return False
    for person_id in {one.person_id for one in queries.bindings_by_phone(session, phone)}:
        _note(session, "families.bindings_read", person_id, None, now=now, detail="own_phone")
    return True


def end_by_phone(
    session: Session, phone: str, person_id: int, handle: str, *, now: datetime
) -> None:
    """End a binding for whoever has just shown to hold the elder's telephone. Raises `NotFound`."""
    take_turns(session, f"person:{person_id}")
    bindings = queries.bindings_by_phone(session, phone)
    if (person_id, handle) not in {(one.person_id, one.handle) for one in bindings}:
        raise NotFound
    target = queries.guardian_by_handle(session, person_id, handle)
    _end(session, person_id, target.account_id, now)
    _note(
        session, "families.binding_ended", person_id, None,
        now=now, detail=f"own_phone account:{target.account_id}",
    )  # fmt: skip


def erase_elder(session: Session, person_id: int, *, actor_id: int, now: datetime) -> None:
    """Withdraw everything: all bindings end, telephone, address, diet and ID number are erased.

    The elder alone. The name stays for what was ordered and paid, and so do the groups, which
    public money was paid by. Raises `NotFound`.
    """
    take_turns(session, f"person:{person_id}")
    elder_of(session, person_id, actor_id)
    if not queries.is_oneself(session, actor_id, person_id):
        raise NotFound
    _erase(session, person_id, actor_id, now)


def _erase(session: Session, person_id: int, actor_id: int, now: datetime) -> None:
    for account_id in queries.live_guardians(session, person_id):
        _end(session, person_id, account_id, now)
    person = session.get_one(Person, person_id, populate_existing=True)
    session.get_one(Consent, person.consent_id).withdrawn_at = now
    person.ended_at = now
    person.id_number_sealed = person.id_number_index = person.note_sealed = None
    for model in (PersonAddress, ElderProfile):
        session.execute(sa.delete(model).where(model.person_id == person_id))
    erase_elsewhere(session, person_id, actor_id=actor_id, now=now)
    _note(session, "families.elder_erased", person_id, actor_id, now=now)


def elder_of(session: Session, person_id: int, actor_id: int) -> None:
    """Raise `NotFound` unless the actor may act for this elder."""
    if queries.person_of(session, actor_id, person_id).kind != PersonKind.ELDER:
        raise NotFound


def _end(session: Session, person_id: int, account_id: int, now: datetime) -> None:
    bond = session.get_one(Bond, (person_id, account_id), populate_existing=True)
    bond.state, bond.ended_at = BondState.ENDED, now
    if bond.consent_id is not None:
        session.get_one(Consent, bond.consent_id).withdrawn_at = now
    session.flush()


def _note(
    session: Session,
    action: str,
    person_id: int,
    actor_id: int | None,
    *,
    now: datetime,
    detail: str = "",
) -> None:
    note(session, action, f"person:{person_id}", actor_id=actor_id, now=now, detail=detail)
    session.flush()
