"""What has to be cooked how: figures without names. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ylyx_site.facilities.kinds import Serving
from ylyx_site.kitchen.rules.freezing import Stand

AVOID = "avoid:"  # before what somebody does not eat, to keep it apart from words of a diet
Item = str  # `dish-12`, `set-3`


@dataclass(frozen=True, slots=True)
class Wanted:
    """One meal as the kitchen sees it: so many of each item, for somebody with these needs.

    `needs` are words of diets and textures, and `avoid:鱼`. `where` is the canteen or point.
    """

    stand: Stand
    where: int
    serving: Serving
    needs: tuple[str, ...]
    items: tuple[tuple[Item, int], ...]
    at: datetime
    why: str = ""

    @property
    def is_cooked(self) -> bool:
        """Whether it is to be cooked as things stand now."""
        return self.stand in (Stand.PLANNED, Stand.ADDED)


@dataclass
class Line:
    """How many of an item: now, at the cut-off, by way of serving, by need, and what changed."""

    item: Item
    number: int = 0
    planned: int = 0
    added: int = 0
    gone: int = 0
    servings: Counter[Serving] = field(default_factory=Counter)
    needs: Counter[str] = field(default_factory=Counter)

    def count(self, one: Wanted, number: int) -> None:
        """Add one meal's portions."""
        if one.stand is Stand.GONE:
            self.gone += number
        if one.stand in (Stand.PLANNED, Stand.GONE):
            self.planned += number
        if one.stand is Stand.ADDED:
            self.added += number
        if one.is_cooked:
            self.number += number
            self.servings[one.serving] += number
            self.needs.update(dict.fromkeys(one.needs, number))


def lines_of(meals: Iterable[Wanted], order: Iterable[Item] = ()) -> list[Line]:
    """A line for each item, in the order of the menu, then the most wanted."""
    found: dict[Item, Line] = {}
    for one in meals:
        for item, number in one.items:
            found.setdefault(item, Line(item)).count(one, number)
    places = {item: place for place, item in enumerate(order)}
    return sorted(
        found.values(), key=lambda line: (places.get(line.item, len(places)), -line.number)
    )


def needs_of(meals: Iterable[Wanted]) -> Counter[str]:
    """How many meals are for somebody with each need."""
    return Counter(need for one in meals if one.is_cooked for need in one.needs)


def together_of(meals: Iterable[Wanted]) -> list[tuple[tuple[str, ...], Counter[Item]]]:
    """Which items how often for exactly these needs together, the most needs first."""
    found: dict[tuple[str, ...], Counter[Item]] = {}
    for one in meals:
        if one.is_cooked and one.needs:
            found.setdefault(one.needs, Counter()).update(dict(one.items))
    return sorted(found.items(), key=lambda pair: (-len(pair[0]), -pair[1].total(), pair[0]))


def servings_of(meals: Iterable[Wanted]) -> Counter[Serving]:
    """How many meals by way of serving."""
    return Counter(one.serving for one in meals if one.is_cooked)


def dishes_of(lines: Iterable[Line], sets: Mapping[Item, tuple[Item, ...]]) -> Counter[Item]:
    """Portions of each dish, those inside of sets too."""
    portions: Counter[Item] = Counter()
    for line in lines:
        for dish in sets.get(line.item, (line.item,)):
            portions[dish] += line.number
    return portions


def changes_of(meals: Iterable[Wanted]) -> list[Wanted]:
    """What changed after the cut-off, in the order of time."""
    return sorted(
        (one for one in meals if one.stand in (Stand.ADDED, Stand.GONE)), key=lambda one: one.at
    )
