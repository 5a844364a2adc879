"""A week's sheet of paper: what each mark means on each day's menu, what it costs, why not."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from ylyx_site.counter.queries.regulars import tails_here
from ylyx_site.counter.wishes import Cell, Sheet
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.queries import eaters
from ylyx_site.meals.errors.orders import MealRefusal, NotOnMenu
from ylyx_site.meals.errors.plans import AlreadyPlanned, NoSuchSet
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.policy.eaters import as_eater
from ylyx_site.meals.policy.planning import Planned, scene_of
from ylyx_site.meals.policy.pricing import PricedMeal, priced
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.queries.desk import latest_here
from ylyx_site.meals.queries.orders import MealRow
from ylyx_site.meals.rules.canteens import MenuLine
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.rules.planning import Left, PlannedMeal, Scene, plan_meal, refuse_meal
from ylyx_site.meals.rules.wishes import Item, MealWish
from ylyx_site.shared import clock

MOST_SETS = 9  # a mark is one digit
WEEK = 7
CellKey = tuple[int, date]


@dataclass(frozen=True, slots=True)
class Person:
    """A row of the sheet: who, the last digits, and what was ordered last."""

    eater: Eater
    phone_tail: str
    last: MealRow | None

    @property
    def serving(self) -> Serving:
        """As last time; whoever is new collects."""
        return self.last.serving if self.last else Serving.PICK_UP


@dataclass(frozen=True, slots=True)
class Grid:
    """The sheet before anything is marked: people, days, and the sets by their numbers."""

    meal: Meal
    days: tuple[date, ...]
    people: tuple[Person, ...]
    sets: tuple[MenuLine, ...]
    scene: Scene

    def is_ordered(self, person_id: int, day: date) -> bool:
        """Whether somebody has ordered that meal."""
        return (person_id, day, self.meal) in self.scene.already

    def why_not(self, day: date) -> MealRefusal | None:
        """Why nobody can order on that day."""
        try:
            refuse_meal(day, self.meal, self.scene)
        except MealRefusal as refusal:
            return refusal
        return None


@dataclass(frozen=True, slots=True)
class PlannedSheet:
    """What the marks come to: meals with prices, and the cells that cannot be, with the reason."""

    grid: Grid
    meals: Mapping[CellKey, PricedMeal]
    refused: Mapping[CellKey, MealRefusal]

    @property
    def pay_fen(self) -> int:
        """What all of it costs."""
        return sum(one.pay_fen for one in self.meals.values())

    def by_person(self) -> dict[int, Planned]:
        """An order for each person."""
        found: dict[int, list[PricedMeal]] = defaultdict(list)
        for (person_id, _day), one in self.meals.items():
            found[person_id].append(one)
        return {
            person_id: Planned(self.grid.scene, (meals[0].meal.eater,), tuple(meals), ())
            for person_id, meals in found.items()
        }


def grid_of(
    session: Session, facility_id: int, person_ids: Sequence[int], monday: date, meal: Meal, *,
    account_id: int, now: datetime,
) -> Grid:  # fmt: skip
    """The sheet of a week; raises `NotFound` for somebody whom the desk does not know.

    The same number of queries for one person and for sixty.
    """
    today, canteen = clock.day_of(now), canteen_of(session, facility_id)
    tails = tails_here(session, facility_id, person_ids, today)
    facts, last = eaters(session, person_ids), latest_here(session, facility_id, person_ids)
    people = tuple(
        Person(as_eater(facts[one]), tails[one], last.get(one)) for one in person_ids
    )  # fmt: skip
    days = tuple(monday + timedelta(days=number) for number in range(WEEK))
    scene = scene_of(
        session, canteen, [MealWish(day, meal, ()) for day in days],
        [one.eater for one in people], account_id=account_id, now=now,
    )  # fmt: skip
    return Grid(meal, days, people, _sets(scene), scene)


def plan_sheet(session: Session, grid: Grid, sheet: Sheet) -> PlannedSheet:
    """Plan and price the marks, row by row: what one takes the next has no more."""
    people = {one.eater.id: one for one in grid.people}
    serving, left = dict(sheet.serving), Left(grid.scene)
    planned, refused = dict[CellKey, PlannedMeal](), dict[CellKey, MealRefusal]()
    for cell in sheet.cells:
        person = people[cell.person_id]
        try:
            planned[cell.person_id, cell.day] = _meal(
                cell, person, serving.get(cell.person_id, person.serving), grid, left
            )
        except MealRefusal as refusal:
            refused[cell.person_id, cell.day] = refusal
    prices = priced(session, grid.scene.canteen.id, planned.values()) if planned else []
    return PlannedSheet(grid, dict(zip(planned, prices, strict=True)), refused)


def _meal(cell: Cell, person: Person, serving: Serving, grid: Grid, left: Left) -> PlannedMeal:
    if grid.is_ordered(cell.person_id, cell.day):
        raise AlreadyPlanned
    refuse_meal(cell.day, grid.meal, grid.scene)
    numbers = _numbers(cell, person, grid)
    wish = MealWish(cell.day, grid.meal, tuple(numbers.items()))
    return plan_meal(wish, serving, person.eater, grid.scene, left)


def _numbers(cell: Cell, person: Person, grid: Grid) -> dict[Item, int]:
    menu = grid.scene.menus[cell.day, grid.meal]
    if cell.mark:
        if cell.mark > len(grid.sets):
            raise NotOnMenu
        return {grid.sets[cell.mark - 1].item: 1}
    if person.last is None:
        raise NoSuchSet
    same = {(one.kind, one.item_id): one.number for one in person.last.portions}
    if any(menu.line(item) is None for item in same):
        raise NoSuchSet
    return same


def _sets(scene: Scene) -> tuple[MenuLine, ...]:
    """The sets of the week, each once, the cheapest first."""
    found = {
        line.item: line
        for key in sorted(scene.menus)
        for line in scene.menus[key].lines
        if line.item[0] is ItemKind.SET
    }
    return tuple(sorted(found.values(), key=lambda one: (one.price_fen, one.item)))[:MOST_SETS]
