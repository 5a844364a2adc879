"""Words of meals. Pure."""

import enum

from ylyx_site.facilities.kinds import Meal

MEAL_SLOTS = {meal: number for number, meal in enumerate(Meal)}  # a meal is a slot of its day


class ItemKind(enum.StrEnum):
    """What stands on a menu: one dish, or a set of several."""

    DISH = "dish"
    SET = "set"


class Picture(enum.StrEnum):
    """Which drawing shows a dish that has no photograph."""

    SET = "set"
    FISH = "fish"
    MEAT = "meat"
    SOUP = "soup"
    NOODLES = "noodles"
    RICE = "rice"
    VEGETABLES = "vegetables"
    PORRIDGE = "porridge"
    BUN = "bun"


class MealState(enum.StrEnum):
    """Whether a meal that was ordered is still to be cooked."""

    ORDERED = "ordered"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"  # by the canteen; money goes back, the family is told


class Wish(enum.StrEnum):
    """What a weekly plan orders on a day, whatever the menu has."""

    CHEAPEST_SET = "cheapest_set"
    FIRST_SET = "first_set"
    NAMED_SET = "named_set"


class PaymentKind(enum.StrEnum):
    """How money was paid, given back, or set right."""

    ON_COLLECTION = "on_collection"
    DESK = "desk"
    PREPAID = "prepaid"
    REFUND = "refund"
    CORRECTION = "correction"


# GB 7718-2025, 4.5: the eight groups of allergens that a label names.
ALLERGENS = ("gluten", "crustacean", "fish", "egg", "peanut", "soy", "milk", "nuts")
# What a dish is fit for: 低盐 低糖 低嘌呤 软食 碎食 糊食 清真 素.
DIETS = (
    "low_salt", "low_sugar", "low_purine", "soft", "minced", "pureed", "halal", "vegetarian",
)  # fmt: skip
