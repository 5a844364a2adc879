"""Which kitchen, day and meal are meant."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from ylyx_site.facilities.kinds import Meal
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.roles import Role
from ylyx_site.kitchen.forms.sheet import SheetForm
from ylyx_site.meals.policy.planning import cutoffs_of
from ylyx_site.meals.queries.canteens import canteen_of
from ylyx_site.meals.rules.canteens import CanteenFacts
from ylyx_site.shared import clock
from ylyx_site.shared.addresses import address

PAGE = "/desk/kitchen"
WINDOW = (Role.CLERK, Role.CANTEEN_MANAGER)


@dataclass(frozen=True, slots=True)
class Asked:
    """The sheet that an address names: today's next meal unless it says else."""

    canteen: CanteenFacts
    day: date
    meal: Meal
    errors: tuple[str, ...] = ()

    @property
    def cooks(self) -> bool:
        """Whether it is a kitchen of its own; points get their meals from another."""
        return self.canteen.kitchen_id == self.canteen.id

    @property
    def cutoff(self) -> datetime | None:
        """Until when families may order, if the meal is served."""
        key = (self.day, self.meal)
        return cutoffs_of(self.canteen, [key]).get(key)

    def address(self, path: str = PAGE, **more: str) -> str:
        """An address of this sheet."""
        day = None if self.day == clock.today() else self.day
        return address(path, **({"date": day, "meal": self.meal.value} | more))


def asked(session: Session, fields: MultiDict[str, str]) -> Asked:
    """Read which sheet is meant."""
    form = SheetForm(fields)
    errors = () if form.validate() else tuple(str(one) for one in form.date.errors)
    canteen = canteen_of(session, own_facility())
    meal = form.wanted or canteen.meal_at(clock.minute_of(clock.now()))
    return Asked(canteen, form.date.data or clock.today(), meal, errors)
