"""Invented families: who is enrolled where. Pure; the same people every time.

Birth dates are laid so that everybody stays in the ages of the class in the days that are booked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from ylyx_site.demo.register import Place
from ylyx_site.demo.rules import birth_days
from ylyx_site.demo.tables import Names
from ylyx_site.families.kinds import Relation
from ylyx_site.shared.money import share
from ylyx_site.shared.spans import DaySpan

SIBLINGS_APART_DAYS = 300


@dataclass(frozen=True, slots=True)
class Child:
    """A child on the books of a nursery; `sex` f or m."""

    name: str
    sex: str
    born_on: date
    place: Place
    class_id: int


@dataclass(frozen=True, slots=True)
class Family:
    """A guardian with one or two children."""

    guardian: str
    relation: Relation
    children: list[Child]


def invent_families(
    places: list[Place], names: Names, booked: DaySpan, throws: Random
) -> list[Family]:
    """As many children as each nursery reports, in families."""
    return [
        _named(births, place, names, throws)
        for place in places
        for births in _siblings(_births(place, booked, throws), throws)
    ]


def _births(place: Place, booked: DaySpan, throws: Random) -> list[tuple[int, date]]:
    """(class, birth date) of every child of a nursery, class by class, evenly filled."""
    caps = [plan.children for _, plan in place.classes]
    return [
        (class_id, throws.choice(birth_days(plan.ages, booked)))
        for (class_id, plan), count in zip(
            place.classes, share(place.nursery.children, caps), strict=True
        )
        for _ in range(count)
    ]


def _siblings(births: list[tuple[int, date]], throws: Random) -> Iterator[list[tuple[int, date]]]:
    """One child in eight has a brother or sister in the same house, well apart in age."""
    while births:
        one, other = births.pop(), births[0] if births else None
        is_apart = other is not None and abs((one[1] - other[1]).days) > SIBLINGS_APART_DAYS
        if is_apart and throws.random() < 1 / 8:
            yield [one, births.pop(0)]
        else:
            yield [one]


def _named(births: list[tuple[int, date]], place: Place, names: Names, throws: Random) -> Family:
    surname = throws.choice(names.surnames)
    children = []
    for class_id, born_on in births:
        sex = throws.choice("fm")
        given = throws.choice(names.boys if sex == "m" else names.girls)
        children.append(Child(surname + given, sex, born_on, place, class_id))
    if throws.random() < 0.4:
        return Family(surname + throws.choice(names.fathers), Relation.FATHER, children)
    mother = throws.choice(names.surnames) + throws.choice(names.mothers)
    return Family(mother, Relation.MOTHER, children)
