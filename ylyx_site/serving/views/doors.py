"""Who stands at the counter, and which list is meant."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from ylyx_site.facilities.kinds import Meal
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.rules.canteens import CanteenFacts
from ylyx_site.serving.forms.counter import ListForm
from ylyx_site.serving.rules.wishes import Author
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import address

LIST = "/desk/collection"
COUNTER = (Role.CLERK, Role.CANTEEN_MANAGER)


@dataclass(frozen=True, slots=True)
class Asked:
    """The list that an address names: today's and the meal of this hour unless it says else."""

    canteen: CanteenFacts
    day: date
    meal: Meal
    q: str
    errors: tuple[str, ...] = ()

    def address(self, path: str = LIST, **more: str) -> str:
        """An address of this list."""
        day = None if self.day == clock.today() else self.day
        return address(path, **({"date": day, "meal": self.meal.value, "q": self.q} | more))


def author_of(key: str | None) -> Author:
    """The visitor as the author of what this request writes."""
    who = signed_in()
    return Author(
        own_facility(), who.account_id, clock.now(), key or "",
        is_manager=who.role is Role.CANTEEN_MANAGER,
    )  # fmt: skip


def asked(session: Session, fields: MultiDict[str, str]) -> Asked:
    """Read which list is meant."""
    form = ListForm(fields)
    errors = () if form.validate() else tuple(str(one) for one in form.date.errors)
    canteen = canteen_of(session, own_facility())
    meal = form.wanted or canteen.meal_at(clock.minute_of(clock.now()))
    return Asked(
        canteen, form.date.data or clock.today(), meal, (form.q.data or "").strip()[:40], errors
    )  # fmt: skip
