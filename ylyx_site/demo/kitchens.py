"""The 24 canteens: what they serve until when, their cookbook, and four weeks of menus."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.calendar.queries import working_calendar
from ylyx_site.demo.rows import insert_numbered, insert_rows
from ylyx_site.demo.tables import DATA, Station, stations
from ylyx_site.facilities.kinds import Meal
from ylyx_site.facilities.models import Facility, Opening
from ylyx_site.facilities.queries import opening_on
from ylyx_site.meals.kinds import MEAL_SLOTS, ItemKind, Picture
from ylyx_site.meals.models import (
    CanteenTerms,
    DeliveryArea,
    Dish,
    MealSet,
    MealTerms,
    MenuDay,
    MenuItem,
    SetDish,
)
from ylyx_site.meals.service.menus import RESOURCE_OF_ITEM, serving_limits
from ylyx_site.places.models import ResourceKind
from ylyx_site.places.service.limits import SlotLimit, set_limits
from ylyx_site.shared import clock

MENU_DAYS = 28
# Hours, then until when: minutes of the day, so many days before.
SERVED = {
    Meal.BREAKFAST: (390, 480, 1, 1080),
    Meal.LUNCH: (660, 750, 0, 540),
    Meal.DINNER: (1020, 1080, 0, 900),
}
LARGE, MIDDLING = 60, 48  # seats: the largest serve three meals, the next dinner too
OPEN_SINCE = date(2024, 1, 1)
POINT_EVERY, POINT_PLACES = 25, 16  # of the stations without a kitchen; seats and pick-ups
ROTATING = 3  # dishes of a day beside the sets and the rice


@dataclass(frozen=True, slots=True)
class Kitchen:
    """A canteen as rows: its dishes and sets by name."""

    facility_id: int
    seats: int
    meals: tuple[Meal, ...]
    items: dict[str, tuple[ItemKind, int, int]]  # name → kind, number, price in fen


@lru_cache(maxsize=1)
def cookbook() -> dict[str, Any]:
    """The cookbook of `data/dishes.toml`."""
    return tomllib.loads((DATA / "dishes.toml").read_text("utf-8"))


def enter_kitchens(session: Session, facilities: dict[str, int]) -> None:
    """Enter terms, dishes and sets of the canteens; `facilities` are ids by name."""
    canteens = [(facilities[one.name], one) for one in stations() if one.has_canteen]
    insert_rows(session, CanteenTerms, [_terms(*one) for one in canteens])
    insert_rows(session, DeliveryArea, [
        {"facility_id": facility_id, "division_code": one.code[:9]} for facility_id, one in canteens
    ])  # fmt: skip
    insert_rows(session, MealTerms, [row for one in canteens for row in _meal_terms(*one)])
    for facility_id, _one in canteens:
        _enter_cookbook(session, facility_id)
    _enter_points(session, facilities)


def _enter_points(session: Session, facilities: dict[str, int]) -> None:
    """A few stations without a kitchen are meal points: the nearest canteen brings their lunch."""
    cooking = [one for one in stations() if one.has_canteen]
    points = [one for one in stations() if not one.has_canteen][::POINT_EVERY]
    insert_rows(session, CanteenTerms, [
        {
            "facility_id": facilities[one.name], "delivers": False, "delivery_fee_fen": 0,
            "supplied_by": facilities[_nearest(one, cooking).name],
        }
        for one in points
    ])  # fmt: skip
    opens, closes, days, minute = SERVED[Meal.LUNCH]
    insert_rows(session, Opening, [
        {"facility_id": facilities[one.name], "weekday": weekday, "from_day": OPEN_SINCE,
         "opens": opens, "closes": closes}
        for one in points
        for weekday in range(1, 7)
    ])  # fmt: skip
    insert_rows(session, MealTerms, [
        {
            "facility_id": facilities[one.name], "meal": Meal.LUNCH, "serves_from": opens,
            "serves_to": closes, "cutoff_days_before": days, "cutoff_minute": minute,
            "seats": POINT_PLACES, "pick_ups": POINT_PLACES, "deliveries": 0,
        }
        for one in points
    ])  # fmt: skip


def _nearest(point: Station, cooking: list[Station]) -> Station:
    def away(one: Station) -> float:
        return (one.latitude - point.latitude) ** 2 + (one.longitude - point.longitude) ** 2

    return min(cooking, key=away)


def meals_served(seats: int) -> tuple[Meal, ...]:
    """Which meals a canteen of that size serves."""
    if seats >= LARGE:
        return tuple(Meal)
    return (Meal.LUNCH, Meal.DINNER) if seats >= MIDDLING else (Meal.LUNCH,)


def publish_menus(session: Session, *, now: datetime) -> None:
    """Publish menus of the coming four weeks where there are none yet; idempotent."""
    today = clock.day_of(now)
    last = today + timedelta(days=MENU_DAYS - 1)
    kitchens = _kitchens(session)
    openings = opening_on(
        session, [one.facility_id for one in kitchens], today, last,
        working_calendar(session, today, last),
    )  # fmt: skip
    have = {
        tuple(row)
        for row in session.execute(
            sa.select(MenuDay.facility_id, MenuDay.day, MenuDay.meal).where(MenuDay.day >= today)
        )
    }
    menus = [
        (kitchen, day, meal)
        for kitchen in kitchens
        for ahead in range(MENU_DAYS)
        for day in [today + timedelta(days=ahead)]
        for meal in kitchen.meals
        if openings[kitchen.facility_id, day].span
        and (kitchen.facility_id, day, meal) not in have
    ]  # fmt: skip
    _enter_menus(session, menus, now)


def publish_lunches(
    session: Session, facility_id: int, days: list[date], now: datetime
) -> list[date]:
    """Publish one kitchen's lunches of days that are over, for what was eaten; returns the days."""
    if not days:
        return []
    opening = opening_on(
        session, [facility_id], days[0], days[-1], working_calendar(session, days[0], days[-1])
    )
    (kitchen,) = (one for one in _kitchens(session) if one.facility_id == facility_id)
    menus = [(kitchen, day, Meal.LUNCH) for day in days if opening[facility_id, day].span]
    _enter_menus(session, menus, now)
    return [day for _kitchen, day, _meal in menus]


def _enter_menus(session: Session, menus: list[tuple[Kitchen, date, Meal]], now: datetime) -> None:
    if not menus:
        return
    ids = insert_numbered(session, MenuDay, [
        {"facility_id": kitchen.facility_id, "day": day, "meal": meal, "published_at": now}
        for kitchen, day, meal in menus
    ])  # fmt: skip
    insert_rows(session, MenuItem, [
        row for menu_id, menu in zip(ids, menus, strict=True) for row in _items(menu_id, *menu)
    ])  # fmt: skip
    set_limits(session, [limit for menu in menus for limit in _limits(*menu)])
    set_limits(session, _point_limits(session, menus))


def _point_limits(
    session: Session, menus: list[tuple[Kitchen, date, Meal]]
) -> list[SlotLimit]:  # fmt: skip
    """The places of the meal points on the days on which their kitchens cook."""
    points = session.execute(
        sa.select(CanteenTerms.supplied_by, MealTerms)
        .join(MealTerms, MealTerms.facility_id == CanteenTerms.facility_id)
        .where(CanteenTerms.supplied_by.is_not(None))
    ).all()
    return [
        limit
        for kitchen, day, meal in menus
        for supplier, row in points
        if supplier == kitchen.facility_id and row.meal is meal
        for limit in serving_limits(row, day)
    ]


def names_on(day: date, meal: Meal) -> list[str]:
    """What is on the menu: the sets and rice (but for breakfast), and some dishes in turn."""
    book = cookbook()
    turning = book["menus"][meal.value]
    if meal is Meal.BREAKFAST:
        return list(turning)
    first = day.toordinal() % len(turning)
    some = [turning[(first + n) % len(turning)] for n in range(ROTATING)]
    return [one["name"] for one in book["set"]] + some + ["米饭"]


def _terms(facility_id: int, one: Station) -> dict[str, Any]:
    return {"facility_id": facility_id, "delivers": True, "delivery_fee_fen": _fee(one)}


def _fee(one: Station) -> int:
    return 0 if one.seats >= LARGE else 200


def _meal_terms(facility_id: int, one: Station) -> Iterable[dict[str, Any]]:
    for meal in meals_served(one.seats):
        opens, closes, days, minute = SERVED[meal]
        yield {
            "facility_id": facility_id, "meal": meal, "serves_from": opens, "serves_to": closes,
            "cutoff_days_before": days, "cutoff_minute": minute, "seats": one.seats,
            "pick_ups": one.seats, "deliveries": one.seats // 2,
        }  # fmt: skip


def _enter_cookbook(session: Session, facility_id: int) -> None:
    book = cookbook()
    dishes = insert_numbered(session, Dish, [
        {
            "facility_id": facility_id, "name": one["name"], "price_fen": one["price"],
            "picture": Picture(one["picture"]), "allergens": one.get("allergens", ""),
            "diets": one.get("diets", ""), "ingredients": one["ingredients"],
        }
        for one in book["dish"]
    ])  # fmt: skip
    by_name = {one["name"]: number for one, number in zip(book["dish"], dishes, strict=True)}
    sets = insert_numbered(session, MealSet, [
        {"facility_id": facility_id, "name": one["name"], "price_fen": one["price"],
         "picture": Picture.SET}
        for one in book["set"]
    ])  # fmt: skip
    insert_rows(session, SetDish, [
        {"set_id": set_id, "dish_id": by_name[name]}
        for set_id, one in zip(sets, book["set"], strict=True)
        for name in one["dishes"]
    ])  # fmt: skip


def _kitchens(session: Session) -> list[Kitchen]:
    """The canteens of the demo as they stand in the database."""
    items: dict[int, dict[str, tuple[ItemKind, int, int]]] = {}
    for kind, model in ((ItemKind.DISH, Dish), (ItemKind.SET, MealSet)):
        for row in session.execute(
            sa.select(model.facility_id, model.name, model.id, model.price_fen)
        ):
            items.setdefault(row.facility_id, {})[row.name] = (kind, row.id, row.price_fen)
    seats = {one.name: one.seats for one in stations() if one.has_canteen}
    rows = session.execute(
        sa.select(Facility.id, Facility.name)
        .where(Facility.id.in_(items))
        .order_by(Facility.id)
    )  # fmt: skip
    return [
        Kitchen(row.id, seats[row.name], meals_served(seats[row.name]), items[row.id])
        for row in rows
    ]


def _portions(kitchen: Kitchen, name: str) -> int:
    return kitchen.seats * 2 if kitchen.items[name][0] is ItemKind.SET or name == "米饭" else 20


def _items(menu_id: int, kitchen: Kitchen, day: date, meal: Meal) -> Iterable[dict[str, Any]]:
    for position, name in enumerate(names_on(day, meal)):
        kind, number, fen = kitchen.items[name]
        yield {
            "menu_id": menu_id, "position": position,
            "dish_id": number if kind is ItemKind.DISH else None,
            "set_id": number if kind is ItemKind.SET else None,
            "portions": _portions(kitchen, name), "price_fen": fen,
        }  # fmt: skip


def _limits(kitchen: Kitchen, day: date, meal: Meal) -> Iterable[SlotLimit]:
    slot, facility_id = MEAL_SLOTS[meal], kitchen.facility_id
    for name in names_on(day, meal):
        kind, number, _fen = kitchen.items[name]
        portions = _portions(kitchen, name)
        yield SlotLimit(RESOURCE_OF_ITEM[kind], number, facility_id, day, slot, portions)
    places = {ResourceKind.SEATS: kitchen.seats, ResourceKind.PICK_UPS: kitchen.seats,
              ResourceKind.DELIVERIES: kitchen.seats // 2}  # fmt: skip
    for resource, wanted in places.items():
        yield SlotLimit(resource, facility_id, facility_id, day, slot, wanted)
