"""Dishes and sets at the desk: the list, a new one, describing, photographs, retiring."""

from datetime import datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility
from ylyx_site.meals import words
from ylyx_site.meals.forms.menus import DishForm, PhotoForm, PressForm, SetForm
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.queries.cookbook import Entry, cookbook, entry_of
from ylyx_site.meals.rules.wishes import Item
from ylyx_site.meals.service import dishes as service
from ylyx_site.meals.service.photos import Drawn, draw, drop_photo, set_photo
from ylyx_site.meals.views.doors import MANAGER, WINDOW, own_canteen, written
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.pictures import BadPicture
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.uploads import takes_a_picture

pages = Blueprint("desk_dishes", __name__)
ALL = "/desk/menus/dishes"
KINDS = {"dishes": ItemKind.DISH, "sets": ItemKind.SET}


@pages.get(ALL)
@access(*WINDOW)
def list_page() -> str:
    """Sets and dishes with prices; those that are retired below."""
    own = own_canteen(db.session())
    entries = cookbook(db.session(), own.kitchen_id)
    return render(
        "meals/dishes.html", own=own, words=words,
        may_edit=own.may_edit and not own.is_point,
        sets=[one for one in entries if not one.is_dish and not one.retired_at],
        dishes=[one for one in entries if one.is_dish and not one.retired_at],
        retired=[one for one in entries if one.retired_at],
    )  # fmt: skip


@pages.get("/desk/menus/dishes/new")
@access(*MANAGER)
def new_dish() -> str:
    """A dish to describe."""
    return _new(DishForm(MultiDict()), "dishes")


@pages.post(ALL)
@access(*MANAGER)
def create_dish() -> ResponseReturnValue:
    """Enter a dish."""
    form = DishForm()
    return written(
        form, form.wish,
        lambda session, who, now: service.add_dish(
            session, own_facility(), form.wish(), actor_id=who, now=now
        ),
        lambda: _new(form, "dishes"), f"{ALL}?saved=1",
    )  # fmt: skip


@pages.get("/desk/menus/sets/new")
@access(*MANAGER)
def new_set() -> str:
    """A set to put together."""
    return _new(_with_dishes(SetForm(MultiDict())), "sets")


@pages.post("/desk/menus/sets")
@access(*MANAGER)
def create_set() -> ResponseReturnValue:
    """Enter a set."""
    form = _with_dishes(SetForm())
    return written(
        form, form.wish,
        lambda session, who, now: service.add_set(
            session, own_facility(), form.wish(), actor_id=who, now=now
        ),
        lambda: _new(form, "sets"), f"{ALL}?saved=1",
    )  # fmt: skip


@pages.get("/desk/menus/<any(dishes, sets):shelf>/<int:number>")
@access(*MANAGER)
def item_page(shelf: str, number: int) -> str:
    """A dish or set, to change."""
    return _page((KINDS[shelf], number))


@pages.post("/desk/menus/dishes/<int:number>")
@access(*MANAGER)
def save_dish(number: int) -> ResponseReturnValue:
    """Describe a dish anew."""
    form, item = DishForm(), (ItemKind.DISH, number)
    return written(
        form, form.wish,
        lambda session, who, now: service.change_dish(
            session, own_facility(), number, form.wish(), actor_id=who, now=now
        ),
        lambda: _page(item, form=form), f"{ALL}/{number}?saved=1",
    )  # fmt: skip


@pages.post("/desk/menus/sets/<int:number>")
@access(*MANAGER)
def save_set(number: int) -> ResponseReturnValue:
    """Put a set together anew."""
    form, item = _with_dishes(SetForm(), number), (ItemKind.SET, number)
    return written(
        form, form.wish,
        lambda session, who, now: service.change_set(
            session, own_facility(), number, form.wish(), actor_id=who, now=now
        ),
        lambda: _page(item, form=form), f"/desk/menus/sets/{number}?saved=1",
    )  # fmt: skip


@pages.post("/desk/menus/<any(dishes, sets):shelf>/<int:number>/retirement")
@access(*MANAGER)
def retire(shelf: str, number: int) -> ResponseReturnValue:
    """Cook it no longer, or (when it is retired) again."""
    form, item = PressForm(), (KINDS[shelf], number)
    again = request.form.get("again") == "1"
    command = service.take_up if again else service.retire
    return written(
        form, lambda: (item, again),
        lambda session, who, now: command(session, own_facility(), item, actor_id=who, now=now),
        lambda: _page(item), f"{ALL}?saved=1",
    )  # fmt: skip


@pages.post("/desk/menus/<any(dishes, sets):shelf>/<int:number>/photo")
@access(*MANAGER)
@takes_a_picture
def save_photo(shelf: str, number: int) -> ResponseReturnValue:
    """Show a photograph, drawn anew, or the drawing again."""
    form, item = PhotoForm(), (KINDS[shelf], number)
    entry_of(db.session(), own_facility(), item)
    db.session.rollback()  # drawing takes a while: no transaction waits for it
    try:
        drawn = None if form.remove.data else _drawn(form)
    except Refusal as refusal:
        form.validate()
        refusal.field = "photo"
        form.refuse(refusal)
        return _page(item, photo=form), 422
    return written(
        form, lambda: (item, len(drawn.full) if drawn else 0),
        lambda session, who, now: _photo(session, item, drawn, who, now),
        lambda: _page(item, photo=form), f"/desk/menus/{shelf}/{number}?saved=1",
    )  # fmt: skip


def _drawn(form: PhotoForm) -> Drawn:
    """The file that was sent, drawn anew; raises `BadPicture` for none."""
    if not form.photo.data or not hasattr(form.photo.data, "stream"):
        raise BadPicture
    return draw(form.photo.data.stream)


def _photo(session: Session, item: Item, drawn: Drawn | None, who: int, now: datetime) -> None:
    if drawn is None:
        drop_photo(session, own_facility(), item, actor_id=who, now=now)
    else:
        set_photo(session, own_facility(), item, drawn, actor_id=who, now=now)


def _new(form: WriteForm, kind: str) -> str:
    own = own_canteen(db.session())
    if own.is_point:
        raise NotFound
    return render("meals/dish_new.html", own=own, form=form, kind=kind)


def _page(
    item: Item, *, form: DishForm | SetForm | None = None, photo: PhotoForm | None = None
) -> str:
    session = db.session()
    entry = entry_of(session, own_facility(), item)
    if form is None:
        form = _dish_form(entry) if entry.is_dish else _set_form(entry)
    return render(
        "meals/dish.html", entry=entry, form=form, words=words, press=PressForm(MultiDict()),
        photo=photo or PhotoForm(MultiDict()),
    )  # fmt: skip


def _dish_form(entry: Entry) -> DishForm:
    return DishForm(
        formdata=None, name=entry.name, price_fen=entry.price_fen, picture=entry.picture,
        ingredients=entry.ingredients, allergens=list(entry.allergens), diets=list(entry.diets),
    )  # fmt: skip


def _set_form(entry: Entry) -> SetForm:
    form = SetForm(
        formdata=None, name=entry.name, price_fen=entry.price_fen,
        dishes=[number for number, _name in entry.dishes],
    )  # fmt: skip
    return _with_dishes(form, entry.item[1])


def _with_dishes(form: SetForm, number: int = 0) -> SetForm:
    """The dishes of the own kitchen to tick: those that are cooked, and those in the set."""
    entries = cookbook(db.session(), own_facility())
    inside = {
        part for one in entries if one.item == (ItemKind.SET, number) for part, _name in one.dishes
    }
    form.dishes.choices = [
        SelectChoice(one.item[1], one.name)
        for one in entries
        if one.is_dish and (not one.retired_at or one.item[1] in inside)
    ]
    return form
