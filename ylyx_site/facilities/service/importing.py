"""Bringing a row of a real register into ours: only what differs is changed."""

from dataclasses import fields, replace
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import Facility
from ylyx_site.facilities.queries.classes import classes_of
from ylyx_site.facilities.queries.opening import week_of
from ylyx_site.facilities.queries.places import registered_places_on
from ylyx_site.facilities.queries.prices import prices_on
from ylyx_site.facilities.rules.wishes import Change, NewFacility, RegisterRow
from ylyx_site.facilities.service.classes import add_class, set_class_cap, set_registered_places
from ylyx_site.facilities.service.facts import register_facility, rewrite_facility
from ylyx_site.facilities.service.opening import set_opening
from ylyx_site.facilities.service.terms import set_price
from ylyx_site.shared import clock


def import_row(
    session: Session, row: RegisterRow, *, actor_id: int | None, now: datetime
) -> Change:
    """Register the facility of a row, or update the one with its credit code, from today on.

    Classes are found by name; those that the row leaves out stay. Raises what the commands raise.
    """
    known = session.scalar(
        sa.select(Facility).where(Facility.credit_code == row.facility.credit_code)
    )
    if known is None:
        wish = replace(row.facility, inclusive=bool(row.inclusive))
        facility_id = register_facility(session, wish, actor_id=actor_id, now=now)
        _set_terms(session, facility_id, row, actor_id=actor_id, now=now)
        return Change.ADDED
    rewritten = _rewrite(session, known, row, actor_id=actor_id, now=now)
    changed = _set_terms(session, known.id, row, actor_id=actor_id, now=now)
    return Change.CHANGED if rewritten or changed else Change.NONE


def _rewrite(
    session: Session, known: Facility, row: RegisterRow, *, actor_id: int | None, now: datetime
) -> bool:
    before = _facts(known)
    wish = _filled(row, before)
    if wish == before:
        return False
    rewrite_facility(session, known.id, wish, actor_id=actor_id, now=now)
    return True


def _facts(known: Facility) -> NewFacility:
    return NewFacility(**{one.name: getattr(known, one.name) for one in fields(NewFacility)})


def _filled(row: RegisterRow, before: NewFacility) -> NewFacility:
    """The facts of the row, with those of before where it says nothing."""
    wish = row.facility
    has_position = wish.latitude is not None
    return replace(
        wish,
        filing_number=wish.filing_number or before.filing_number,
        about=wish.about or before.about,
        latitude=wish.latitude if has_position else before.latitude,
        longitude=wish.longitude if has_position else before.longitude,
        inclusive=before.inclusive if row.inclusive is None else row.inclusive,
    )


def _set_terms(
    session: Session, facility_id: int, row: RegisterRow, *, actor_id: int | None, now: datetime
) -> bool:
    """Set what differs from today; places before classes, which may not exceed them."""
    changes = [
        change(session, facility_id, row, actor_id=actor_id, now=now)
        for change in (_set_places, _set_opening, _set_classes, _set_prices)
    ]
    return any(changes)


def _set_places(
    session: Session, facility_id: int, row: RegisterRow, *, actor_id: int | None, now: datetime
) -> bool:
    day = clock.day_of(now)
    held = registered_places_on(session, [facility_id], day).get(facility_id)
    if row.places is None or row.places == held:
        return False
    set_registered_places(session, facility_id, row.places, day, actor_id=actor_id, now=now)
    return True


def _set_opening(
    session: Session, facility_id: int, row: RegisterRow, *, actor_id: int | None, now: datetime
) -> bool:
    day = clock.day_of(now)
    usual = week_of(session, facility_id, day) if row.opening else {}
    differing = [weekday for weekday in usual if row.opening.get(weekday) != usual[weekday]]
    for weekday in differing:
        span = row.opening.get(weekday)
        opens, closes = (span.start, span.end) if span else (None, None)
        set_opening(
            session, facility_id, weekday, opens, closes, from_day=day, actor_id=actor_id, now=now
        )
    return bool(differing)


def _set_classes(
    session: Session, facility_id: int, row: RegisterRow, *, actor_id: int | None, now: datetime
) -> bool:
    day = clock.day_of(now)
    held = {one.name: one for one in classes_of(session, facility_id, day)} if row.classes else {}
    changed = False
    for wish in row.classes:
        known = held.get(wish.name)
        if known is None:
            add_class(session, facility_id, wish, day, actor_id=actor_id, now=now)
        elif wish.children not in (None, known.cap):
            children = wish.children or 0
            set_class_cap(session, facility_id, known.id, children, day, actor_id=actor_id, now=now)
        else:
            continue
        changed = True
    return changed


def _set_prices(
    session: Session, facility_id: int, row: RegisterRow, *, actor_id: int | None, now: datetime
) -> bool:
    day = clock.day_of(now)
    held = prices_on(session, [facility_id], day)[facility_id] if row.prices else {}
    differing = {tariff: fen for tariff, fen in row.prices.items() if held.get(tariff) != fen}
    for tariff, fen in differing.items():
        set_price(session, facility_id, tariff, fen, day, actor_id=actor_id, now=now)
    return bool(differing)
