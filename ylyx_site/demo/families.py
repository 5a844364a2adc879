"""Families as rows: accounts of guardians, children, bonds and consents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from ylyx_site.demo.people import Child, Family
from ylyx_site.demo.rows import insert_numbered, insert_rows
from ylyx_site.families.kinds import BondState, PersonKind, Purpose, Relation
from ylyx_site.families.models import Bond, Consent, Person
from ylyx_site.families.rules import CONSENT_VERSION
from ylyx_site.identity.models import Account
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared.identifiers import pinyin_keys

FIRST_PHONE = 19900000001


@dataclass(frozen=True, slots=True)
class Charge:
    """A child and the account that acts for it."""

    account_id: int
    person_id: int
    relation: Relation
    child: Child


def enter_guardians(session: Session, families: list[Family], *, joined: datetime) -> list[int]:
    """Enter an account without a password for each family; return the ids."""
    rows = [
        {"phone": str(FIRST_PHONE + n), "name": family.guardian, "created_at": joined}
        for n, family in enumerate(families)
    ]
    return insert_numbered(session, Account, rows)


def enter_children(
    session: Session,
    families: Iterable[tuple[int, Family]],
    throws: Random,
    *,
    joined: datetime,
) -> list[Charge]:
    """Enter the children of these (account, family) pairs, each with a bond and a consent."""
    charges = _charges(families, throws)
    consents = [_consent_row(one, joined) for one in charges]
    consent_ids = insert_numbered(session, Consent, consents)
    insert_rows(session, Person, [
        _person_row(one, consent_id, joined)
        for one, consent_id in zip(charges, consent_ids, strict=True)
    ])  # fmt: skip
    insert_rows(session, Bond, [_bond_row(one, joined) for one in charges])
    insert_rows(session, JournalEntry, [
        row
        for one, consent_id in zip(charges, consent_ids, strict=True)
        for row in _journal_rows(one, consent_id, joined)
    ])  # fmt: skip
    return charges


def _charges(families: Iterable[tuple[int, Family]], throws: Random) -> list[Charge]:
    pairs = [
        (account_id, family.relation, child)
        for account_id, family in families
        for child in family.children
    ]
    person_ids = throws.sample(range(10**8, 10**9), len(pairs))
    return [
        Charge(account_id, person_id, relation, child)
        for (account_id, relation, child), person_id in zip(pairs, person_ids, strict=True)
    ]


def _consent_row(one: Charge, joined: datetime) -> dict[str, Any]:
    return {
        "account_id": one.account_id,
        "purpose": Purpose.CHILD_DATA,
        "text_version": CONSENT_VERSION,
        "given_at": joined,
    }


def _person_row(one: Charge, consent_id: int, joined: datetime) -> dict[str, Any]:
    return {
        "id": one.person_id,
        "kind": PersonKind.CHILD,
        "name": one.child.name,
        "search_text": pinyin_keys(one.child.name),
        "born_on": one.child.born_on,
        "sex": one.child.sex,
        "consent_id": consent_id,
        "created_at": joined,
    }


def _bond_row(one: Charge, joined: datetime) -> dict[str, Any]:
    return {
        "person_id": one.person_id,
        "account_id": one.account_id,
        "relation": one.relation,
        "state": BondState.LIVE,
        "asked_at": joined,
    }


def _journal_rows(one: Charge, consent_id: int, joined: datetime) -> list[dict[str, Any]]:
    deeds = (
        ("families.consent_given", f"consent:{consent_id}"),
        ("families.child_added", f"person:{one.person_id}"),
    )
    return [
        {"at": joined, "actor_id": one.account_id, "action": action, "subject": subject}
        for action, subject in deeds
    ]
