"""The courier's round: twelve elders who are brought today's lunch, and two who rest today."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.demo.elders import insert_elders
from ylyx_site.demo.rows import insert_numbered, insert_rows
from ylyx_site.demo.rules import dice, public_codes
from ylyx_site.demo.tables import round_elders
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.queries import eaters, eaters_of
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.models import MealSet
from ylyx_site.meals.policy.eaters import as_eater
from ylyx_site.meals.queries.menus import menu_days
from ylyx_site.meals.rules.wishes import MealWish, OrderWish
from ylyx_site.meals.service.desk import order_at_desk
from ylyx_site.rounds.models import DeliveryRound, RoundCourier, RoundStop
from ylyx_site.shared import clock

CLERK, COURIER, DAUGHTER = "13800000021", "13800000022", "13800000003"
CANTEEN = "水峰社区老年食堂"
ROUND = "平安线"
SETS = ("两荤一素套餐", "软食套餐", "一荤一素套餐")


def enter_rounds(
    session: Session, accounts: dict[str, int], facilities: dict[str, int], *, now: datetime
) -> None:
    """Enter the elders, their lunch of today as the clerk took it yesterday, and the round."""
    canteen_id, people = facilities[CANTEEN], round_elders()
    day_before = now - timedelta(days=1)
    ids = insert_elders(session, people, accounts, now - timedelta(days=40))
    resting = [one.id for one in eaters_of(session, accounts[DAUGHTER])]
    _enter_round(session, canteen_id, accounts[COURIER], [*ids[:6], *resting, *ids[6:]], now)
    known = eaters(session, ids)
    if (clock.day_of(now), Meal.LUNCH) not in menu_days(session, canteen_id, clock.day_of(now)):
        return  # shut today
    codes = public_codes(dice("round"), len(ids))
    for n, (person_id, code) in enumerate(zip(ids, codes, strict=True)):
        wish = _wish(session, canteen_id, person_id, SETS[n % len(SETS)], now)
        order_at_desk(
            session, wish, (as_eater(known[person_id]),),
            actor_id=accounts[CLERK], code=code, now=day_before,
        )  # fmt: skip


def _wish(
    session: Session, canteen_id: int, person_id: int, set_name: str, now: datetime
) -> OrderWish:
    set_id = session.scalars(
        sa.select(MealSet.id).where(MealSet.facility_id == canteen_id, MealSet.name == set_name)
    ).one()
    meal = MealWish(clock.day_of(now), Meal.LUNCH, (((ItemKind.SET, set_id), 1),))
    return OrderWish(canteen_id, (person_id,), (meal,), Serving.DELIVERY)


def _enter_round(
    session: Session, canteen_id: int, courier_id: int, order: list[int], now: datetime
) -> None:
    (round_id,) = insert_numbered(
        session, DeliveryRound, [{"facility_id": canteen_id, "name": ROUND, "made_at": now}]
    )
    insert_rows(session, RoundCourier, [{"round_id": round_id, "account_id": courier_id}])
    insert_rows(session, RoundStop, [
        {"facility_id": canteen_id, "person_id": person_id, "round_id": round_id, "position": n}
        for n, person_id in enumerate(order, 1)
    ])  # fmt: skip
