"""What there is in the place of meals that were taken back: other dishes, other canteens."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.meals import words
from ylyx_site.meals.policy.eaters import eaters_of
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.policy.replacing import open_until
from ylyx_site.meals.queries.canteens import canteens_of, closures, find_canteens
from ylyx_site.meals.queries.menus import Menus, menus_of
from ylyx_site.meals.queries.withdrawals import Answer, Change
from ylyx_site.meals.rules.canteens import CanteenFacts, MenuLine, is_past
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.shared.addresses import Value, address

MOST_OTHERS = 4


@dataclass(frozen=True, slots=True)
class Offer:
    """A dish or set in the place of the other; `address` shows what it costs.

    `warnings` say what of it the person avoids, `missing` what diet it is not marked with.
    """

    line: MenuLine
    address: str
    warnings: list[str]
    missing: list[str]


@dataclass(frozen=True, slots=True)
class Shown:
    """A meal that was taken back, with what could be instead."""

    change: Change
    offers: tuple[Offer, ...]
    others: tuple[tuple[str, str], ...]
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Scene:
    """What all of these changes are looked at with: `own` by canteen, `eaters` by person."""

    own: Mapping[int, CanteenFacts]
    others: list[CanteenFacts]
    menus: Menus
    eaters: Mapping[int, Eater]
    now: datetime


def shown(session: Session, changes: list[Change], who: int, now: datetime) -> list[Shown]:
    """All of them, in a fixed number of queries."""
    open_ones = [one for one in changes if one.answer is Answer.OPEN]
    if not open_ones:
        return [Shown(one, (), (), None) for one in changes]
    own = canteens_of(session, {one.row.facility_id for one in open_ones})
    area = _area(own)
    near = find_canteens(session, area, "")
    days = [one.row.day for one in open_ones]
    kitchens = {one.kitchen_id for one in [*near, *own.values()]}
    menus = menus_of(session, kitchens, min(days), max(days))
    shut = closures(session, [one.id for one in near], min(days), max(days))
    others = [
        one
        for one in near
        if not any(closure.shuts(day) for closure in shut.get(one.id, ()) for day in days)
    ]
    scene = Scene(own, others, menus, {one.id: one for one in eaters_of(session, who)}, now)
    return [
        _one(one, scene) if one.answer is Answer.OPEN else Shown(one, (), (), None)
        for one in changes
    ]


def _area(own: dict[int, CanteenFacts]) -> str:
    """The division to look for others in: where these canteens deliver, else everywhere."""
    areas = [code for one in own.values() for code in one.areas]
    return areas[0][:6] if areas else ""


def _one(change: Change, scene: Scene) -> Shown:
    row, now = change.row, scene.now
    canteen = scene.own.get(row.facility_id)
    until = open_until(canteen, row.day, row.meal) if canteen else None
    fields: dict[str, Value] = {"person_id": row.person_id, "date": row.day, "meal": row.meal.value}
    others = tuple(
        (one.name, address(f"/meals/{one.id}/orders/new", **fields))
        for one in scene.others
        if one.id != row.facility_id and _sells(one, change, scene.menus, now)
    )
    is_open = until is not None and not is_past(until, now)
    return Shown(
        change, _offers(change, scene, fields) if is_open else (), others[:MOST_OTHERS], until
    )


def _offers(change: Change, scene: Scene, fields: dict[str, Value]) -> tuple[Offer, ...]:
    row = change.row
    menu = scene.menus.get((row.kitchen_id, row.day, row.meal))
    eater = scene.eaters.get(row.person_id)
    eaters = [eater] if eater else []
    ask = f"/meals/orders/{row.code}/replacement"
    return tuple(
        Offer(
            line, address(ask, **fields, item=line.field),
            words.warnings(eaters, line), words.missing_diets(eaters, line),
        )
        for line in (menu.lines if menu else ())
        if line.left
    )  # fmt: skip


def _sells(canteen: CanteenFacts, change: Change, menus: Menus, now: datetime) -> bool:
    """Whether another canteen's meal of that time can still be ordered."""
    row = change.row
    cutoff = cutoffs_of(canteen, [(row.day, row.meal)]).get((row.day, row.meal))
    menu = menus.get((canteen.kitchen_id, row.day, row.meal))
    if cutoff is None or menu is None or canteen.kitchen_id == row.kitchen_id:
        return False
    return not is_past(cutoff, now) and any(line.left for line in menu.lines)
