"""The hall of 水峰社区老年食堂: thirty elders who eat there or fetch their lunch, some already."""

from datetime import datetime, timedelta
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.demo.elders import insert_elders
from ylyx_site.demo.past_meals import enter_past_meals
from ylyx_site.demo.rules import dice, public_codes
from ylyx_site.demo.tables import CastElder
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families.kinds import Group, Relation, Texture
from ylyx_site.families.queries import eaters
from ylyx_site.kitchen.models import CooksFor
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.models import MealSet, MealTerms, OrderedMeal
from ylyx_site.meals.policy.eaters import as_eater
from ylyx_site.meals.queries.menus import menu_days
from ylyx_site.meals.rules.wishes import MealWish, OrderWish
from ylyx_site.meals.service.desk import order_at_desk
from ylyx_site.serving.kinds import HOW_BY_SERVING, Means
from ylyx_site.serving.rules.wishes import Author, HandWish
from ylyx_site.serving.service.counter import serve
from ylyx_site.shared import clock

CLERK, MANAGER = "13800000021", "13800000020"
CANTEEN, NURSERY = "水峰社区老年食堂", "金星托育中心"
GUESTS = 30
SURNAMES = "王李张刘陈杨黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程"
GIVEN = {
    "f": ("桂英", "秀兰", "玉珍", "素芳", "淑华", "文秀", "开碧", "正芬", "世珍", "兴秀"),
    "m": ("国华", "建国", "德明", "永福", "世荣", "光明", "朝富", "天成", "正才", "兴发"),
}
DIETS = ("", "", "low_salt", "low_salt", "low_sugar", "low_salt low_sugar", "low_purine")
TEXTURES = (*[Texture.ORDINARY] * 5, *[Texture.SOFT] * 2, Texture.MINCED)
AVOIDS = ("", "", "", "鱼", "花生", "辣椒", "牛肉")
GROUPS = (Group.LIVING_ALONE, Group.EMPTY_NEST, Group.MINIMUM_LIVING)
SETS = ("两荤一素套餐", "一荤一素套餐", "软食套餐")


def enter_hall(
    session: Session, accounts: dict[str, int], facilities: dict[str, int], *, now: datetime
) -> None:
    """Enter the elders, what they ordered for the next two lunches, and who has eaten by now."""
    canteen_id, throws = facilities[CANTEEN], dice("hall")
    people = [_elder(n, throws) for n in range(GUESTS)]
    ids = insert_elders(session, people, accounts, now - timedelta(days=40))
    session.add(
        CooksFor(
            kitchen_id=canteen_id, nursery_id=facilities[NURSERY],
            from_day=clock.day_of(now) - timedelta(days=30),
        )
    )  # fmt: skip
    today = clock.day_of(now)
    lunches = [day for day, meal in menu_days(session, canteen_id, today) if meal is Meal.LUNCH]
    known = eaters(session, ids)
    for person_id, code in zip(ids, public_codes(dice("hall codes"), GUESTS), strict=True):
        serving = throws.choice((Serving.DINE_IN, Serving.DINE_IN, Serving.PICK_UP))
        item = ((ItemKind.SET, _set(session, canteen_id, throws.choice(SETS))), 1)
        meals = tuple(MealWish(day, Meal.LUNCH, (item,)) for day in lunches[:2])
        order_at_desk(
            session, OrderWish(canteen_id, (person_id,), meals, serving),
            (as_eater(known[person_id]),),
            actor_id=accounts[CLERK], code=code, now=now - timedelta(days=1),
        )  # fmt: skip
    _serve_some(session, canteen_id, accounts, throws, now)
    staff = (accounts[CLERK], accounts[MANAGER])
    enter_past_meals(session, canteen_id, ids, staff, dice("past meals"), now=now)


def _elder(n: int, throws: Random) -> CastElder:
    sex = throws.choice("fm")
    avoids = throws.choice(AVOIDS)
    return CastElder(
        phone=CLERK, relation=Relation.OTHER, name=SURNAMES[n] + throws.choice(GIVEN[sex]),
        sex=sex, years=throws.randint(62, 92), days=throws.randint(1, 300),
        own_phone=f"199009002{n:02d}", diet=throws.choice(DIETS),
        texture=throws.choice(TEXTURES), avoids=avoids, division="500111001001",
        street="水峰小区", building=f"{throws.randint(1, 12)}栋", floor=str(throws.randint(1, 6)),
        door=f"{throws.randint(1, 6)}0{throws.randint(1, 4)}", note="",
        group=throws.choice(GROUPS), evidence="社区走访登记",
    )  # fmt: skip


def _set(session: Session, canteen_id: int, name: str) -> int:
    return session.scalars(
        sa.select(MealSet.id).where(MealSet.facility_id == canteen_id, MealSet.name == name)
    ).one()


def _serve_some(
    session: Session,
    canteen_id: int,
    accounts: dict[str, int],
    throws: Random,
    now: datetime,
) -> None:
    """Somebody comes every two minutes since serving began; the two clerks take turns."""
    terms = session.get(MealTerms, (canteen_id, Meal.LUNCH))
    today = clock.day_of(now)
    if terms is None:
        return
    begins = clock.instant_at(today, terms.serves_from)
    rows = session.execute(
        sa.select(OrderedMeal.id, OrderedMeal.serving).where(
            OrderedMeal.facility_id == canteen_id, OrderedMeal.day == today,
            OrderedMeal.meal == Meal.LUNCH, OrderedMeal.serving != Serving.DELIVERY,
        )
    ).all()  # fmt: skip
    for n, (meal_id, serving) in enumerate(throws.sample(rows, len(rows) * 2 // 3)):
        at = begins + timedelta(minutes=2 * n)
        if at > now:
            break
        who = accounts[(CLERK, MANAGER)[n % 2]]
        wish = HandWish(meal_id, HOW_BY_SERVING[serving], Means.NAME, takes_money=True)
        serve(session, wish, Author(canteen_id, who, at))
