"""Adding and changing a child, and reading the whole ID number."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families import policy, queries, rules
from ylyx_site.families.errors import (
    AlreadyYours,
    ClerkForOneself,
    NoNumber,
    NumberTaken,
    PaperMissing,
)
from ylyx_site.families.kinds import (
    BondState,
    Means,
    PersonKind,
    Purpose,
    ReadingReason,
    Relation,
)
from ylyx_site.families.models import Bond, Consent, Person
from ylyx_site.families.service.turns import take_turns
from ylyx_site.families.wishes import ChildChange, ChildWish
from ylyx_site.journal.service import note
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.service import News, plan
from ylyx_site.shared import clock, identifiers, vault
from ylyx_site.shared.identifiers import IdNumber, Sex
from ylyx_site.shared.refusals import N_


@dataclass(frozen=True, slots=True)
class Signed:
    """A consent on paper: its number in the folder, and the clerk who saw it."""

    paper: str
    clerk_id: int


def add_child(session: Session, wish: ChildWish, *, actor_id: int, now: datetime) -> Person | None:
    """Store the guardian's consent, then the child, then the bond.

    Returns None where another guardian registered a child with this ID number: then the actor
    has only asked, and that guardian confirms. Raises `BornInTheFuture`, `TooOld`,
    `NumberSaysOtherBirth`, `NumberSaysOtherSex`, `TooManyChildren`, `AlreadyYours`.
    """
    take_turns(session, f"account:{actor_id}")
    rules.check_birth(wish.born_on, clock.day_of(now))
    if wish.id_number:
        rules.check_number(wish.id_number, wish.born_on, wish.sex)
        take_turns(session, f"number:{_index(wish.id_number)}")
    known = _person_with(session, wish.id_number)
    _refuse_double(session, wish, known, actor_id)
    policy.refuse_full_family(session, actor_id)
    consent = _record_consent(session, wish.text_version, actor_id, now)
    if known is not None:
        _ask(session, known, wish.relation, actor_id, now)
        return None
    return _store(session, wish, consent, actor_id, now)


def add_child_by_paper(
    session: Session,
    wish: ChildWish,
    paper: str,
    *,
    account_id: int,
    actor_id: int,
    now: datetime,
) -> int:
    """Store the consent that a guardian signed on `paper`, the child, and the bond; returns its id.

    A child of the same name and birth date that the account has already is found again. Whoever
    calls has checked that the actor is a clerk, who has seen and files the paper; an ID number is
    not taken this way. Raises `PaperMissing`, `ClerkForOneself`, `BornInTheFuture`, `TooOld`,
    `TooManyChildren`.
    """
    if not paper.strip():
        raise PaperMissing(field="paper")
    if account_id == actor_id:
        raise ClerkForOneself(field="phone")
    take_turns(session, f"account:{account_id}")
    rules.check_birth(wish.born_on, clock.day_of(now))
    for child in queries.children_of(session, account_id):
        if (child.name, child.born_on) == (wish.name, wish.born_on):
            return child.id
    policy.refuse_full_family(session, account_id)
    signed = Signed(paper.strip(), actor_id)
    consent = _record_consent(session, wish.text_version, account_id, now, signed)
    return _store(session, wish, consent, account_id, now, signed=signed).id


def edit_child(session: Session, change: ChildChange, *, actor_id: int, now: datetime) -> None:
    """Change what is kept about a child, and what the actor is to it.

    Raises `NotFound` for a child of others, `NumberTaken`, and the refusals of `add_child` about
    birth date, sex and number.
    """
    if change.id_number:
        take_turns(session, f"number:{_index(change.id_number)}")
    take_turns(session, f"person:{change.child_id}")
    child, bond = queries.rows_of(session, actor_id, change.child_id)
    if change.born_on != child.born_on:
        rules.check_birth(change.born_on, clock.day_of(now))
    number = _change_number(session, child, change, clock.day_of(now))
    child.name = change.name
    child.search_text = identifiers.pinyin_keys(change.name)
    child.born_on = change.born_on
    child.sex = _letter(number.sex if number else change.sex)
    child.note_sealed = vault.seal(change.note) if change.note else None
    bond.relation = change.relation
    note(session, "families.child_changed", _subject(child.id), actor_id=actor_id, now=now)
    session.flush()


def read_id_number(
    session: Session, child_id: int, reason: ReadingReason, *, actor_id: int, now: datetime
) -> str:
    """The whole ID number, for a reason that the journal keeps. Raises `NotFound`, `NoNumber`."""
    child, _bond = queries.rows_of(session, actor_id, child_id)
    if child.id_number_sealed is None:
        raise NoNumber
    note(
        session, "families.id_number_read", _subject(child_id),
        actor_id=actor_id, now=now, detail=reason.value,
    )  # fmt: skip
    return vault.unseal(child.id_number_sealed)


def _refuse_double(session: Session, wish: ChildWish, known: Person | None, actor_id: int) -> None:
    """The actor has this child: of the same number, or of the same name and birth date."""
    for child in queries.children_of(session, actor_id):
        if known is not None and child.id == known.id:
            raise AlreadyYours(field="id_number")
        if (child.name, child.born_on) == (wish.name, wish.born_on):
            raise AlreadyYours(field="name")


def _record_consent(
    session: Session, version: str, account_id: int, now: datetime, signed: Signed | None = None
) -> Consent:
    consent = Consent(
        account_id=account_id, purpose=Purpose.CHILD_DATA, text_version=version, given_at=now,
        means=Means.PAPER if signed else Means.ACCOUNT, evidence=signed.paper if signed else "",
    )  # fmt: skip
    session.add(consent)
    session.flush()  # before anything about the child
    by = signed.clerk_id if signed else account_id
    note(session, "families.consent_given", f"consent:{consent.id}", actor_id=by, now=now)
    return consent


def _store(
    session: Session,
    wish: ChildWish,
    consent: Consent,
    account_id: int,
    now: datetime,
    *,
    signed: Signed | None = None,
) -> Person:
    by = signed.clerk_id if signed else account_id
    sex = wish.id_number.sex if wish.id_number else wish.sex
    child = Person(
        kind=PersonKind.CHILD,
        name=wish.name,
        search_text=identifiers.pinyin_keys(wish.name),
        born_on=wish.born_on,
        sex=_letter(sex),
        id_number_sealed=vault.seal(wish.id_number.value) if wish.id_number else None,
        id_number_index=_index(wish.id_number) if wish.id_number else None,
        note_sealed=vault.seal(wish.note) if wish.note else None,
        consent_id=consent.id,
        created_at=now,
    )
    session.add(child)
    session.flush()
    bond = Bond(
        person_id=child.id,
        account_id=account_id,
        relation=wish.relation,
        state=BondState.LIVE,
        asked_at=now,
        confirmed_by=by,
    )
    session.add(bond)
    note(session, "families.child_added", _subject(child.id), actor_id=by, now=now)
    session.flush()
    return child


def _ask(session: Session, child: Person, relation: Relation, actor_id: int, now: datetime) -> None:
    """Ask to become a guardian; asking again while one is waiting changes nothing."""
    bond = session.get(Bond, (child.id, actor_id))
    if bond is not None and bond.ended_at is None:
        return
    if bond is None:
        bond = Bond(person_id=child.id, account_id=actor_id)
        session.add(bond)
    bond.relation, bond.state = relation, BondState.ASKED
    bond.asked_at, bond.confirmed_by, bond.ended_at = now, None, None
    note(session, "families.guardian_asked", _subject(child.id), actor_id=actor_id, now=now)
    session.flush()
    _tell_guardians(session, child.id, actor_id, now)


def _tell_guardians(session: Session, child_id: int, actor_id: int, now: datetime) -> None:
    """Those who decide; without the child's name and the asker's, whom they may not know."""
    news = News(
        NoticeKind.GUARDIANS, N_("有人想成为您孩子的监护人。请看看是谁，再决定同意不同意。"), {},
        f"/family/people/{child_id}", f"guardians:{child_id}",
        f"families.guardian_asked:{child_id}:{actor_id}:{now.isoformat()}",
    )  # fmt: skip
    plan(session, queries.live_guardians(session, child_id) - {actor_id}, news, now=now)


def _change_number(
    session: Session, child: Person, change: ChildChange, today: date
) -> IdNumber | None:
    """Forget, replace or keep the number; returns the one that is kept, checked."""
    if change.forget_id_number:
        child.id_number_sealed = child.id_number_index = None
    if change.id_number is not None:
        _set_number(session, child, change.id_number)
    if child.id_number_sealed is None:
        return None
    number = identifiers.id_number(vault.unseal(child.id_number_sealed), today)
    rules.check_number(number, change.born_on, change.sex)
    return number


def _set_number(session: Session, child: Person, number: IdNumber) -> None:
    other = _person_with(session, number)
    if other is not None and other.id != child.id:
        raise NumberTaken(field="id_number")
    child.id_number_sealed = vault.seal(number.value)
    child.id_number_index = _index(number)


def _person_with(session: Session, number: IdNumber | None) -> Person | None:
    if number is None:
        return None
    return session.scalar(sa.select(Person).where(Person.id_number_index == _index(number)))


def _index(number: IdNumber) -> str:
    return vault.blind_index(number.value)


def _letter(sex: Sex | None) -> str:
    return sex.value[0] if sex else ""


def _subject(child_id: int) -> str:
    return f"person:{child_id}"
