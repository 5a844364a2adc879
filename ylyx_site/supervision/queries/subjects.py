"""Whom an entry of the journal is about: from a person to subjects, and back to a name.

An opened list (`day:<facility>:<day>`) is about everybody who was on it.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.entry.models import ChildPaper
from ylyx_site.families.models import Person
from ylyx_site.meals.models import MealOrder, OrderedMeal
from ylyx_site.rounds.models import RoundStop
from ylyx_site.welfare.models import WelfareCheck

MOST = 20  # people of one name


class Namesake(NamedTuple):
    """A person of the name that was asked for."""

    id: int
    name: str
    born_on: date


def people_named(session: Session, name: str) -> list[Namesake]:
    """Everybody of exactly this name, the youngest first."""
    rows = session.execute(
        sa.select(Person.id, Person.name, Person.born_on)
        .where(Person.name == name)
        .order_by(Person.born_on.desc(), Person.id)
        .limit(MOST)
    )
    return [Namesake(*row) for row in rows]


def subjects_of(session: Session, person_ids: Collection[int]) -> set[str]:
    """All subjects under which the journal tells of these people; a fixed number of queries."""
    found = {f"person:{one}" for one in person_ids}
    for kind, parts, whose, joined in _ABOUT:
        rows = session.execute(sa.select(*parts).where(whose.in_(person_ids), joined).distinct())
        found |= {":".join([kind, *(_text(part) for part in row)]) for row in rows}
    return found


def names_of(session: Session, subjects: Collection[str]) -> dict[str, str]:
    """The name of whom each subject is about; left out where it is nobody, or a whole list."""
    asked: dict[str, set[str]] = {}
    for subject in subjects:
        kind, _colon, rest = subject.partition(":")
        asked.setdefault(kind, set()).add(rest)
    found: dict[str, str] = {}
    for kind, (key, whose) in _NAMED.items():
        found |= _names(session, kind, key, whose, asked.get(kind, set()))
    return found


def _names(
    session: Session, kind: str, key: Any, whose: Any, asked: Collection[str]
) -> dict[str, str]:
    is_number = isinstance(key.type, sa.Integer)
    wanted = {int(one) if is_number else one for one in asked if not is_number or one.isdigit()}
    if not wanted:
        return {}
    rows = session.execute(sa.select(key, Person.name).where(Person.id == whose, key.in_(wanted)))
    return {f"{kind}:{one}": name for one, name in rows}


def _text(part: Any) -> str:
    return part.isoformat() if isinstance(part, date) else str(part)


_SELF = sa.true()
_ABOUT: tuple[tuple[str, tuple[Any, ...], Any, Any], ...] = (
    ("care_day", (CareDay.id,), CareDay.child_id, _SELF),
    ("booking", (CareBooking.code,), CareDay.child_id, CareBooking.id == CareDay.booking_id),
    ("day", (CareDay.facility_id, CareDay.day), CareDay.child_id, _SELF),
    ("paper", (ChildPaper.id,), ChildPaper.child_id, _SELF),
    ("meal", (OrderedMeal.id,), OrderedMeal.person_id, _SELF),
    ("order", (MealOrder.code,), OrderedMeal.person_id, MealOrder.id == OrderedMeal.order_id),
    ("day", (OrderedMeal.facility_id, OrderedMeal.day), OrderedMeal.person_id, _SELF),
    ("day", (OrderedMeal.kitchen_id, OrderedMeal.day), OrderedMeal.person_id, _SELF),
    ("plan", (RoundStop.facility_id,), RoundStop.person_id, _SELF),
    (
        "round", (RoundStop.round_id, OrderedMeal.day), RoundStop.person_id,
        OrderedMeal.person_id == RoundStop.person_id,
    ),
    ("welfare_check", (WelfareCheck.id,), WelfareCheck.person_id, _SELF),
)  # fmt: skip
_NAMED: Mapping[str, tuple[Any, Any]] = {
    "person": (Person.id, Person.id),
    "care_day": (CareDay.id, CareDay.child_id),
    "paper": (ChildPaper.id, ChildPaper.child_id),
    "meal": (OrderedMeal.id, OrderedMeal.person_id),
    "welfare_check": (WelfareCheck.id, WelfareCheck.person_id),
}
