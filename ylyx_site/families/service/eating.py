"""How an elder eats, and where meals are brought to."""

import json
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.families import queries
from ylyx_site.families.elder_wishes import AddressChange, DietChange
from ylyx_site.families.errors import NoSuchDivision
from ylyx_site.families.models import PersonAddress
from ylyx_site.families.service.bindings import elder_of
from ylyx_site.families.service.turns import take_turns
from ylyx_site.journal.service import note
from ylyx_site.shared import vault


def change_diet(session: Session, change: DietChange, *, actor_id: int, now: datetime) -> None:
    """Keep diet, texture and what is avoided. Raises `NotFound` for others' elders."""
    take_turns(session, f"person:{change.person_id}")
    elder_of(session, change.person_id, actor_id)
    keep_diet(session, change, actor_id=actor_id, now=now)


def keep_diet(session: Session, change: DietChange, *, actor_id: int, now: datetime) -> None:
    """The same for an elder whom the caller has come to through the account or the desk."""
    profile = queries.profile_of(session, change.person_id)
    profile.diets, profile.texture = " ".join(change.diet), change.texture
    avoids = json.dumps(change.avoids, ensure_ascii=False)
    profile.avoids_sealed = vault.seal(avoids) if change.avoids else None
    profile.changed_at = now
    _note(session, "families.diet_changed", change.person_id, actor_id, now)


def change_address(
    session: Session, change: AddressChange, *, actor_id: int, now: datetime
) -> None:
    """Keep where meals are brought to. Raises `NotFound`, `NoSuchDivision`."""
    take_turns(session, f"person:{change.person_id}")
    elder_of(session, change.person_id, actor_id)
    keep_address(session, change, actor_id=actor_id, now=now)


def keep_address(session: Session, change: AddressChange, *, actor_id: int, now: datetime) -> None:
    """The same for an elder whom the caller has come to through the account or the desk."""
    if not queries.is_division(session, change.division_code):
        raise NoSuchDivision(field="division_code")
    row = session.get(PersonAddress, change.person_id, populate_existing=True)
    if row is None:
        row = PersonAddress(person_id=change.person_id)
        session.add(row)
    row.division_code, row.sealed, row.changed_at = change.division_code, _seal(change), now
    _note(session, "families.address_changed", change.person_id, actor_id, now)


def forget_address(session: Session, person_id: int, *, actor_id: int, now: datetime) -> None:
    """Erase it: meals are eaten or fetched at the canteen. Raises `NotFound`."""
    take_turns(session, f"person:{person_id}")
    elder_of(session, person_id, actor_id)
    row = session.get(PersonAddress, person_id, populate_existing=True)
    if row is not None:
        session.delete(row)
    _note(session, "families.address_forgotten", person_id, actor_id, now)


def _seal(change: AddressChange) -> str:
    parts = {
        "street": change.street,
        "building": change.building,
        "floor": change.floor,
        "door": change.door,
        "note": change.note,
    }
    return vault.seal(json.dumps(parts, ensure_ascii=False))


def _note(session: Session, action: str, person_id: int, actor_id: int, now: datetime) -> None:
    note(session, action, f"person:{person_id}", actor_id=actor_id, now=now)
    session.flush()
