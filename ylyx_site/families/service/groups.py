"""What an elder is recognised as, and where the elder is registered and lives: by a clerk.

Whoever calls has come to the elder through a desk and has seen the document. What has been ordered
keeps the benefits that it was ordered with; what is ordered from now on is quoted anew.
"""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.elder_wishes import DivisionsChange, GroupWish
from ylyx_site.families.errors import BadValidity, EvidenceMissing, GroupThere
from ylyx_site.families.models import Person, PersonGroup
from ylyx_site.families.service.turns import take_turns
from ylyx_site.journal.service import note
from ylyx_site.shared.refusals import NotFound


def add_group(
    session: Session, person_id: int, wish: GroupWish, *, actor_id: int, now: datetime
) -> None:  # fmt: skip
    """Recognise a group, verified by the actor.

    Raises `EvidenceMissing`, `BadValidity`, `GroupThere`.
    """
    take_turns(session, f"person:{person_id}")
    _check(session, person_id, wish)
    row = PersonGroup(person_id=person_id, verified_by=actor_id)
    session.add(row)
    _write(row, wish)
    _note(session, "families.group_added", person_id, wish, actor_id=actor_id, now=now)


def correct_group(
    session: Session, person_id: int, group_id: int, wish: GroupWish, *, actor_id: int,
    now: datetime,
) -> None:  # fmt: skip
    """Set a group right; the actor has verified it from now on. Raises as above, `NotFound`."""
    take_turns(session, f"person:{person_id}")
    row = _group_of(session, person_id, group_id)
    _check(session, person_id, wish, but=group_id)
    _write(row, wish)
    row.verified_by = actor_id
    _note(session, "families.group_corrected", person_id, wish, actor_id=actor_id, now=now)


def end_group(
    session: Session, person_id: int, group_id: int, last: date, *, actor_id: int, now: datetime
) -> None:
    """Let a group end with `last`, that day included. Raises `NotFound`, `BadValidity`."""
    take_turns(session, f"person:{person_id}")
    row = _group_of(session, person_id, group_id)
    if last < row.valid_from or (row.valid_to is not None and row.valid_to < last):
        raise BadValidity
    row.valid_to = last
    wish = GroupWish(row.group, row.evidence, row.valid_from, last)
    _note(session, "families.group_ended", person_id, wish, actor_id=actor_id, now=now)


def change_divisions(
    session: Session, change: DivisionsChange, *, actor_id: int, now: datetime
) -> None:  # fmt: skip
    """Keep 户籍 and 居住地, as the clerk has seen them in the booklet and the permit."""
    take_turns(session, f"person:{change.person_id}")
    person = session.get_one(Person, change.person_id, populate_existing=True)
    person.hukou_division, person.residence_division = change.hukou, change.residence
    note(
        session, "families.divisions_changed", f"person:{change.person_id}",
        actor_id=actor_id, now=now,
    )  # fmt: skip
    session.flush()


def _group_of(session: Session, person_id: int, group_id: int) -> PersonGroup:
    row = session.get(PersonGroup, group_id, populate_existing=True)
    if row is None or row.person_id != person_id:
        raise NotFound
    return row


def _check(session: Session, person_id: int, wish: GroupWish, but: int | None = None) -> None:
    if not wish.evidence.strip():
        raise EvidenceMissing
    born_on = session.get_one(Person, person_id).born_on
    if wish.valid_from < born_on or (wish.valid_to is not None and wish.valid_to < wish.valid_from):
        raise BadValidity
    others = session.scalars(
        sa.select(PersonGroup).where(
            PersonGroup.person_id == person_id, PersonGroup.group == wish.group
        )
    )
    if any(one.id != but and _overlap(one, wish) for one in others):
        raise GroupThere


def _overlap(row: PersonGroup, wish: GroupWish) -> bool:
    return (wish.valid_to is None or row.valid_from <= wish.valid_to) and (
        row.valid_to is None or wish.valid_from <= row.valid_to
    )


def _write(row: PersonGroup, wish: GroupWish) -> None:
    row.group, row.evidence = wish.group, wish.evidence.strip()
    row.valid_from, row.valid_to = wish.valid_from, wish.valid_to


def _note(
    session: Session,
    action: str,
    person_id: int,
    wish: GroupWish,
    *,
    actor_id: int,
    now: datetime,
) -> None:
    session.flush()
    note(
        session, action, f"person:{person_id}", actor_id=actor_id, now=now,
        detail=f"{wish.group} {wish.valid_from}..{wish.valid_to or ''}",
    )  # fmt: skip
