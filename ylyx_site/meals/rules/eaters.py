"""Who eats, and what on a menu the person avoids or cannot eat."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ylyx_site.meals.rules.canteens import MenuLine


@dataclass(frozen=True, slots=True)
class Eater:
    """A person as ordering knows them. `avoids`: dishes, ingredients or allergens, in words.

    `diet`: words of `kinds.DIETS` that every dish should have. `division_code` of the address to
    which meals are brought; None without an address.
    """

    id: int
    name: str
    born_on: date
    diet: frozenset[str] = frozenset()
    avoids: tuple[str, ...] = ()
    division_code: str | None = None


# What people say they avoid, and the allergen groups (GB 7718) that it means.
ALLERGEN_WORDS = {
    "gluten": ("麸质", "小麦", "面"),
    "crustacean": ("甲壳", "虾", "蟹"),
    "fish": ("鱼",),
    "egg": ("蛋",),
    "peanut": ("花生",),
    "soy": ("大豆", "豆"),
    "milk": ("奶", "乳"),
    "nuts": ("坚果", "核桃", "腰果"),
}


def avoided(eater: Eater, line: MenuLine) -> tuple[str, ...]:
    """Which of the person's words are in the dish: its name, ingredients, or allergens."""
    return tuple(word for word in eater.avoids if word and _has(line, word))


def _has(line: MenuLine, word: str) -> bool:
    text = " ".join((line.name, line.ingredients, *line.dishes))
    return word in text or word in line.allergens or any(_groups(line, word))


def _groups(line: MenuLine, word: str) -> Iterator[bool]:
    for group, words in ALLERGEN_WORDS.items():
        if group in line.allergens:
            yield any(one in word for one in words)


def lacks_diet(eater: Eater, line: MenuLine) -> frozenset[str]:
    """The person's diet words that the dish is not marked with."""
    return eater.diet - set(line.diets)
