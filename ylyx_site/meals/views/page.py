"""The page on which a meal is ordered: menu, people, ways of serving."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.meals import words
from ylyx_site.meals.forms.orders import MealForm
from ylyx_site.meals.kinds import MEAL_SLOTS
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.queries.menus import menus_of
from ylyx_site.meals.rules.canteens import CanteenFacts, Menu, is_past
from ylyx_site.meals.rules.eaters import Eater
from ylyx_site.meals.views.asking import Chip, When, meal_chips
from ylyx_site.meals.views.choices import Choice, choices_of
from ylyx_site.meals.views.ways import Way, ways_of
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import Value
from ylyx_site.shared.language import gettext as _

DAYS = 8


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
    keys = _open_keys(canteen, menus, when)
    fields: dict[str, Value] = {"person_id": sorted(chosen), "serving": form.serving.data}
    return Page(
        canteen=canteen, when=when, eaters=tuple(eaters), chosen=chosen,
        chips=meal_chips(f"/meals/{canteen.id}/orders/new", keys, when, fields),
        choices=choices_of(session, canteen.id, menu, form, eating) if menu else (),
        ways=ways_of(session, canteen, when, eating, serving),
        cutoff=words.cutoff_words(cutoff, clock.now()) if cutoff else "",
        title=_("给%(names)s订餐", names=_("、").join(one.name for one in eating))
        if eating
        else _("订餐"),
    )  # fmt: skip


def _open_keys(
    canteen: CanteenFacts, menus: Mapping[tuple[date, Meal], Menu], when: When
) -> list[tuple[date, Meal]]:
    """The meals that can still be ordered, and the one that is looked at."""
    cutoffs, now = cutoffs_of(canteen, menus), clock.now()
    return sorted(
        (
            key
            for key in menus
            if not is_past(cutoffs[key], now) or key == (when.day, when.meal)
        ),
        key=lambda key: (key[0], MEAL_SLOTS[key[1]]),
    )  # fmt: skip
