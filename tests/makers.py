"""Makers of rows for tests: typed functions, small, each with what its tests need by default."""

import json
from collections.abc import Collection, Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.entry.kinds import PaperKind, PaperState
from ylyx_site.entry.models import ChildPaper
from ylyx_site.facilities.kinds import ClassKind, FacilityKind, Filing, Meal, Nature, Tariff
from ylyx_site.facilities.models import (
    CareClass,
    CarePrice,
    ClassCap,
    Division,
    Facility,
    Opening,
    RegisteredPlaces,
)
from ylyx_site.facilities.rules import CLASS_RULES, search_text
from ylyx_site.families.kinds import BondState, Diet, PersonKind, Purpose, Relation, Texture
from ylyx_site.families.models import Bond, Consent, ElderProfile, Person, PersonAddress
from ylyx_site.identity import service as identity
from ylyx_site.identity.models import Account, Grant
from ylyx_site.identity.roles import Role
from ylyx_site.meals.kinds import ItemKind, Picture
from ylyx_site.meals.models import (
    CanteenTerms,
    DeliveryArea,
    Dish,
    MealSet,
    MealTerms,
    MenuDay,
    SetDish,
)
from ylyx_site.meals.rules.wishes import ItemLimit, MenuWish
from ylyx_site.meals.service.menus import publish as publish_menu
from ylyx_site.places.publishing import publish_days
from ylyx_site.shared import clock, vault

DEMO_PASSWORD = "ylyx-demo"


def an_account(
    session: Session,
    phone: str = "13800000001",
    name: str = "王小明",
    password: str | None = DEMO_PASSWORD,
) -> Account:
    """An account that signs in with the password of the demo district."""
    return identity.create_account(session, phone, name, password, now=clock.now())


def a_role(
    session: Session,
    account: Account,
    role: Role,
    *,
    facility_id: int | None = None,
    division_code: str | None = None,
) -> Grant:
    """A live role of an account."""
    return identity.grant_role(
        session, account.id, role,
        facility_id=facility_id, division_code=division_code, actor_id=None, now=clock.now(),
    )  # fmt: skip


def a_town(session: Session, code: str = "500111001", name: str = "棠香街道") -> str:
    """A town with its district; made once, then found again."""
    for one, words in (("500111", "大足区"), (code, name)):
        if session.get(Division, one) is None:
            session.add(Division(code=one, name=words, latitude=29.7, longitude=105.72))
    session.flush()
    return code


def a_nursery(
    session: Session,
    *,
    registered_places: int = 20,
    caps: Mapping[ClassKind, int] | None = None,
    name: str = "金星托育中心",
    opens: int = 450,
    closes: int = 1050,
    publish_until: date | None = date(2026, 12, 31),
) -> Facility:
    """A filed nursery, open Monday to Friday, with one class per kind of `caps`, published."""
    since = date(2026, 1, 1)
    number = session.scalar(sa.select(sa.func.count()).select_from(Facility)) or 0
    nursery = Facility(
        kind=FacilityKind.NURSERY, nature=Nature.CENTRE, name=name,
        credit_code=f"TEST{number:014d}", filing=Filing.FILED, filing_number=f"备{number}",
        division_code=a_town(session), address="棠香街道 12 号", telephone="02343700001",
        latitude=29.7, longitude=105.72, inclusive=True, created_at=clock.now(),
        search_text=search_text(name, FacilityKind.NURSERY, ["大足区", "棠香街道"]),
    )  # fmt: skip
    session.add(nursery)
    session.flush()
    session.add(RegisteredPlaces(facility_id=nursery.id, from_day=since, places=registered_places))
    for weekday in range(1, 6):
        session.add(
            Opening(
                facility_id=nursery.id, weekday=weekday, from_day=since, opens=opens, closes=closes
            )
        )
    prices = {"full_day": 6800, "half_day": 3800, "hour": 1200, "temporary_day": 8000,
              "temporary_half": 4500}  # fmt: skip
    for tariff, fen in prices.items():
        session.add(
            CarePrice(facility_id=nursery.id, tariff=Tariff(tariff), from_day=since, fen=fen)
        )
    for kind, children in (caps or {ClassKind.YOUNGER: 15}).items():
        a_class(session, nursery.id, kind, children)
    session.flush()
    if publish_until is not None:
        publish_days(session, [nursery.id], clock.today(), publish_until)
    return nursery


def a_class(session: Session, facility_id: int, kind: ClassKind, children: int) -> CareClass:
    """A class of the standard's ages for its kind, from the first of the year."""
    rule = CLASS_RULES[kind]
    made = CareClass(
        facility_id=facility_id, kind=kind, name={"infant": "乳儿班", "younger": "托小班",
        "older": "托大班", "mixed": "混合班"}[kind], from_months=rule.from_months,
        to_months=rule.to_months, children_per_carer=rule.children_per_carer,
    )  # fmt: skip
    session.add(made)
    session.flush()
    session.add(ClassCap(class_id=made.id, from_day=date(2026, 1, 1), children=children))
    session.flush()
    return made


def a_child(
    session: Session, account_id: int, name: str = "明明", born_on: date = date(2025, 3, 10)
) -> Person:
    """A child (20 months old on the tests' Monday) with consent and a live bond."""
    consent = Consent(
        account_id=account_id, purpose=Purpose.CHILD_DATA, text_version="1", given_at=clock.now()
    )
    session.add(consent)
    session.flush()
    child = Person(
        kind=PersonKind.CHILD, name=name, born_on=born_on, consent_id=consent.id,
        created_at=clock.now(),
    )  # fmt: skip
    session.add(child)
    session.flush()
    a_bond(session, child.id, account_id)
    return child


def papers(
    session: Session,
    child_id: int,
    facility_id: int,
    *,
    leave_out: Collection[PaperKind] = (),
    dated_on: date = date(2026, 11, 2),
) -> None:
    """The confirmed papers without which a child may not come in at this nursery."""
    lasting = {PaperKind.VACCINATION: date(2027, 6, 30)}
    session.add_all(
        ChildPaper(
            child_id=child_id, kind=kind, state=PaperState.CONFIRMED, filed_at=clock.now(),
            facility_id=facility_id if kind is PaperKind.AGREEMENT else None, dated_on=dated_on,
            valid_until=lasting.get(kind), version="", decided_at=clock.now(),
        )
        for kind in (PaperKind.AGREEMENT, PaperKind.HEALTH_CHECK, PaperKind.VACCINATION)
        if kind not in leave_out
    )  # fmt: skip
    session.flush()


def a_bond(session: Session, person_id: int, account_id: int) -> Bond:
    """A live bond of a mother."""
    bond = Bond(
        person_id=person_id, account_id=account_id, relation=Relation.MOTHER,
        state=BondState.LIVE, asked_at=clock.now(),
    )  # fmt: skip
    session.add(bond)
    session.flush()
    return bond


def an_elder(
    session: Session,
    account_id: int,
    name: str = "陈桂芳",
    born_on: date = date(1944, 3, 8),
    *,
    diet: Collection[Diet] = (Diet.LOW_SALT,),
    avoids: Collection[str] = ("鱼",),
    texture: Texture = Texture.ORDINARY,
    phone: str = "13900000082",
    division_code: str | None = "500111001",
) -> Person:
    """An elder (82 on the tests' Monday) whose daughter's account is bound by a consent."""
    consents = [
        Consent(
            account_id=account_id, purpose=purpose, text_version="1", given_at=clock.now()
        )
        for purpose in (Purpose.ELDER_DATA, Purpose.ELDER_BINDING)
    ]  # fmt: skip
    session.add_all(consents)
    session.flush()
    elder = Person(
        kind=PersonKind.ELDER, name=name, born_on=born_on, consent_id=consents[0].id,
        created_at=clock.now(),
    )  # fmt: skip
    session.add(elder)
    session.flush()
    session.add(
        ElderProfile(
            person_id=elder.id, diets=" ".join(diet), texture=texture,
            avoids_sealed=vault.seal(json.dumps(list(avoids))) if avoids else None,
            phone_sealed=vault.seal(phone), phone_tail=phone[-4:],
            phone_index=vault.blind_index(f"telephone:{phone}"), changed_at=clock.now(),
        )
    )  # fmt: skip
    if division_code is not None:
        an_address(session, elder.id, division_code)
    bond = a_bond(session, elder.id, account_id)
    bond.relation, bond.consent_id = Relation.CHILD, consents[1].id
    session.flush()
    return elder


def an_address(session: Session, person_id: int, division_code: str = "500111001") -> PersonAddress:
    """Where meals are brought to, sealed as the site does it."""
    parts = {"street": "平安路8号", "building": "3栋2单元", "floor": "2", "door": "201",
             "note": "听力不好请多敲"}  # fmt: skip
    made = PersonAddress(
        person_id=person_id, division_code=division_code,
        sealed=vault.seal(json.dumps(parts, ensure_ascii=False)), changed_at=clock.now(),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def a_canteen(
    session: Session,
    name: str = "平安社区老年食堂",
    *,
    supplied_by: int | None = None,
    seats: int = 20,
    delivers_to: tuple[str, ...] = ("500111001",),
    fee_fen: int = 200,
    cutoff_minute: int = 540,
) -> Facility:
    """A canteen open every day but Sunday, with lunch (until 09:00 of the day) and dinner."""
    number = session.scalar(sa.select(sa.func.count()).select_from(Facility)) or 0
    canteen = Facility(
        kind=FacilityKind.CANTEEN, nature=Nature.STATION, name=name,
        credit_code=f"TEST{number:014d}", filing=Filing.FILED, division_code=a_town(session),
        address="平安路 3 号", telephone="02343700002", latitude=29.7, longitude=105.72,
        created_at=clock.now(),
    )  # fmt: skip
    session.add(canteen)
    session.flush()
    session.add_all(
        Opening(facility_id=canteen.id, weekday=weekday, from_day=date(2026, 1, 1), opens=390,
                closes=1110)
        for weekday in range(1, 7)
    )  # fmt: skip
    session.add(
        CanteenTerms(
            facility_id=canteen.id, supplied_by=supplied_by, delivers=bool(delivers_to),
            delivery_fee_fen=fee_fen,
        )
    )  # fmt: skip
    session.flush()
    for code in delivers_to:
        session.add(DeliveryArea(facility_id=canteen.id, division_code=code))
    for meal, hours, minute in ((Meal.LUNCH, (660, 780), cutoff_minute),
                                (Meal.DINNER, (1020, 1110), 900)):  # fmt: skip
        session.add(
            MealTerms(
                facility_id=canteen.id, meal=meal, serves_from=hours[0], serves_to=hours[1],
                cutoff_days_before=0, cutoff_minute=minute, seats=seats, pick_ups=50, deliveries=30,
            )
        )  # fmt: skip
    session.flush()
    return canteen


def a_dish(
    session: Session, facility_id: int, name: str = "清蒸鲈鱼", price_fen: int = 1200, **facts: str
) -> Dish:
    """A dish of a kitchen."""
    dish = Dish(
        facility_id=facility_id, name=name, price_fen=price_fen, picture=Picture.FISH, **facts
    )
    session.add(dish)
    session.flush()
    return dish


def a_set(
    session: Session, facility_id: int, name: str = "两荤一素套餐", price_fen: int = 1500,
    dishes: tuple[Dish, ...] = (),
) -> MealSet:  # fmt: skip
    """A set of a kitchen."""
    made = MealSet(facility_id=facility_id, name=name, price_fen=price_fen)
    session.add(made)
    session.flush()
    session.add_all(SetDish(set_id=made.id, dish_id=one.id) for one in dishes)
    session.flush()
    return made


def a_menu(
    session: Session,
    kitchen_id: int,
    day: date,
    *items: tuple[Dish | MealSet, int],
    meal: Meal = Meal.LUNCH,
) -> MenuDay:
    """A published menu: dishes and sets at their own prices, each with so many portions."""
    limits = tuple(
        ItemLimit(
            (ItemKind.SET if isinstance(one, MealSet) else ItemKind.DISH, one.id),
            one.price_fen, portions,
        )
        for one, portions in items
    )  # fmt: skip
    publish_menu(
        session, MenuWish(kitchen_id, day, meal, limits), actor_id=None, now=clock.now()
    )  # fmt: skip
    return session.scalars(
        sa.select(MenuDay).where(
            MenuDay.facility_id == kitchen_id, MenuDay.day == day, MenuDay.meal == meal
        )
    ).one()
