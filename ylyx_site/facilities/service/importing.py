"""Bringing a row of a real register into ours: only what differs is changed."""

from dataclasses import fields, replace
from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.facilities.models import Facility
from ylyx_site.facilities.queries.classes import classes_of
from ylyx_site.facilities.queries.opening import week_of
from ylyx_site.facilities.queries.places import registered_places_on
from ylyx_site.facilities.queries.prices import prices_on
from ylyx_site.facilities.rules.wishes import ClassWish, NewFacility, RegisterRow
from ylyx_site.facilities.service.classes import add_class, set_class_cap, set_registered_places
from ylyx_site.facilities.service.facts import register_facility, rewrite_facility
from ylyx_site.facilities.service.opening import set_opening
from ylyx_site.facilities.service.terms import set_price
from ylyx_site.shared import clock


class Change(StrEnum):
    """What a row of the register did."""

    ADDED = "added"
    CHANGED = "changed"
    NONE = "none"


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
    setter = _Setter(session, facility_id, clock.day_of(now), actor_id, now)
    setter.places(row.places)
    setter.opening(row)
    setter.classes(row.classes)
    setter.prices(row)
    return setter.changed


class _Setter:
    """The commands of one row, all from the same day on; remembers whether any was needed."""

    def __init__(
        self, session: Session, facility_id: int, day: date, actor_id: int | None, now: datetime
    ) -> None:
        self.session, self.id, self.day = session, facility_id, day
        self.actor_id, self.now = actor_id, now
        self.changed = False

    def places(self, places: int | None) -> None:
        held = registered_places_on(self.session, [self.id], self.day).get(self.id)
        if places is None or places == held:
            return
        self.changed = True
        set_registered_places(
            self.session, self.id, places, self.day, actor_id=self.actor_id, now=self.now
        )

    def opening(self, row: RegisterRow) -> None:
        if not row.opening:
            return
        for weekday, usual in week_of(self.session, self.id, self.day).items():
            span = row.opening.get(weekday)
            if span == usual:
                continue
            self.changed = True
            set_opening(
                self.session, self.id, weekday,
                span.start if span else None, span.end if span else None,
                from_day=self.day, actor_id=self.actor_id, now=self.now,
            )  # fmt: skip

    def classes(self, wishes: tuple[ClassWish, ...]) -> None:
        known = {one.name: one for one in classes_of(self.session, self.id, self.day)}
        for wish in wishes:
            held = known.get(wish.name)
            if held is None:
                self.changed = True
                add_class(
                    self.session, self.id, wish, self.day, actor_id=self.actor_id, now=self.now
                )
            elif wish.children is not None and wish.children != held.cap:
                self.changed = True
                set_class_cap(
                    self.session, self.id, held.id, wish.children, self.day,
                    actor_id=self.actor_id, now=self.now,
                )  # fmt: skip

    def prices(self, row: RegisterRow) -> None:
        held = prices_on(self.session, [self.id], self.day)[self.id]
        for tariff, fen in row.prices.items():
            if held.get(tariff) == fen:
                continue
            self.changed = True
            set_price(
                self.session, self.id, tariff, fen, self.day, actor_id=self.actor_id, now=self.now
            )
