"""What of ordered meals the people in them avoid: on the ticket, and told days ahead."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.families.queries.eaters import eaters
from ylyx_site.meals.policy.eaters import as_eater
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.meals.queries.orders import portions_of
from ylyx_site.meals.rules.eaters import avoided


class Ordered(Protocol):
    """A meal that somebody is going to eat."""

    @property
    def id(self) -> int: ...
    @property
    def kitchen_id(self) -> int: ...
    @property
    def person_id(self) -> int: ...
    @property
    def day(self) -> date: ...
    @property
    def meal(self) -> Meal: ...


def avoided_of(session: Session, meals: Sequence[Ordered]) -> dict[int, tuple[str, ...]]:
    """What each person avoids and the menu of the day has in the meal, by meal; others left out.

    Five queries for any number of meals, none for none.
    """
    if not meals:
        return {}
    people = eaters(session, {one.person_id for one in meals})
    cautious = [one for one in meals if one.person_id in people and people[one.person_id].avoids]
    if not cautious:
        return {}
    menus = menus_of(session, {one.kitchen_id for one in cautious}, *_ends(cautious))
    portions = portions_of(session, [one.id for one in cautious])
    found: dict[int, tuple[str, ...]] = {}
    for one in cautious:
        eater, menu = (
            as_eater(people[one.person_id]),
            menus.get((one.kitchen_id, one.day, one.meal)),
        )
        lines = [menu.line((part.kind, part.item_id)) for part in portions[one.id]] if menu else []
        words = {word: None for line in lines if line for word in avoided(eater, line)}
        if words:
            found[one.id] = tuple(words)
    return found


def _ends(meals: Collection[Ordered]) -> tuple[date, date]:
    days = [one.day for one in meals]
    return min(days), max(days)
