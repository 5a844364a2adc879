"""The kitchen's sheet: how many of what, and how it has to be; on the desk, on paper, as xlsx."""

from dataclasses import dataclass

from flask import Blueprint, request, send_file
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Serving
from ylyx_site.identity.access import access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.kitchen.queries.nurseries import NurseryMeals, nursery_meals
from ylyx_site.kitchen.queries.samples import dishes_cooked, samples_of
from ylyx_site.kitchen.queries.sheet import Names, wanted_of
from ylyx_site.kitchen.rules import wants
from ylyx_site.kitchen.rules.freezing import Stand
from ylyx_site.kitchen.views.doors import PAGE, WINDOW, Asked, asked
from ylyx_site.kitchen.words import change_words, need_words
from ylyx_site.meals import words as meal_words
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.queries.canteens import supplied_by
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.serving import words as serving_words
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.spreadsheets import XLSX, Cell, Sheet, written
from ylyx_site.shared.templating import render

pages = Blueprint("kitchen", __name__)


@dataclass(frozen=True, slots=True)
class SheetPage:
    """Everything on the sheet; figures only, nobody's name."""

    asked: Asked
    meals: list[wants.Wanted]
    lines: list[wants.Line]
    names: Names
    nurseries: list[NurseryMeals]
    is_closed: bool

    @property
    def total(self) -> int:
        """Meals to be cooked for elders."""
        return sum(one.is_cooked for one in self.meals)

    @property
    def children(self) -> int:
        """Meals to be cooked for nurseries."""
        return sum(one.children for one in self.nurseries)

    def stands(self, stand: Stand) -> int:
        """How many meals came late, or went late."""
        return sum(one.stand is stand for one in self.meals)

    def points(self) -> list[tuple[str, list[wants.Line]]]:
        """What each place gets, this kitchen's own first; empty when it supplies nobody else."""
        places = {one.where for one in self.meals if one.is_cooked}
        if places <= {self.asked.canteen.id}:
            return []
        ordered = sorted(places, key=lambda one: (one != self.asked.canteen.id, one))
        return [
            (self.names.places[place], self._lines_at(place)) for place in ordered
        ]  # fmt: skip

    def _lines_at(self, place: int) -> list[wants.Line]:
        there = [one for one in self.meals if one.where == place and one.is_cooked]
        return wants.lines_of(there, [line.item for line in self.lines])


@pages.app_template_filter("need_words")
def need_filter(need: str) -> str:
    """「低盐」「忌鱼」."""
    return need_words(need)


@pages.get(PAGE)
@access(*WINDOW)
def show_sheet() -> ResponseReturnValue:
    """The sheet on the desk."""
    return _page("kitchen/sheet.html")


@pages.get(f"{PAGE}/print")
@access(*WINDOW)
def print_sheet() -> ResponseReturnValue:
    """The sheet in large type, to hang up."""
    return _page("kitchen/printed.html")


@pages.get(f"{PAGE}/sheet")
@access(*WINDOW)
def download_sheet() -> ResponseReturnValue:
    """The sheet as a table to take away."""
    page = sheet_page(db.session(), asked(db.session(), request.args))
    _journal(page.asked, "kitchen.sheet_exported")
    name = f"kitchen-{page.asked.day.isoformat()}-{page.asked.meal.value}.xlsx"
    return send_file(
        written(_tables(page)), mimetype=XLSX, as_attachment=True, download_name=name
    )  # fmt: skip


def sheet_page(session: Session, wanted: Asked) -> SheetPage:
    """Gather the sheet; the same number of queries for ten meals and four hundred."""
    kitchen_id, key = wanted.canteen.id, (wanted.day, wanted.meal)
    places = [wanted.canteen, *supplied_by(session, kitchen_id)]
    cutoffs = {one.id: cutoffs_of(one, [key])[key] for one in places if key[1] in one.meals}
    meals, names = wanted_of(session, kitchen_id, *key, cutoffs)
    menu = menus_of(session, [kitchen_id], wanted.day, wanted.day, wanted.meal)
    order = [line.field for one in menu.values() for line in one.lines]
    return SheetPage(
        wanted, meals, wants.lines_of(meals, order), names,
        nursery_meals(session, kitchen_id, *key),
        is_closed=bool(wanted.cutoff and clock.now() >= wanted.cutoff),
    )  # fmt: skip


def _page(template: str) -> ResponseReturnValue:
    session = db.session()
    page = sheet_page(session, asked(session, request.args))
    wanted = page.asked
    _journal(wanted, "kitchen.sheet_read")
    cooked = dishes_cooked(session, wanted.canteen.id, wanted.day, wanted.meal)
    samples = samples_of(session, wanted.canteen.id, wanted.day, wanted.meal)
    shown = render(
        template, page=page, wanted=wanted, names=page.names.items, Stand=Stand, Serving=Serving,
        needs=wants.needs_of(page.meals), together=wants.together_of(page.meals),
        servings=wants.servings_of(page.meals), changes=wants.changes_of(page.meals),
        dishes=wants.dishes_of(page.lines, page.names.sets), need_words=need_words,
        change_words=change_words, meal_words=meal_words, words=serving_words,
        cooked=len(cooked), sampled=len(samples), is_today=wanted.day == clock.today(),
        minute_now=clock.minute_of(clock.now()),
    )  # fmt: skip
    return shown, 422 if wanted.errors else 200


def _tables(page: SheetPage) -> list[Sheet]:
    """Items with their needs, and portions of dishes."""
    needs = [need for need, _number in wants.needs_of(page.meals).most_common()]
    header = (
        _("菜或套餐"), _("份数"), _("截止时"), _("晚加"), _("晚退"),
        *(str(serving_words.SERVINGS[one][0]) for one in Serving), *map(need_words, needs),
    )  # fmt: skip
    names = page.names.items
    rows: list[tuple[Cell, ...]] = [
        (
            names[line.item], line.number, line.planned, line.added, line.gone,
            *(line.servings[one] for one in Serving), *(line.needs[need] for need in needs),
        )
        for line in page.lines
    ]  # fmt: skip
    rows += [(one.name, one.children) for one in page.nurseries]
    dishes = wants.dishes_of(page.lines, page.names.sets).most_common()
    portions = [(names[one], number) for one, number in dishes]
    return [
        Sheet(_("备餐单"), header, rows, (24,)),
        Sheet(_("每道菜做多少"), (_("菜"), _("份数")), portions, (24,)),
    ]


def _journal(wanted: Asked, action: str) -> None:
    """Needs are health data though no name stands beside them: small numbers tell."""
    remember_read(
        action, f"day:{wanted.canteen.id}:{wanted.day.isoformat()}",
        actor_id=signed_in().account_id, facility_id=wanted.canteen.id,
    )  # fmt: skip
