"""Which canteens serve a meal: reading the search, and turning answers into rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask import request
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.queries import Town, divisions
from ylyx_site.facilities.rules import distance_m, near_from_text
from ylyx_site.meals import words
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.queries.canteens import closures, find_canteens
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.meals.rules.canteens import CanteenFacts, Menu, is_past
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.views.asking import Chip, When, asked_when
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import address
from ylyx_site.shared.identifiers import digits, row_number
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.words import brief_day, near_text

PER_PAGE = 20
DAYS_SHOWN = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, with the choices as links."""

    when: When
    division: str
    words: str
    page: int
    person_id: int | None
    days: tuple[Chip, ...]
    meals: tuple[Chip, ...]
    towns: tuple[Town, ...]
    errors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A canteen with its menu of the meal. `reason`: why it cannot be ordered from; else empty.

    `brings_to`: the names of the elders to whose homes it delivers; `nearness` to the nearest home.
    """

    canteen: CanteenFacts
    hours: str
    menu: Menu | None
    reason: str
    cutoff: str
    away_m: int | None
    brings_to: tuple[str, ...]
    nearness: int

    @property
    def left(self) -> int:
        """Portions left, of all dishes."""
        return sum(one.left for one in self.menu.lines) if self.menu else 0

    @property
    def from_fen(self) -> int | None:
        """The cheapest set, or the cheapest dish where there are no sets."""
        lines = self.menu.lines if self.menu else ()
        sets = [one.price_fen for one in lines if one.item[0] is ItemKind.SET]
        return min(sets or [one.price_fen for one in lines], default=None)

    @property
    def names(self) -> list[str]:
        """What is on the menu, a few words."""
        return [one.name for one in self.menu.lines[:4]] if self.menu else []

    @property
    def order(self) -> tuple[bool, float, int, int, str]:
        """Those to order from first; then near to where one is, if told; then near to the elders.

        Of equally near ones those that bring it to the door.
        """
        away = self.away_m if self.away_m is not None else 1e9
        return bool(self.reason), away, -self.nearness, -len(self.brings_to), self.canteen.name


@dataclass(frozen=True, slots=True)
class Found:
    """One page of rows; how many serve."""

    rows: tuple[Row, ...]
    open: int
    total: int
    next_address: str | None


def read(session: Session) -> Asked:
    """Read the search; what is missing is the next lunch everywhere."""
    errors: list[str] = []
    when = asked_when(errors)
    division = "".join(one for one in digits(request.args.get("division", "")) if one.isdigit())
    asked_words = request.args.get("q", "")[:40]
    person_id = request.args.get("person_id", type=row_number)
    fields = {"division": division[:12], "q": asked_words, "person_id": person_id}
    days = [clock.today() + timedelta(days=ahead) for ahead in range(DAYS_SHOWN)]
    if when.day not in days:
        days.append(when.day)
    return Asked(
        when, division[:12], asked_words,
        max(1, min(request.args.get("page", 1, type=row_number), 99)),
        person_id,
        tuple(
            Chip(near_text(day), address("/meals", date=day, meal=when.meal.value, **fields),
                 day == when.day, brief_day(day))
            for day in days
        ),
        tuple(
            Chip(words.meal_name(meal), address("/meals", date=when.day, meal=meal.value, **fields),
                 meal is when.meal)
            for meal in Meal
        ),
        tuple(divisions(session)), tuple(errors),
    )  # fmt: skip


def find(session: Session, asked: Asked, eaters: Sequence[Eater]) -> Found:
    """Look it up, near to the homes of who eats: four queries for any number of canteens."""
    if asked.errors:
        return Found((), 0, 0, None)
    when = asked.when
    canteens = [
        one
        for one in find_canteens(session, asked.division, asked.words)
        if when.meal in one.meals
    ]  # fmt: skip
    kitchens = {one.kitchen_id for one in canteens}
    menus = menus_of(session, kitchens, when.day, when.day, when.meal)
    shut = closures(session, [one.id for one in canteens], when.day, when.day)
    near = near_from_text(request.cookies.get("near"))
    rows = [
        _row(
            one, when, menus.get((one.kitchen_id, when.day, when.meal)), near,
            _for(asked, eaters),
            is_shut=any(closure.shuts(when.day) for closure in shut.get(one.id, ())),
        )
        for one in canteens
    ]  # fmt: skip
    rows.sort(key=lambda row: row.order)
    first = (asked.page - 1) * PER_PAGE
    more = len(rows) > first + PER_PAGE
    return Found(
        tuple(rows[first : first + PER_PAGE]),
        sum(1 for row in rows if not row.reason),
        len(rows),
        _page_address(asked, asked.page + 1) if more else None,
    )


def _page_address(asked: Asked, page: int) -> str:
    return address(
        "/meals", date=asked.when.day, meal=asked.when.meal.value, division=asked.division,
        q=asked.words, person_id=asked.person_id, page=page,
    )  # fmt: skip


def _row(
    canteen: CanteenFacts,
    when: When,
    menu: Menu | None,
    near: tuple[float, float] | None,
    eaters: Sequence[Eater],
    *,
    is_shut: bool,
) -> Row:
    cutoff = cutoffs_of(canteen, [(when.day, when.meal)])[when.day, when.meal]
    away = None
    if near is not None and canteen.latitude is not None and canteen.longitude is not None:
        away = distance_m(near, (canteen.latitude, canteen.longitude))
    reason = ""
    if is_shut:
        reason = _("停餐")
    elif menu is None:
        reason = _("没有菜单")
    elif is_past(cutoff, clock.now()):
        reason = _("已截止")
    elif not any(one.left for one in menu.lines):
        reason = _("订完了")
    hours = str(canteen.meals[when.meal].span)
    homes = [(one.name, one.division_code) for one in eaters if one.division_code]
    return Row(
        canteen, hours, menu, reason, words.cutoff_words(cutoff, clock.now()), away,
        tuple(name for name, home in homes if canteen.delivers_to(home)),
        max((canteen.nearness(home) for _name, home in homes), default=0),
    )  # fmt: skip


def _for(asked: Asked, eaters: Sequence[Eater]) -> Sequence[Eater]:
    """Whom it is for: the one who is named, else all."""
    return [one for one in eaters if one.id == asked.person_id] or eaters
