"""The table of divisions: district, towns and streets, communities."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities import errors
from ylyx_site.facilities.models import Division, Facility
from ylyx_site.facilities.rules.wishes import Change, DivisionWish
from ylyx_site.facilities.service.facts import check_position, index
from ylyx_site.journal.service import note

LONGEST_NAME = 40


def set_division(
    session: Session, wish: DivisionWish, *, actor_id: int | None, now: datetime
) -> Change:
    """Add a division or change its name and position; facilities there are found by the new name.

    Raises `NameMissing`, `PositionOutside`.
    """
    if not 2 <= len(wish.name) <= LONGEST_NAME:
        raise errors.NameMissing("name", most=LONGEST_NAME)
    check_position(wish.latitude, wish.longitude)
    known = session.get(Division, wish.code)
    if known is not None and _facts(known) == wish:
        return Change.NONE
    division = known or Division(code=wish.code)
    session.add(division)
    division.name = wish.name
    division.latitude, division.longitude = wish.latitude, wish.longitude
    session.flush()
    if known is not None:
        _index_again(session, wish.code)
    note(session, "facilities.division_set", f"division:{wish.code}", actor_id=actor_id, now=now)
    session.flush()
    return Change.ADDED if known is None else Change.CHANGED


def _facts(known: Division) -> DivisionWish:
    return DivisionWish(known.code, known.name, known.latitude, known.longitude)


def _index_again(session: Session, code: str) -> None:
    there = sa.select(Facility).where(Facility.division_code.startswith(code, autoescape=True))
    for facility in session.scalars(there):
        index(session, facility)
