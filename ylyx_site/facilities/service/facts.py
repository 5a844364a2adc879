"""Registering a facility, and changing what it says of itself."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities import errors
from ylyx_site.facilities.kinds import FacilityKind, Filing, Nature
from ylyx_site.facilities.models import Division, Facility
from ylyx_site.facilities.rules.distance import is_on_earth
from ylyx_site.facilities.rules.search import search_text
from ylyx_site.facilities.rules.wishes import Contact, NewFacility
from ylyx_site.facilities.service.checks import done, the_facility

LONGEST_NAME, LONGEST_ADDRESS, LONGEST_ABOUT = 60, 120, 400


def register_facility(
    session: Session, wish: NewFacility, *, actor_id: int | None, now: datetime
) -> int:
    """Add a facility to the register and return its id.

    Raises `CreditCodeTaken`, `UnknownDivision`, `NatureDoesNotFit`, `NameMissing`,
    `AddressMissing`, `AboutTooLong`, `PositionOutside`.
    """
    _check(wish)
    taken = sa.select(Facility.id).where(Facility.credit_code == wish.credit_code)
    if session.scalar(taken) is not None:
        raise errors.CreditCodeTaken("credit_code")
    facility = Facility(created_at=now)
    session.add(facility)
    _write(session, facility, wish)
    session.flush()
    done(
        session, "registered", facility.id,
        actor_id=actor_id, now=now, detail=f"{wish.kind} {wish.nature} {wish.filing}",
    )  # fmt: skip
    return facility.id


def rewrite_facility(
    session: Session, facility_id: int, wish: NewFacility, *, actor_id: int | None, now: datetime
) -> None:
    """Replace the facts of a facility by those of a register that is imported.

    Raises as `register_facility`, and `NatureDoesNotFit` for another kind than before.
    """
    _check(wish)
    facility = the_facility(session, facility_id)
    if facility.kind is not wish.kind:
        raise errors.NatureDoesNotFit("kind")
    _write(session, facility, wish)
    done(
        session, "rewritten", facility_id,
        actor_id=actor_id, now=now, detail=f"{wish.nature} {wish.filing}",
    )  # fmt: skip


def change_facts(
    session: Session, facility_id: int, wish: Contact, *, actor_id: int | None, now: datetime
) -> None:
    """Change telephone, address and description. Raises `AddressMissing`, `AboutTooLong`."""
    facility = the_facility(session, facility_id)
    _check_words(wish.address, wish.about)
    facility.telephone, facility.address = wish.telephone, wish.address
    facility.about = wish.about
    index(session, facility)
    done(session, "facts_changed", facility_id, actor_id=actor_id, now=now, detail="")


def change_filing(
    session: Session,
    facility_id: int,
    filing: Filing,
    *,
    filing_number: str | None,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Say that a facility is filed, in filing, or suspended; a supervisor's command."""
    facility = the_facility(session, facility_id)
    facility.filing, facility.filing_number = filing, filing_number
    done(session, "filing_changed", facility_id, actor_id=actor_id, now=now, detail=filing.value)


def _write(session: Session, facility: Facility, wish: NewFacility) -> None:
    for name in wish.__dataclass_fields__:
        setattr(facility, name, getattr(wish, name))
    index(session, facility)


def index(session: Session, facility: Facility) -> None:
    """Write what a facility is found by. Raises `UnknownDivision`."""
    names = _division_names(session, facility.division_code)
    facility.search_text = search_text(facility.name, facility.kind, names, facility.address)


def _division_names(session: Session, code: str) -> Sequence[str]:
    """District, town, community; raises `UnknownDivision` when the code itself is not known."""
    codes = [code[:length] for length in (6, 9, 12) if length <= len(code)]
    rows = session.execute(
        sa.select(Division.code, Division.name)
        .where(Division.code.in_(codes))
        .order_by(Division.code)
    ).all()
    if code not in {row.code for row in rows}:
        raise errors.UnknownDivision("division_code", code=code)
    return [row.name for row in rows]


def _check(wish: NewFacility) -> None:
    is_station = wish.nature is Nature.STATION
    if is_station != (wish.kind is FacilityKind.CANTEEN):
        raise errors.NatureDoesNotFit("nature")
    if not 2 <= len(wish.name) <= LONGEST_NAME:
        raise errors.NameMissing("name", most=LONGEST_NAME)
    _check_words(wish.address, wish.about)
    check_position(wish.latitude, wish.longitude)


def _check_words(address: str, about: str) -> None:
    if not 2 <= len(address) <= LONGEST_ADDRESS:
        raise errors.AddressMissing("address")
    if len(about) > LONGEST_ABOUT:
        raise errors.AboutTooLong("about")


def check_position(latitude: float | None, longitude: float | None) -> None:
    """Refuse half a position, or one that is not on the earth: `PositionOutside`."""
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None or not is_on_earth(latitude, longitude):
        raise errors.PositionOutside("latitude")
