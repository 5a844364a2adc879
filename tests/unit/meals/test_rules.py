"""The pure rules: cut-off, what is avoided, what a plan finds, what is left for the next one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.facilities.rules import DayOpening
from ylyx_site.meals.errors import orders as errors
from ylyx_site.meals.kinds import ItemKind, Wish
from ylyx_site.meals.rules.canteens import CanteenFacts, MealFacts, Menu, MenuLine, is_past
from ylyx_site.meals.rules.eaters import Eater, avoided, lacks_diet
from ylyx_site.meals.rules.pattern import is_resting, wanted_line
from ylyx_site.meals.rules.planning import Left, Scene, plan_meal
from ylyx_site.meals.rules.wishes import MealWish
from ylyx_site.shared.spans import DaySpan, TimeSpan

DAY = date(2026, 11, 24)
CUTOFF = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
FISH = MenuLine(
    (ItemKind.DISH, 1), "清蒸鲈鱼", 1200, 20, 3, "fish", ("fish", "soy"), ("low_salt", "soft"),
    "鲈鱼 姜 葱",
)  # fmt: skip
SET = replace(FISH, item=(ItemKind.SET, 1), name="两荤一素套餐", price_fen=1500, allergens=("egg",),
              ingredients="", dishes=("肉末蒸蛋", "米饭"))  # fmt: skip
CHEAP = replace(SET, item=(ItemKind.SET, 2), name="软食套餐", price_fen=1100)
MENU = Menu(DAY, Meal.LUNCH, (FISH, SET, CHEAP))
CHEN = Eater(7, "陈桂芳", date(1944, 3, 8), division_code="500111001003")
LUNCH = MealFacts(Meal.LUNCH, TimeSpan(660, 780), 0, 540)
CANTEEN = CanteenFacts(
    1,
    "食堂",
    "",
    "500111001",
    "",
    "",
    None,
    None,
    1,
    True,
    200,
    ("500111001",),
    {Meal.LUNCH: LUNCH},
)
SCENE = Scene(
    CANTEEN, {(DAY, Meal.LUNCH): MENU}, {DAY: DayOpening(DAY, TimeSpan(390, 1110))},
    {(serving, DAY, Meal.LUNCH): 2 for serving in Serving}, {(DAY, Meal.LUNCH): CUTOFF}, {},
    DAY, CUTOFF - timedelta(hours=1),
)  # fmt: skip


def wish(*numbers: tuple[tuple[ItemKind, int], int]) -> MealWish:
    """So many of each."""
    return MealWish(DAY, Meal.LUNCH, numbers)


@pytest.mark.parametrize(
    ("minute", "meal"),
    [(0, Meal.LUNCH), (779, Meal.LUNCH), (780, Meal.DINNER), (1439, Meal.DINNER)],
)
def test_a_list_opens_on_the_meal_that_is_served_or_comes_next(minute: int, meal: Meal) -> None:
    dinner = MealFacts(Meal.DINNER, TimeSpan(1020, 1110), 0, 960)
    canteen = replace(CANTEEN, meals={Meal.DINNER: dinner, Meal.LUNCH: LUNCH})
    assert canteen.meal_at(minute) is meal


@pytest.mark.parametrize(("microseconds", "past"), [(-1, False), (0, True), (1, True)])
def test_the_very_microsecond_of_the_cut_off_is_too_late(microseconds: int, past: bool) -> None:
    assert is_past(CUTOFF, CUTOFF + timedelta(microseconds=microseconds)) is past


def test_a_cut_off_may_lie_on_an_earlier_day() -> None:
    assert replace(LUNCH, cutoff_days_before=1, cutoff_minute=960).cutoff_on(DAY) == (
        date(2026, 11, 23), 960,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "line", "found"),
    [
        (("鱼",), FISH, ("鱼",)),  # in its name
        (("姜",), FISH, ("姜",)),  # in what it is made of
        (("鱼",), SET, ()),
        (("鸡蛋",), SET, ("鸡蛋",)),  # by its group of allergens
        (("米饭", "香菜"), SET, ("米饭",)),  # a dish of the set
        (("egg",), SET, ("egg",)),
        (("",), FISH, ()),
        ((), FISH, ()),
    ],
)
def test_what_somebody_avoids_is_found(
    words: tuple[str, ...], line: MenuLine, found: tuple[str, ...]
) -> None:
    assert avoided(replace(CHEN, avoids=words), line) == found


def test_a_diet_that_a_dish_is_not_marked_with_is_told() -> None:
    eater = replace(CHEN, diet=frozenset({"low_salt", "halal"}))
    assert lacks_diet(eater, FISH) == {"halal"}


@pytest.mark.parametrize(
    ("kind", "number", "line"),
    [
        (Wish.FIRST_SET, None, SET),
        (Wish.CHEAPEST_SET, None, CHEAP),
        (Wish.NAMED_SET, 2, CHEAP),
        (Wish.NAMED_SET, 3, None),
    ],
)
def test_a_plan_finds_its_set(kind: Wish, number: int | None, line: MenuLine | None) -> None:
    assert wanted_line(MENU, kind, number) == line


def test_a_rest_has_both_its_ends() -> None:
    rests = [DaySpan(date(2026, 11, 25), date(2026, 11, 26))]
    days = [date(2026, 11, 24) + timedelta(days=n) for n in range(4)]
    assert [is_resting(day, rests) for day in days] == [False, True, True, False]


def test_two_people_in_one_order_share_what_is_left() -> None:
    left = Left(SCENE)
    plan_meal(wish(((ItemKind.DISH, 1), 2)), Serving.PICK_UP, CHEN, SCENE, left)
    with pytest.raises(errors.SoldOut) as refusal:
        plan_meal(wish(((ItemKind.DISH, 1), 2)), Serving.PICK_UP, CHEN, SCENE, left)
    assert refusal.value.values == {"name": "清蒸鲈鱼", "left": 1}


def test_the_fee_is_for_deliveries_within_the_area_only() -> None:
    def fee(serving: Serving, eater: Eater) -> int:
        one = wish(((ItemKind.SET, 1), 1))
        return plan_meal(one, serving, eater, SCENE, Left(SCENE)).fee_fen

    assert [fee(serving, CHEN) for serving in Serving] == [0, 0, 200]
    with pytest.raises(errors.OutsideArea):
        fee(Serving.DELIVERY, replace(CHEN, division_code="500111002"))
    with pytest.raises(errors.NoAddress):
        fee(Serving.DELIVERY, replace(CHEN, division_code=None))


@pytest.mark.parametrize(
    ("numbers", "refusal"),
    [
        ((), errors.NothingChosen),
        ((((ItemKind.DISH, 9), 1),), errors.NotOnMenu),
        ((((ItemKind.SET, 1), 10),), errors.TooManyPortions),
    ],
)
def test_numbers_that_cannot_be(
    numbers: tuple[tuple[tuple[ItemKind, int], int], ...], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        plan_meal(wish(*numbers), Serving.PICK_UP, CHEN, SCENE, Left(SCENE))
