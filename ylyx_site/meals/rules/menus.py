"""What a canteen asks for when it plans its menus, as values, and how a meal is put in place."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals.kinds import ItemKind, Picture
from ylyx_site.meals.rules.wishes import Item

MOST_LINES = 40  # dishes and sets on one menu
MOST_CARDS_PIXELS, MOST_FULL_PIXELS = 480, 1200  # the longest side of a photograph's two sizes


@dataclass(frozen=True, slots=True)
class DishWish:
    """A dish as its kitchen describes it; words of `kinds` parted by spaces."""

    name: str
    price_fen: int
    picture: Picture
    allergens: str = ""
    diets: str = ""
    ingredients: str = ""


@dataclass(frozen=True, slots=True)
class SetWish:
    """A set: its name, its price and its dishes."""

    name: str
    price_fen: int
    dish_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class WithdrawWish:
    """Take back a menu (`item` None) or one line of it, and why.

    `move_to`: what all who had it are to get instead; None: each family chooses.
    """

    kitchen_id: int
    day: date
    meal: Meal
    item: Item | None
    reason: str
    move_to: Item | None = None


@dataclass(frozen=True, slots=True)
class SwapWish:
    """What a family chooses for a meal that was taken back; `quoted_fen` as the page showed it."""

    code: str
    person_id: int
    day: date
    meal: Meal
    item: Item
    quoted_fen: int


def put_in_place(
    had: Iterable[tuple[Item, int]], gone: Item | None, choice: Item
) -> tuple[tuple[Item, int], ...]:
    """The numbers of a meal with `choice` in the place of what is `gone` (None: all of it).

    What is still served stays; as many of the choice as of what went.
    """
    had = list(had)
    if gone is None:
        return ((choice, _sets_or_one(had)),)
    numbers = {item: number for item, number in had if item != gone}
    went = sum(number for item, number in had if item == gone)
    numbers[choice] = numbers.get(choice, 0) + max(1, went)
    return tuple(sorted(numbers.items()))


def _sets_or_one(had: list[tuple[Item, int]]) -> int:
    """As many as there were sets; of dishes that were chosen one by one, one."""
    return sum(number for item, number in had if item[0] is ItemKind.SET) or 1
