"""Somebody is on the telephone: the card, and ordering with one key."""

from dataclasses import dataclass

from flask import Blueprint, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as BaseResponse

from ylyx_site.benefits.rules import Occasion
from ylyx_site.benefits.service.limits import limits_left
from ylyx_site.benefits.words import payer_words, reason_words
from ylyx_site.counter import words
from ylyx_site.counter.forms.phone import CallForm, FindForm
from ylyx_site.counter.policy.usual import (
    Slot,
    is_usual,
    next_slot,
    slots_of,
    usual_numbers,
    usual_serving,
)
from ylyx_site.counter.queries.calls import Caller, bound_to, caller_of, eater_here
from ylyx_site.counter.views.doors import CLERKS, PHONE
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.families import words as family_words
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, write_under_a_code
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.meals import words as meal_words
from ylyx_site.meals.policy.eaters import as_eater
from ylyx_site.meals.policy.planning import Planned, plan_for
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.rules.canteens import CanteenFacts
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.service.desk import order_at_desk
from ylyx_site.meals.service.orders import refuse_incomplete
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("desk_calls", __name__)
PERSON = f"{PHONE}/people/<int:elder_id>"
KEYED = 9  # so many of the next meals can be chosen by a digit


@dataclass(frozen=True, slots=True)
class Chip:
    """A meal to choose: `key` is the digit that chooses it, empty beyond nine."""

    slot: Slot
    address: str
    key: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Call:
    """What the page rests on: the card, the meals of the coming days, and which of them it is."""

    caller: Caller
    canteen: CanteenFacts
    slots: list[Slot]
    slot: Slot | None

    @property
    def eater(self) -> Eater:
        """The caller as ordering knows one."""
        return as_eater(self.caller.eater)


@pages.get(PERSON)
@access(*CLERKS)
def call_page(elder_id: int) -> str | tuple[str, int]:
    """The card with the usual filled in and priced; nothing is written but the journal."""
    call = _call(elder_id, request.args)
    form = CallForm(_with_usual(call, request.args))
    planned = _planned(call, form)
    page = _page(call, form, planned)
    return (page, 422) if form.errors else page


@pages.get(f"{PERSON}/quote")
@access(*CLERKS)
def show_quote(elder_id: int) -> str | tuple[str, int]:
    """What a choice costs, line by line: a part of the page, worked out anew on each change."""
    canteen = canteen_of(db.session(), own_facility())
    eater = eater_here(db.session(), canteen.id, elder_id, clock.today())
    form = CallForm(request.args)
    planned = _plan(form, canteen.id, as_eater(eater))
    part = render("counter/_quote.html", **_quote(form, planned))
    return (part, 422) if form.errors else part


@pages.post(f"{PERSON}/orders")
@access(*CLERKS)
def create_order(elder_id: int) -> str | BaseResponse | tuple[str, int]:
    """Order it, or show the card with the reason and the figures of now."""
    canteen_id, form, status = own_facility(), CallForm(), 422
    eater = as_eater(eater_here(db.session(), canteen_id, elder_id, clock.today()))
    if form.validate() and not form.show.data:
        wish = form.wish_for(canteen_id, elder_id)
        try:
            return htmx.see_other(
                write_under_a_code(
                    str(form.key.data), wish, f"{PHONE}/orders",
                    lambda session, code, who, now: order_at_desk(
                        session, wish, (eater,), actor_id=who, code=code, now=now
                    ),
                )
            )  # fmt: skip
        except Refusal as refusal:
            status = refusal.status
            form.refuse(refusal)
    call = _call(elder_id, request.form)
    page = _page(call, form, _plan_again(call, form))
    return (page, status) if form.errors else page


def _call(elder_id: int, fields: MultiDict[str, str]) -> Call:
    session, canteen_id, now = db.session(), own_facility(), clock.now()
    caller = caller_of(session, canteen_id, elder_id, clock.day_of(now))
    remember_read(
        "counter.card_opened", f"person:{elder_id}",
        actor_id=signed_in().account_id, facility_id=canteen_id,
    )  # fmt: skip
    canteen = canteen_of(session, canteen_id)
    ordered = {(one.day, one.meal) for one in caller.coming}
    slots = slots_of(session, canteen, ordered, now)
    chosen = (fields.get("date", ""), fields.get("meal", ""))
    slot = next((one for one in slots if (one.day.isoformat(), one.meal.value) == chosen), None)
    return Call(caller, canteen, slots, slot or next_slot(slots, caller.last))


def _with_usual(call: Call, args: MultiDict[str, str]) -> MultiDict[str, str]:
    """The fields of the address; what is missing is as last time."""
    fields: MultiDict[str, str] = MultiDict(args)
    fields["person_id"] = str(call.caller.eater.id)
    if call.slot is None:
        return fields
    fields["date"], fields["meal"] = call.slot.day.isoformat(), call.slot.meal.value
    if args.get("walk_in"):
        fields.setdefault("serving", Serving.DINE_IN.value)
        fields.setdefault(
            "late_reason", gettext("老人到窗口，现场加餐") if call.slot.is_late else ""
        )
    fields.setdefault("serving", usual_serving(call.caller.last).value)
    if not any(name.startswith(("set-", "dish-")) for name in fields):
        for (kind, number), count in usual_numbers(call.slot.menu, call.caller.last).items():
            fields[f"{kind.value}-{number}"] = str(count)
    return fields


def _planned(call: Call, form: CallForm) -> Planned | None:
    if call.slot is None:
        return None
    return _plan(form, call.canteen.id, call.eater)


def _plan(form: CallForm, canteen_id: int, eater: Eater) -> Planned | None:
    """The plan of a form's fields; why it cannot be is told on the form. The key is not asked."""
    form.validate()
    form.key.errors = []
    if form.errors or not form.portions.data:
        return None
    try:
        planned = _made(db.session(), form, canteen_id, eater)
        refuse_incomplete(planned)
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    return planned


def _plan_again(call: Call, form: CallForm) -> Planned | None:
    """What can be shown of the plan after a refusal; None when the form itself is wrong."""
    try:
        planned = _made(db.session(), form, call.canteen.id, call.eater)
    except (Refusal, ValueError, AssertionError):
        return None
    return planned if planned.meals else None


def _made(session: Session, form: CallForm, canteen_id: int, eater: Eater) -> Planned:
    """The plan, a late one too: the page asks for the reason."""
    return plan_for(
        session, form.wish_for(canteen_id, eater.id), (eater,),
        account_id=signed_in().account_id, now=clock.now(), may_be_late=True,
    )  # fmt: skip


def _page(call: Call, form: CallForm, planned: Planned | None) -> str:
    caller, slot = call.caller, call.slot
    return render(
        "counter/call.html", caller=caller, canteen=call.canteen, slot=slot,
        find=FindForm(None),
        chips=_chips(call), eater=call.eater, servings=_servings(call, form), words=words,
        family_words=family_words, left=_left(call),
        bound=bound_to(db.session(), caller.eater.id), base=f"{PHONE}/people/{caller.eater.id}",
        is_usual=is_usual(form.portions.data, caller.last), **_quote(form, planned),
    )  # fmt: skip


def _quote(form: CallForm, planned: Planned | None) -> dict[str, object]:
    return {
        "form": form, "planned": planned, "payer_words": payer_words,
        "reason_words": reason_words, "meal_words": meal_words,
    }  # fmt: skip


def _chips(call: Call) -> list[Chip]:
    base = f"{PHONE}/people/{call.caller.eater.id}"
    return [
        Chip(
            one, address(base, date=one.day, meal=one.meal.value),
            str(number) if number <= KEYED else "", one is call.slot,
        )
        for number, one in enumerate(call.slots, 1)
    ]  # fmt: skip


def _servings(call: Call, form: CallForm) -> list[tuple[Serving, str, bool, bool]]:
    """Each way of serving with its key, whether it can be, and whether it is chosen."""
    division = call.caller.eater.division_code
    can_deliver = division is not None and call.canteen.delivers_to(division)
    return [
        (one, key, one is not Serving.DELIVERY or can_deliver, form.serving.data == one.value)
        for one, key in (
            (Serving.DELIVERY, "S"), (Serving.PICK_UP, "Z"), (Serving.DINE_IN, "T")
        )
    ]  # fmt: skip


def _left(call: Call) -> list[words.LeftWords]:
    """What is left of the caller's benefits for the meal that is asked for."""
    day = call.slot.day if call.slot else clock.today()
    meal = call.slot.meal if call.slot else Meal.LUNCH
    serving = usual_serving(call.caller.last)
    occasion = Occasion(
        call.caller.eater.id, call.canteen.id, day, 0, 0, meal=meal, serving=serving
    )  # fmt: skip
    return words.left_words(limits_left(db.session(), occasion))
