"""Menus from draft to the public and changed there; the cookbook, photographs, terms."""

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TypedDict

import pytest
import sqlalchemy as sa
from PIL import Image
from sqlalchemy.orm import Session

from tests.integration.meals.place import TUESDAY, WEDNESDAY, Place, a_place, ordered
from tests.makers import a_canteen, a_dish, an_account, an_elder
from ylyx_site.facilities.kinds import ClosureKind, Meal, Serving
from ylyx_site.facilities.models import Closure
from ylyx_site.ledger import findings
from ylyx_site.meals.errors.canteens import BadHours, BadKitchen, NoSuchDivision, PointHasMeals
from ylyx_site.meals.errors.menus import (
    EmptyMenu,
    ForeignDish,
    MenuPast,
    MenuShutDay,
    MenuThere,
    NameTaken,
    NothingToCopy,
    NothingToPublish,
    RetiredDish,
    SetWithoutDishes,
    StillOnMenu,
    SuppliedKitchen,
)
from ylyx_site.meals.errors.orders import NoMenuYet, ServingFull, SoldOut
from ylyx_site.meals.kinds import ItemKind, Picture
from ylyx_site.meals.models import MealTerms, MenuPicture, OrderedMeal
from ylyx_site.meals.queries.cookbook import cookbook, entry_of, picture_of
from ylyx_site.meals.queries.menus import menu_days, menus_of
from ylyx_site.meals.queries.planner import MenuState, planned_menus
from ylyx_site.meals.queries.terms import over_places
from ylyx_site.meals.rules.menus import DishWish, SetWish
from ylyx_site.meals.rules.terms import DeliveryWish, KitchenWish, MealTermsWish
from ylyx_site.meals.rules.wishes import ItemLimit, MenuWish
from ylyx_site.meals.service import dishes, drafts, terms
from ylyx_site.meals.service.menus import change
from ylyx_site.meals.service.photos import draw, drop_photo, set_photo
from ylyx_site.shared import clock
from ylyx_site.shared.pictures import BadPicture
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan

NEXT_TUESDAY = TUESDAY + timedelta(days=7)
NEXT_MONDAY = date(2026, 11, 30)
LUNCH = MealTermsWish(Meal.LUNCH, 660, 780, 0, 540, 20, 50, 30)


class By(TypedDict):
    """Who does it, and when."""

    actor_id: int
    now: datetime


def menu_wish(place: Place, day: date, portions: int = 5, fen: int = 1300) -> MenuWish:
    """Fish for lunch."""
    lines = (ItemLimit((ItemKind.DISH, place.fish.id), fen, portions),)
    return MenuWish(place.canteen.id, day, Meal.LUNCH, lines)


def state_of(session: Session, place: Place, day: date) -> MenuState | None:
    """Where the lunch menu of a day stands; None without any."""
    found = planned_menus(session, place.canteen.id, DaySpan(day, day)).get((day, Meal.LUNCH))
    return found.state if found else None


def a_photograph(size: tuple[int, int] = (1600, 1200), colour: int = 30) -> io.BytesIO:
    """A photograph that tells where it was taken."""
    exif = Image.Exif()
    exif.get_ifd(0x8825)[2] = (29.0, 42.0, 3.0)
    stream = io.BytesIO()
    Image.new("RGB", size, (200, colour, 30)).save(stream, "JPEG", exif=exif)
    stream.seek(0)
    return stream


def test_nobody_but_its_kitchen_knows_of_a_draft(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    drafts.save_draft(session, menu_wish(place, WEDNESDAY), actor_id=wang.id, now=clock.now())
    assert state_of(session, place, WEDNESDAY) is MenuState.DRAFT
    assert menus_of(session, [place.canteen.id], WEDNESDAY, WEDNESDAY) == {}
    assert menu_days(session, place.canteen.id, WEDNESDAY) == []
    with pytest.raises(NoMenuYet):
        ordered(session, place.lunch(an_elder(session, wang.id).id, day=WEDNESDAY), wang.id)


def test_a_draft_is_written_anew_published_or_thrown_away(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    week = DaySpan(WEDNESDAY, WEDNESDAY)
    for portions in (5, 7):
        wish = menu_wish(place, WEDNESDAY, portions)
        drafts.save_draft(session, wish, actor_id=wang.id, now=clock.now())
    assert drafts.publish_drafts(
        session, place.canteen.id, week, actor_id=wang.id, now=clock.now()
    ) == []  # fmt: skip
    (menu,) = menus_of(session, [place.canteen.id], WEDNESDAY, WEDNESDAY).values()
    assert [(one.name, one.price_fen, one.left) for one in menu.lines] == [("清蒸鲈鱼", 1300, 7)]
    with pytest.raises(NothingToPublish):
        drafts.publish_drafts(session, place.canteen.id, week, actor_id=wang.id, now=clock.now())
    with pytest.raises(MenuThere):
        drafts.save_draft(session, menu_wish(place, WEDNESDAY), actor_id=wang.id, now=clock.now())
    thursday = WEDNESDAY + timedelta(days=1)
    drafts.save_draft(session, menu_wish(place, thursday), actor_id=wang.id, now=clock.now())
    drafts.drop_draft(
        session, place.canteen.id, thursday, Meal.LUNCH, actor_id=wang.id, now=clock.now()
    )
    assert state_of(session, place, thursday) is None
    with pytest.raises(NotFound):
        drafts.drop_draft(
            session, place.canteen.id, thursday, Meal.LUNCH, actor_id=wang.id, now=clock.now()
        )


def test_what_is_no_menu_is_refused(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    other = a_canteen(session, "水峰社区老年食堂")
    foreign = a_dish(session, other.id, "回锅肉")
    point = a_canteen(session, "北街助餐点", supplied_by=place.canteen.id)

    def save(wish: MenuWish) -> None:
        drafts.save_draft(session, wish, actor_id=wang.id, now=clock.now())

    good = menu_wish(place, WEDNESDAY)
    lines = (ItemLimit((ItemKind.DISH, foreign.id), 100, 1),)
    with pytest.raises(ForeignDish):
        save(MenuWish(place.canteen.id, WEDNESDAY, Meal.LUNCH, lines))
    with pytest.raises(ForeignDish):
        save(MenuWish(place.canteen.id, WEDNESDAY, Meal.LUNCH, good.items * 2))
    with pytest.raises(EmptyMenu):
        save(MenuWish(place.canteen.id, WEDNESDAY, Meal.LUNCH, ()))
    with pytest.raises(MenuShutDay):
        save(menu_wish(place, date(2026, 11, 29)))
    with pytest.raises(MenuPast):
        save(menu_wish(place, date(2026, 11, 21)))
    with pytest.raises(SuppliedKitchen):
        save(MenuWish(point.id, WEDNESDAY, Meal.LUNCH, good.items))


def test_last_week_is_copied_at_the_prices_of_now_without_shut_days(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    for day in (WEDNESDAY, WEDNESDAY + timedelta(days=1)):
        drafts.save_draft(session, menu_wish(place, day), actor_id=wang.id, now=clock.now())
    session.add(
        Closure(
            facility_id=place.canteen.id, first_day=WEDNESDAY + timedelta(days=7),
            last_day=WEDNESDAY + timedelta(days=7), kind=ClosureKind.OWN, reason="检修",
        )
    )  # fmt: skip
    session.flush()
    new = DishWish("清蒸鲈鱼", 1450, Picture.FISH)
    dishes.change_dish(
        session, place.canteen.id, place.fish.id, new, actor_id=wang.id, now=clock.now()
    )
    dishes.retire(
        session, place.canteen.id, (ItemKind.SET, place.meal_set.id),
        actor_id=wang.id, now=clock.now(),
    )  # fmt: skip
    copied = drafts.copy_week(
        session, place.canteen.id, NEXT_MONDAY, actor_id=wang.id, now=clock.now()
    )
    assert copied == 2
    week = DaySpan(NEXT_MONDAY, NEXT_MONDAY + timedelta(days=6))
    found = planned_menus(session, place.canteen.id, week)
    assert {
        key: (one.state, [(line.name, line.price_fen) for line in one.lines])
        for key, one in found.items()
    } == {
        (NEXT_TUESDAY, Meal.LUNCH): (MenuState.DRAFT, [("清蒸鲈鱼", 1450)]),
        (NEXT_TUESDAY + timedelta(days=2), Meal.LUNCH): (MenuState.DRAFT, [("清蒸鲈鱼", 1450)]),
    }
    before = planned_menus(session, place.canteen.id, DaySpan(TUESDAY, TUESDAY))
    lines = before[TUESDAY, Meal.LUNCH].lines
    assert [one.price_fen for one in lines] == [1500, 1200]  # the price of its day
    with pytest.raises(NothingToCopy):
        drafts.copy_week(
            session, place.canteen.id, NEXT_MONDAY, actor_id=wang.id, now=clock.now()
        )  # fmt: skip


def test_fewer_portions_than_are_ordered_drop_nobody_and_let_nobody_in(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    mother, father = an_elder(session, wang.id), an_elder(session, wang.id, "王大爷")
    ordered(session, place.lunch(mother.id, father.id), wang.id)
    lines = (
        ItemLimit((ItemKind.SET, place.meal_set.id), 1600, 1),
        ItemLimit((ItemKind.DISH, place.fish.id), 1200, 10),
    )
    wish = MenuWish(place.canteen.id, TUESDAY, Meal.LUNCH, lines)
    over = change(session, wish, actor_id=wang.id, now=clock.now())
    assert [(one.taken, one.wanted) for one in over] == [(2, 1)]
    menu = planned_menus(session, place.canteen.id, DaySpan(TUESDAY, TUESDAY))
    assert [(one.name, one.over) for one in menu[TUESDAY, Meal.LUNCH].live] == [
        ("两荤一素套餐", 1), ("清蒸鲈鱼", 0),
    ]  # fmt: skip
    assert session.scalars(sa.select(OrderedMeal.goods_fen)).all() == [1500, 1500]
    other = an_elder(session, wang.id, "王三叔")
    with pytest.raises(SoldOut):
        ordered(session, place.lunch(other.id), wang.id, "7K392G")
    assert findings(session) == []


def test_a_public_line_cannot_just_be_left_out_but_more_can_be_added(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    with pytest.raises(StillOnMenu) as refusal:
        change(session, menu_wish(place, TUESDAY), actor_id=wang.id, now=clock.now())
    assert refusal.value.values == {"name": "两荤一素套餐"}
    soup = a_dish(session, place.canteen.id, "冬瓜汤", 300)
    lines = (
        ItemLimit((ItemKind.DISH, soup.id), 300, 8),
        ItemLimit((ItemKind.SET, place.meal_set.id), 1500, 10),
        ItemLimit((ItemKind.DISH, place.fish.id), 1200, 10),
    )
    wish = MenuWish(place.canteen.id, TUESDAY, Meal.LUNCH, lines)
    assert change(session, wish, actor_id=wang.id, now=clock.now()) == []
    (menu,) = menus_of(session, [place.canteen.id], TUESDAY, TUESDAY).values()
    assert [(one.name, one.left) for one in menu.lines] == [
        ("冬瓜汤", 8), ("两荤一素套餐", 10), ("清蒸鲈鱼", 10),
    ]  # fmt: skip


def test_a_dish_of_another_kitchen_does_not_exist(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    other = a_canteen(session, "水峰社区老年食堂")
    foreign = a_dish(session, other.id, "回锅肉")
    item = (ItemKind.DISH, foreign.id)
    by: By = {"actor_id": wang.id, "now": clock.now()}
    new = DishWish("别人的", 100, Picture.MEAT)
    commands: tuple[Callable[[], object], ...] = (
        lambda: dishes.change_dish(session, place.canteen.id, foreign.id, new, **by),
        lambda: dishes.retire(session, place.canteen.id, item, **by),
        lambda: set_photo(session, place.canteen.id, item, draw(a_photograph()), **by),
        lambda: drop_photo(session, place.canteen.id, item, **by),
        lambda: entry_of(session, place.canteen.id, item),
    )
    for command in commands:
        with pytest.raises(NotFound):
            command()
    with pytest.raises(ForeignDish):
        dishes.add_set(session, place.canteen.id, SetWish("套", 900, (foreign.id,)), **by)


def test_the_cookbook_refuses_two_of_one_name_and_an_empty_set(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    with pytest.raises(NameTaken):
        dishes.add_dish(
            session, place.canteen.id, DishWish("两荤一素套餐", 100, Picture.MEAT),
            actor_id=wang.id, now=clock.now(),
        )  # fmt: skip
    with pytest.raises(SetWithoutDishes):
        dishes.add_set(
            session, place.canteen.id, SetWish("新套餐", 900, ()), actor_id=wang.id, now=clock.now()
        )


def test_a_retired_dish_stays_in_history_and_goes_on_no_new_menu(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    item = (ItemKind.DISH, place.fish.id)
    dishes.retire(session, place.canteen.id, item, actor_id=wang.id, now=clock.now())
    (menu,) = menus_of(session, [place.canteen.id], TUESDAY, TUESDAY).values()
    assert "清蒸鲈鱼" in [one.name for one in menu.lines]
    with pytest.raises(RetiredDish):
        drafts.save_draft(session, menu_wish(place, WEDNESDAY), actor_id=wang.id, now=clock.now())
    dishes.take_up(session, place.canteen.id, item, actor_id=wang.id, now=clock.now())
    drafts.save_draft(session, menu_wish(place, WEDNESDAY), actor_id=wang.id, now=clock.now())


def test_a_photograph_is_kept_in_two_sizes_without_what_the_camera_wrote(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    item = (ItemKind.DISH, place.fish.id)
    by: By = {"actor_id": wang.id, "now": clock.now()}
    set_photo(session, place.canteen.id, item, draw(a_photograph()), **by)
    photo = entry_of(session, place.canteen.id, item).photo
    assert photo is not None
    assert (photo.width, photo.height) == (480, 360)
    sizes = []
    for digest in (photo.card, photo.full):
        with Image.open(io.BytesIO(picture_of(session, digest))) as picture:
            sizes.append((picture.format, picture.size, dict(picture.getexif())))
    assert sizes == [("WEBP", (480, 360), {}), ("WEBP", (1200, 900), {})]
    (menu,) = menus_of(session, [place.canteen.id], TUESDAY, TUESDAY).values()
    assert {one.name: one.photo for one in menu.lines}["清蒸鲈鱼"] == photo


def test_an_old_photograph_is_forgotten_when_nothing_shows_it(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    fish, of_set = (ItemKind.DISH, place.fish.id), (ItemKind.SET, place.meal_set.id)
    by: By = {"actor_id": wang.id, "now": clock.now()}
    drawn = draw(a_photograph())
    for item in (fish, of_set):
        set_photo(session, place.canteen.id, item, drawn, **by)
    set_photo(session, place.canteen.id, fish, draw(a_photograph(colour=200)), **by)
    count = sa.select(sa.func.count()).select_from(MenuPicture)
    assert session.scalar(count) == 4
    drop_photo(session, place.canteen.id, of_set, **by)
    assert session.scalar(count) == 2
    entries = {one.item: one.photo is not None for one in cookbook(session, place.canteen.id)}
    assert (entries[fish], entries[of_set]) == (True, False)


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a", b"%PDF-1.7", b"\xff\xd8\xff\xe0"])
def test_what_is_no_photograph_is_refused(content: bytes) -> None:
    with pytest.raises(BadPicture):
        draw(io.BytesIO(content))


def test_fewer_seats_drop_nobody_and_the_days_over_are_listed(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    mother, father = an_elder(session, wang.id), an_elder(session, wang.id, "王大爷")
    wish = place.lunch(mother.id, father.id, serving=Serving.DINE_IN)
    ordered(session, wish, wang.id)
    fewer = MealTermsWish(Meal.LUNCH, 660, 780, 0, 540, 1, 50, 30)
    over = terms.change_meal(
        session, place.canteen.id, fewer, actor_id=wang.id, now=clock.now()
    )  # fmt: skip
    assert [(one.taken, one.wanted) for one in over] == [(2, 1)]
    listed = over_places(session, place.canteen.id, clock.today())
    assert [(one.day, one.serving, one.taken, one.wanted) for one in listed] == [
        (TUESDAY, Serving.DINE_IN, 2, 1)
    ]
    third = an_elder(session, wang.id, "王三叔")
    with pytest.raises(ServingFull):
        ordered(session, place.lunch(third.id, serving=Serving.DINE_IN), wang.id, "7K392G")
    terms.change_meal(session, place.canteen.id, LUNCH, actor_id=wang.id, now=clock.now())
    ordered(session, place.lunch(third.id, serving=Serving.DINE_IN), wang.id, "7K392H")
    assert findings(session) == []


@pytest.mark.parametrize(
    "wish",
    [
        MealTermsWish(Meal.LUNCH, 780, 660, 0, 540, 1, 1, 1),
        MealTermsWish(Meal.LUNCH, 660, 780, 0, 661, 1, 1, 1),
        MealTermsWish(Meal.LUNCH, 660, 780, 8, 540, 1, 1, 1),
    ],
)
def test_hours_that_cannot_be_are_refused(session: Session, wish: MealTermsWish) -> None:
    place, wang = a_place(session), an_account(session)
    with pytest.raises(BadHours):
        terms.change_meal(session, place.canteen.id, wish, actor_id=wang.id, now=clock.now())


def test_a_delivery_area_is_a_division_that_exists(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    by: By = {"actor_id": wang.id, "now": clock.now()}
    with pytest.raises(NoSuchDivision):
        terms.change_delivery(
            session,
            place.canteen.id,
            DeliveryWish(delivers=True, fee_fen=100, areas=("999",)),
            **by,
        )
    with pytest.raises(NoSuchDivision):
        terms.change_delivery(
            session, place.canteen.id, DeliveryWish(delivers=True, fee_fen=100, areas=()), **by
        )
    known = DeliveryWish(delivers=True, fee_fen=100, areas=("500111001",))
    terms.change_delivery(session, place.canteen.id, known, **by)


def test_a_point_orders_from_its_kitchens_portions_with_its_own_seats(session: Session) -> None:
    place, wang = a_place(session, portions=1), an_account(session)
    point = a_canteen(session, "北街助餐点", seats=0)
    by: By = {"actor_id": wang.id, "now": clock.now()}
    terms.change_kitchen(session, point.id, KitchenWish(place.canteen.id), **by)
    mother, father = an_elder(session, wang.id), an_elder(session, wang.id, "王大爷")
    at_point = place.lunch(mother.id, canteen_id=point.id)
    with pytest.raises(ServingFull):
        ordered(session, place.lunch(mother.id, canteen_id=point.id, serving=Serving.DINE_IN),
                wang.id)  # fmt: skip
    ordered(session, at_point, wang.id)
    with pytest.raises(SoldOut):
        ordered(session, place.lunch(father.id), wang.id, "7K392G")
    with pytest.raises(PointHasMeals):
        terms.change_kitchen(session, point.id, KitchenWish(None), **by)
    third = a_canteen(session, "水峰社区老年食堂")
    with pytest.raises(BadKitchen):
        terms.change_kitchen(session, third.id, KitchenWish(point.id), **by)
    with pytest.raises(PointHasMeals):
        terms.change_kitchen(session, place.canteen.id, KitchenWish(point.id), **by)
    assert findings(session) == []


def test_a_meal_is_served_no_longer_when_none_is_to_come(session: Session) -> None:
    place, wang = a_place(session), an_account(session)
    by: By = {"actor_id": wang.id, "now": clock.now()}
    with pytest.raises(PointHasMeals):
        terms.end_meal(session, place.canteen.id, Meal.LUNCH, **by)
    terms.end_meal(session, place.canteen.id, Meal.DINNER, **by)
    served = session.scalars(sa.select(MealTerms.meal)).all()
    assert served == [Meal.LUNCH]
