"""Taking back what is public: first who is touched, then the reason, then how each stands."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from ylyx_site.facilities.kinds import Meal
from ylyx_site.identity.access import access
from ylyx_site.meals import words
from ylyx_site.meals.forms.menus import WithdrawForm, item_from_text
from ylyx_site.meals.queries.planner import MenuState, PlanLine, PlannedMenu, planned_menus
from ylyx_site.meals.queries.withdrawals import Answer, Touched, touched_by, withdrawals_of
from ylyx_site.meals.service.withdrawals import withdraw
from ylyx_site.meals.views.doors import (
    MANAGER,
    WINDOW,
    meal_of_address,
    own_canteen,
    written,
)
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import pretty_code, public_code
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.money import yuan
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import DaySpan
from ylyx_site.shared.templating import render

pages = Blueprint("desk_withdrawals", __name__)


@dataclass(frozen=True, slots=True)
class Sum:
    """Some meals in numbers; money in fen. `elsewhere`: how many at each point, by its name."""

    meals: int
    families: int
    pay_fen: int
    paid_fen: int
    elsewhere: tuple[tuple[str, int], ...]
    own: tuple[Touched, ...]
    answers: Counter[Answer]


@pages.get("/desk/menus/<day>/<any(breakfast, lunch, dinner):meal>/withdrawal")
@access(*MANAGER)
def ask(day: str, meal: str) -> str:
    """Who is touched, and the form that asks why."""
    form = WithdrawForm(MultiDict({"item": request.args.get("item", "")}))
    return _ask(form, *meal_of_address(day, meal))


@pages.post("/desk/menus/<day>/<any(breakfast, lunch, dinner):meal>/withdrawal")
@access(*MANAGER)
def take_back(day: str, meal: str) -> ResponseReturnValue:
    """Take it back; then how each family stands."""
    when, form = meal_of_address(day, meal), WithdrawForm()
    own, menu, line = _public(db.session(), form.item.data or "", *when)
    form.move_to.choices = _moves(menu, line)
    return written(
        form, lambda: form.wish(own, *when),
        lambda session, who, now: withdraw(
            session, form.wish(own, *when), actor_id=who, codes=public_code, now=now
        ),
        lambda: _ask(form, *when), f"/desk/menus/{day}/{meal}/withdrawn?done=1",
    )  # fmt: skip


@pages.get("/desk/menus/<day>/<any(breakfast, lunch, dinner):meal>/withdrawn")
@access(*WINDOW)
def withdrawn(day: str, meal: str) -> str:
    """What was taken back of a menu: who has moved, who wants money, who has not answered."""
    when, session = meal_of_address(day, meal), db.session()
    own = own_canteen(session)
    found = withdrawals_of(session, own.kitchen_id, *when)
    menu = planned_menus(session, own.kitchen_id, DaySpan(when[0], when[0])).get(when)
    if menu is None or not found:
        raise NotFound
    names = {one.item: one.name for one in menu.lines}
    return render(
        "meals/withdrawn.html", own=own, day=when[0], meal=when[1], menu=menu, words=words,
        pretty=pretty_code,
        withdrawals=[
            (one, names.get(one.item, _("一样菜")) if one.item else "",
             _sum(one.meals, own.id, is_point=own.is_point))
            for one in found
        ],
    )  # fmt: skip


def _public(
    session: Session, item: str, day: date, meal: Meal
) -> tuple[int, PlannedMenu, PlanLine | None]:
    """The own public menu, and the line that `item` names; raises `NotFound`."""
    own = own_canteen(session)
    menu = planned_menus(session, own.id, DaySpan(day, day)).get((day, meal))
    if own.is_point or menu is None or menu.state is not MenuState.PUBLIC:
        raise NotFound
    line = next((one for one in menu.live if one.item == item_from_text(item)), None)
    if item and line is None:
        raise NotFound
    return own.id, menu, line


def _ask(form: WithdrawForm, day: date, meal: Meal) -> str:
    session = db.session()
    own, menu, line = _public(session, form.item.data or "", day, meal)
    form.move_to.choices = _moves(menu, line)
    touched = touched_by(session, own, day, meal, line.item if line else None)
    return render(
        "meals/withdrawal.html", form=form, day=day, meal=meal, menu=menu, line=line,
        sum=_sum(touched, own, is_point=False), words=words, pretty=pretty_code,
    )  # fmt: skip


def _moves(menu: PlannedMenu, line: PlanLine | None) -> list[SelectChoice]:
    """What all could get at once: another set for a set, a dish for a dish, at no more."""
    choices = [SelectChoice("", _("不代改，让家里人自己选"))]
    if line is not None:
        choices += [
            SelectChoice(
                one.field,
                _("都改成%(name)s（%(money)s），不加价，家里人可以取消",
                  name=one.name, money=yuan(one.price_fen)),
            )
            for one in menu.live
            if one.item != line.item
            and one.item[0] is line.item[0]
            and one.price_fen <= line.price_fen
        ]  # fmt: skip
    return choices


def _sum(meals: Sequence[Touched], own_id: int, *, is_point: bool) -> Sum:
    """In numbers; of the people at other places only how many they are."""
    own = tuple(one for one in meals if one.facility_id == own_id)
    counted = own if is_point else tuple(meals)
    elsewhere: Iterable[str] = (one.facility for one in counted if one.facility_id != own_id)
    return Sum(
        len(counted), len({one.order_account for one in counted}),
        sum(one.pay_fen for one in counted), sum(max(0, one.paid_fen) for one in counted),
        tuple(sorted(Counter(elsewhere).items())), own, Counter(one.answer for one in counted),
    )  # fmt: skip
