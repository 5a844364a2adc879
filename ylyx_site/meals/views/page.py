"""The page on which a meal is ordered: menu, people, ways of serving, and the quote."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from sqlalchemy.orm import Session

from ylyx_site.benefits.words import lapsed_words, payer_words, why_not_words
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.meals import words
from ylyx_site.meals.forms.orders import MealForm
from ylyx_site.meals.kinds import MEAL_SLOTS
from ylyx_site.meals.policy.planning import Planned, cutoffs_of
from ylyx_site.meals.policy.pricing import PricedMeal, priced_alone
from ylyx_site.meals.queries.canteens import servings_left
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.meals.rules.canteens import CanteenFacts, Menu, MenuLine
from ylyx_site.meals.rules.choices import each_alone
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.rules.planning import PlannedMeal
from ylyx_site.meals.views.asking import Chip, When, meal_chips
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import Value
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.money import yuan

DAYS = 8


class Choice(NamedTuple):
    """A line of the menu. `pay_fen` with benefits, as if it were the only one; None: unknown."""

    line: MenuLine
    typed: str
    pay_fen: int | None
    diets: list[str]
    allergens: str
    warnings: list[str]
    missing: list[str]


class Way(NamedTuple):
    """A way of serving; `words` what to know about it, `is_there` whether it can be chosen."""

    serving: Serving
    name: str
    words: str
    is_there: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A line of figures; `small` stands under its words."""

    words: str
    fen: int
    small: str = ""


@dataclass(frozen=True, slots=True)
class PersonQuote:
    """One person's meal line by line, and why other benefits do not apply.

    `lapsed`: which evidence has run out and would have made it cheaper, else empty.
    `warnings`: what of the chosen dishes the person avoids; `missing`: the diet they lack.
    """

    person_id: int
    name: str
    lines: tuple[QuoteLine, ...]
    why_not: tuple[tuple[str, str], ...]
    pay_fen: int
    already: str
    lapsed: str
    warnings: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """All that the page shows besides its form."""

    canteen: CanteenFacts
    when: When
    eaters: tuple[Eater, ...]
    chosen: frozenset[int]
    chips: tuple[Chip, ...]
    choices: tuple[Choice, ...]
    ways: tuple[Way, ...]
    cutoff: str
    title: str


def page_of(
    session: Session, canteen: CanteenFacts, form: MealForm, eaters: Sequence[Eater], when: When
) -> Page:
    """The page; the same number of queries for any menu and any family."""
    today = clock.today()
    last = max(today + timedelta(days=DAYS - 1), when.day)
    found = menus_of(session, [canteen.kitchen_id], today, last)
    menus = {key[1:]: menu for key, menu in found.items() if key[2] in canteen.meals}
    chosen = frozenset(form.person_id.data) & {one.id for one in eaters}
    eating = tuple(one for one in eaters if one.id in chosen)
    serving = Serving(form.serving.data) if form.serving.data in tuple(Serving) else None
    menu = menus.get((when.day, when.meal))
    cutoff = cutoffs_of(canteen, [(when.day, when.meal)]).get((when.day, when.meal))
    keys = sorted(menus, key=lambda key: (key[0], MEAL_SLOTS[key[1]]))
    pays: list[int | None] = [None] * (len(menu.lines) if menu else 0)
    if menu and eating:
        pays = [*_pays(session, canteen.id, menu, eating[0], serving)]
    fields: dict[str, Value] = {"person_id": sorted(chosen), "serving": form.serving.data}
    return Page(
        canteen=canteen, when=when, eaters=tuple(eaters), chosen=chosen,
        chips=meal_chips(f"/meals/{canteen.id}/orders/new", keys, when, fields),
        choices=_choices(menu, pays, form, eating) if menu else (),
        ways=_ways(session, canteen, when, eating, serving),
        cutoff=words.cutoff_words(cutoff, clock.now()) if cutoff else "",
        title=_("给%(names)s订餐", names=_("、").join(one.name for one in eating))
        if eating
        else _("订餐"),
    )  # fmt: skip


def _pays(
    session: Session, canteen_id: int, menu: Menu, eater: Eater, serving: Serving | None
) -> list[int]:
    """What one portion of each line costs this person after benefits."""
    alone = list(each_alone(menu, eater, serving or Serving.PICK_UP))
    return [one.pay_fen for one in priced_alone(session, canteen_id, alone)]


def _choices(
    menu: Menu, pays: Sequence[int | None], form: MealForm, eating: tuple[Eater, ...]
) -> tuple[Choice, ...]:
    return tuple(
        Choice(
            line, form.portions.typed.get(line.field, ""), pay, words.diet_names(line.diets),
            words.allergen_names(line.allergens), words.warnings(eating, line),
            words.missing_diets(eating, line),
        )
        for line, pay in zip(menu.lines, pays, strict=True)
    )  # fmt: skip


def _ways(
    session: Session,
    canteen: CanteenFacts,
    when: When,
    eating: tuple[Eater, ...],
    chosen: Serving | None,
) -> tuple[Way, ...]:
    left = servings_left(session, [canteen.id], when.day, when.day)
    ways = []
    for serving in (Serving.DELIVERY, Serving.PICK_UP, Serving.DINE_IN):
        places = left.get((canteen.id, serving, when.day, when.meal), 0)
        told, is_there = _way_words(canteen, when.meal, serving, places, eating)
        name = words.serving_name(serving)
        ways.append(Way(serving, name, told, is_there, serving is chosen and is_there))
    return tuple(ways)


def _way_words(
    canteen: CanteenFacts, meal: Meal, serving: Serving, places: int, eating: tuple[Eater, ...]
) -> tuple[str, bool]:
    if serving is Serving.DELIVERY:
        refusal = _no_delivery(canteen, eating)
        if refusal:
            return refusal, False
    if places < 1:
        return _("已经排满"), False
    hours = str(canteen.meals[meal].span) if meal in canteen.meals else ""
    if serving is Serving.DINE_IN:
        return _("%(hours)s · 余 %(num)d 座", hours=hours, num=places), True
    if serving is Serving.PICK_UP:
        return _("%(hours)s · 报姓名就行", hours=hours), True
    if canteen.fee_fen:
        fee = f"{canteen.fee_fen // 100}.{canteen.fee_fen % 100:02d}"
        return _("每人送餐费 ¥%(fee)s · 补贴不抵送餐费", fee=fee), True
    return _("免送餐费"), True


def _no_delivery(canteen: CanteenFacts, eating: tuple[Eater, ...]) -> str:
    if not canteen.delivers:
        return _("这家食堂不送餐")
    for eater in eating:
        if eater.division_code is None:
            return _("还没有填%(name)s的住址", name=eater.name)
        if not canteen.delivers_to(eater.division_code):
            return _("%(name)s的住址不在送餐范围", name=eater.name)
    return ""


def usual_serving(
    session: Session, canteen: CanteenFacts, when: When, eating: tuple[Eater, ...]
) -> Serving | None:
    """What the form starts with: brought home where that is free, else collected, else a seat."""
    ways = _ways(session, canteen, when, eating, None)
    there = [one.serving for one in ways if one.is_there]
    if canteen.fee_fen and there[:1] == [Serving.DELIVERY]:
        there = [*there[1:], Serving.DELIVERY]  # what costs extra is chosen by the family
    return next(iter(there), None)


def quotes_of(planned: Planned) -> tuple[PersonQuote, ...]:
    """The quote of each person's meal, for the page."""
    return tuple(_person_quote(one) for one in planned.meals)


def _person_quote(one: PricedMeal) -> PersonQuote:
    meal, quote = one.meal, one.quote
    lines = [
        QuoteLine(_("%(name)s × %(num)d", name=part.line.name, num=part.number), part.fen)
        for part in meal.portions
    ]
    if quote.lines and quote.beyond_fen:
        lines[-1] = replace(lines[-1], small=_("补贴只算一个人的一份，多订的按原价付。"))
    lines += [
        QuoteLine(line.title, -line.fen, f"{payer_words(line.payer)} · {line.clause}")
        for line in quote.lines
    ]
    if quote.fee_fen:
        lines.append(QuoteLine(_("送餐费"), quote.fee_fen))
    why_not = tuple(
        (line.title, why_not_words(line.reason, line.apply)) for line in quote.not_given
    )
    return PersonQuote(
        meal.eater.id, meal.eater.name, tuple(lines), why_not, one.pay_fen, _already(one),
        lapsed_note(one), _of_dishes(meal, words.warnings), _of_dishes(meal, words.missing_diets),
    )  # fmt: skip


def _of_dishes(
    meal: PlannedMeal, told: Callable[[list[Eater], MenuLine], list[str]]
) -> tuple[str, ...]:
    """What is to be said of the chosen dishes for their person, each once."""
    chosen = (told([meal.eater], part.line) for part in meal.portions)
    return tuple(dict.fromkeys(word for found in chosen for word in found))


def lapsed_note(one: PricedMeal) -> str:
    """Which evidence has run out, and what it costs; empty mostly."""
    lapsed = one.quote.lapsed
    if lapsed is None:
        return ""
    groups, day = lapsed_words(lapsed)
    return _(
        "%(name)s的%(groups)s登记%(day)s到期了，少补 %(money)s。请到社区续办。",
        name=one.meal.eater.name, groups=groups, day=day, money=yuan(lapsed.fen),
    )  # fmt: skip


def _already(one: PricedMeal) -> str:
    """Who ordered this meal before, and what."""
    already = one.meal.already
    if already is None:
        return ""
    if already.is_own:
        return _(
            "您已经给%(name)s订了这一餐：%(what)s。", name=one.meal.eater.name, what=already.what
        )
    return _(
        "%(who)s已经给%(name)s订了这一餐：%(what)s。",
        who=already.who, name=one.meal.eater.name, what=already.what,
    )  # fmt: skip
