"""The elders of those who sign in, as rows: consent, person, how they eat, where they live."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from ylyx_site.demo.rows import insert_numbered, insert_rows
from ylyx_site.demo.rules import dice, months_before
from ylyx_site.demo.tables import CastElder, cast_elders
from ylyx_site.families.kinds import BondState, Means, PersonKind, Purpose, Relation
from ylyx_site.families.models import (
    Bond,
    Consent,
    ElderProfile,
    Person,
    PersonAddress,
    PersonGroup,
)
from ylyx_site.families.queries import phone_index
from ylyx_site.families.rules import ELDER_CONSENT_VERSION
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared import clock, vault
from ylyx_site.shared.identifiers import pinyin_keys


def enter_elders(session: Session, accounts: dict[str, int], *, joined: datetime) -> None:
    """Enter the elders of the cast; `accounts` are ids by telephone number."""
    elders = cast_elders()
    pairs = list(zip(insert_elders(session, elders, accounts, joined), elders, strict=True))
    bound = insert_numbered(
        session, Consent,
        [_consent(*one, accounts, Purpose.ELDER_BINDING, joined) for one in pairs],
    )  # fmt: skip
    insert_rows(session, Bond, [
        _bond(*one, accounts, consent, joined)
        for one, consent in zip(pairs, bound, strict=True)
    ])  # fmt: skip
    insert_rows(session, JournalEntry, [
        {"at": joined, "actor_id": accounts[one.phone], "action": action,
         "subject": f"person:{person_id}"}
        for person_id, one in pairs
        for action in ("families.elder_added", "families.elder_bound")
    ])  # fmt: skip


def insert_elders(
    session: Session, elders: list[CastElder], accounts: dict[str, int], joined: datetime
) -> list[int]:
    """Enter people with all that a meal has to know, bound to nobody; return their ids."""
    ids = dice(f"elders {elders[0].name}").sample(range(10**8, 10**9), len(elders))
    pairs = list(zip(ids, elders, strict=True))
    consents = insert_numbered(
        session, Consent, [_consent(*one, accounts, Purpose.ELDER_DATA, joined) for one in pairs]
    )
    insert_rows(session, Person, [
        _person(*one, consent, joined) for one, consent in zip(pairs, consents, strict=True)
    ])  # fmt: skip
    insert_rows(session, ElderProfile, [_profile(*one, joined) for one in pairs])
    insert_rows(session, PersonAddress, [_address(*one, joined) for one in pairs])
    insert_rows(session, PersonGroup, [_group(*one, joined) for one in pairs])
    return ids


def _consent(
    person_id: int, one: CastElder, accounts: dict[str, int], purpose: Purpose, joined: datetime
) -> dict[str, Any]:
    by_phone = Means.ACCOUNT if one.relation is Relation.SELF else Means.OWN_PHONE
    is_paper = one.relation is Relation.OTHER
    return {
        "account_id": accounts[one.phone],
        "person_id": person_id,
        "purpose": purpose,
        "means": Means.PAPER if is_paper else by_phone,
        "evidence": f"示例{person_id % 10**4:04d}" if is_paper else "",
        "text_version": ELDER_CONSENT_VERSION,
        "given_at": joined,
    }


def _person(person_id: int, one: CastElder, consent_id: int, joined: datetime) -> dict[str, Any]:
    return {
        "id": person_id,
        "kind": PersonKind.ELDER,
        "name": one.name,
        "search_text": pinyin_keys(one.name),
        "born_on": months_before(_day(joined), one.years * 12) - timedelta(days=one.days),
        "sex": one.sex,
        "hukou_division": one.division[:9],
        "residence_division": one.division,
        "consent_id": consent_id,
        "created_at": joined,
    }


def _profile(person_id: int, one: CastElder, joined: datetime) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "diets": one.diet,
        "texture": one.texture,
        "avoids_sealed": vault.seal(json.dumps([one.avoids])) if one.avoids else None,
        "phone_sealed": vault.seal(one.own_phone),
        "phone_tail": one.own_phone[-4:],
        "phone_index": phone_index(one.own_phone),
        "changed_at": joined,
    }


def _address(person_id: int, one: CastElder, joined: datetime) -> dict[str, Any]:
    parts = {
        "street": one.street,
        "building": one.building,
        "floor": one.floor,
        "door": one.door,
        "note": one.note,
    }
    return {
        "person_id": person_id,
        "division_code": one.division,
        "sealed": vault.seal(json.dumps(parts)),
        "changed_at": joined,
    }


def _group(person_id: int, one: CastElder, joined: datetime) -> dict[str, Any]:
    first = _day(joined)
    return {
        "person_id": person_id,
        "group": one.group,
        "evidence": one.evidence,
        "valid_from": first,
        "valid_to": date(first.year + 2, 12, 31),
    }


def _bond(
    person_id: int, one: CastElder, accounts: dict[str, int], consent_id: int, joined: datetime
) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "account_id": accounts[one.phone],
        "relation": one.relation,
        "state": BondState.LIVE,
        "asked_at": joined,
        "consent_id": consent_id,
    }


def _day(joined: datetime) -> date:
    return clock.day_of(joined)
