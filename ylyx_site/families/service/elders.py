"""Elders: their consent, their record, and the bond to an account, in this order."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.families import policy, queries, rules
from ylyx_site.families.elder_wishes import ElderWish, PaperElder, PaperWish, SelfWish
from ylyx_site.families.errors import AlreadyBound, AlreadyYourself
from ylyx_site.families.kinds import BondState, Means, PersonKind, Purpose, Relation
from ylyx_site.families.models import Bond, Consent, ElderProfile, Person, random_id
from ylyx_site.families.queries import KnownElder
from ylyx_site.families.service.turns import take_turns
from ylyx_site.identity.models import Account
from ylyx_site.journal.service import note
from ylyx_site.shared import clock, identifiers, vault
from ylyx_site.shared.identifiers import IdNumber


@dataclass(frozen=True, slots=True)
class Agreement:
    """By which means an elder agreed that `account_id` acts, and at whose account that was kept.

    `evidence` is a paper's file number; `version` that of the words that were agreed to.
    """

    account_id: int
    relation: Relation
    means: Means
    recorded_by: int
    evidence: str = ""
    version: str = rules.ELDER_CONSENT_VERSION


def add_oneself(session: Session, wish: SelfWish, *, actor_id: int, now: datetime) -> Person:
    """Enter the account's owner as an elder, by the own consent.

    Where a child has entered the same elder with this account's number, that record becomes the
    elder's own. Raises `AlreadyYourself`, `AlreadyBound`, `BornInTheFuture`, `BornTooLongAgo`,
    `NotGrown`, `TooManyElders`.
    """
    take_turns(session, f"account:{actor_id}")
    rules.check_elder_birth(wish.born_on, clock.day_of(now))
    if queries.is_an_elder(session, actor_id):
        raise AlreadyYourself
    phone = session.get_one(Account, actor_id).phone
    same = ElderWish(wish.name, wish.born_on, Relation.SELF, phone)
    agreement = Agreement(
        actor_id, Relation.SELF, Means.ACCOUNT, actor_id, version=wish.text_version
    )
    return enter_elder(session, same, phone, agreement, now=now)


Wish = ElderWish | PaperWish | PaperElder


def check_facts(wish: Wish, now: datetime) -> None:
    """Refuse birth dates that cannot be, and a number that says another."""
    rules.check_elder_birth(wish.born_on, clock.day_of(now))
    if wish.id_number is not None:
        rules.check_number(wish.id_number, wish.born_on, None)


def enter_elder(
    session: Session,
    wish: ElderWish | PaperWish,
    phone: str | None,
    agreement: Agreement,
    *,
    now: datetime,
) -> Person:
    """Consent, then the person unless it is here already, then the bond; for other commands.

    The caller has let the account take turns and has checked the facts.
    """
    take_turns_about(session, wish, phone)
    policy.refuse_many_elders(session, agreement.account_id)
    known = queries.known_elder(session, wish.name, wish.born_on, phone, wish.id_number)
    if known is not None:
        refuse_bound(session, known, agreement.account_id)
        _complete(known, wish.id_number)
        if agreement.means is Means.PAPER and phone is not None and phone != known.phone:
            _set_phone(known.profile, phone, now)
        session.flush()
        person = known.person
    else:
        person = _store(session, wish, phone, agreement, now)
    _bind(session, person, agreement, now)
    return person


def enter_alone(
    session: Session, wish: PaperElder, agreement: Agreement, *, now: datetime
) -> Person:  # fmt: skip
    """Consent, then the person unless it is here already; no account is bound.

    The caller has checked the facts, and that a clerk saw the paper and the elder's ID card.
    """
    take_turns_about(session, wish, wish.phone)
    known = queries.known_elder(session, wish.name, wish.born_on, wish.phone, wish.id_number)
    if known is None:
        person = _store(session, wish, wish.phone, agreement, now)
        session.flush()
        return person
    _complete(known, wish.id_number)
    if wish.phone is not None and wish.phone != known.phone:
        _set_phone(known.profile, wish.phone, now)
    session.flush()
    return known.person


def take_turns_about(session: Session, wish: Wish, phone: str | None) -> None:
    """Let nobody enter the same elder at the same time, by whatever it would be recognised."""
    if wish.id_number is not None:
        take_turns(session, f"number:{queries.number_index(wish.id_number)}")
    who = vault.blind_index(f"{phone}:{wish.name}:{wish.born_on}")
    take_turns(session, f"who:{who}")


def refuse_bound(session: Session, known: KnownElder, account_id: int) -> None:
    """Raise `AlreadyBound` where the account acts for this elder already."""
    if account_id in queries.live_guardians(session, known.person.id):
        raise AlreadyBound(field="name")


def _store(
    session: Session,
    wish: Wish,
    phone: str | None,
    agreement: Agreement,
    now: datetime,
) -> Person:
    person_id, number = random_id(), wish.id_number
    consent = _consent(session, person_id, Purpose.ELDER_DATA, agreement, now)
    person = Person(
        id=person_id,
        kind=PersonKind.ELDER,
        name=wish.name,
        search_text=identifiers.pinyin_keys(wish.name),
        born_on=wish.born_on,
        sex=number.sex.value[0] if number else "",
        id_number_sealed=vault.seal(number.value) if number else None,
        id_number_index=queries.number_index(number) if number else None,
        consent_id=consent.id,
        created_at=now,
    )
    session.add(person)
    session.flush()
    session.add(_profile(person_id, phone, now))
    _note(session, "families.elder_added", person_id, agreement, now)
    return person


def _profile(person_id: int, phone: str | None, now: datetime) -> ElderProfile:
    profile = ElderProfile(person_id=person_id, changed_at=now)
    if phone is not None:
        _set_phone(profile, phone, now)
    return profile


def _set_phone(profile: ElderProfile, phone: str, now: datetime) -> None:
    profile.phone_sealed, profile.phone_tail = vault.seal(phone), phone[-4:]
    profile.phone_index, profile.changed_at = queries.phone_index(phone), now


def _complete(known: KnownElder, number: IdNumber | None) -> None:
    """Keep a number that nobody had given yet; one that is there stays as it is."""
    person = known.person
    if number is None or person.id_number_index is not None:
        return
    person.id_number_sealed = vault.seal(number.value)
    person.id_number_index = queries.number_index(number)
    person.sex = number.sex.value[0]


def _consent(
    session: Session, person_id: int, purpose: Purpose, agreement: Agreement, now: datetime
) -> Consent:
    consent = Consent(
        account_id=agreement.recorded_by,
        person_id=person_id,
        purpose=purpose,
        means=agreement.means,
        evidence=agreement.evidence,
        text_version=agreement.version,
        given_at=now,
    )
    session.add(consent)
    session.flush()  # before anything about the person
    note(
        session, "families.consent_given", f"consent:{consent.id}",
        actor_id=agreement.recorded_by, now=now, detail=f"{purpose} {agreement.means}",
    )  # fmt: skip
    return consent


def _bind(session: Session, person: Person, agreement: Agreement, now: datetime) -> None:
    consent = _consent(session, person.id, Purpose.ELDER_BINDING, agreement, now)
    take_turns(session, f"person:{person.id}")
    bond = session.get(Bond, (person.id, agreement.account_id), populate_existing=True)
    if bond is None:
        bond = Bond(person_id=person.id, account_id=agreement.account_id)
        session.add(bond)
    bond.relation, bond.state, bond.asked_at = agreement.relation, BondState.LIVE, now
    bond.confirmed_by, bond.ended_at = agreement.recorded_by, None
    bond.consent_id = consent.id
    _note(session, "families.elder_bound", person.id, agreement, now)
    session.flush()


def _note(
    session: Session, action: str, person_id: int, agreement: Agreement, now: datetime
) -> None:
    note(
        session, action, f"person:{person_id}", actor_id=agreement.recorded_by, now=now,
        detail=f"{agreement.means} account:{agreement.account_id}",
    )  # fmt: skip
