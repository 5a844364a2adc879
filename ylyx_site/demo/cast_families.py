"""The families of those who sign in: their children, and what is booked for them."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import groupby

from ylyx_site.demo.bookings import Openings, Series, open_series
from ylyx_site.demo.families import Charge
from ylyx_site.demo.people import Child, Family
from ylyx_site.demo.register import Place
from ylyx_site.demo.rules import months_before
from ylyx_site.demo.tables import CastChild, cast_bookings, cast_children
from ylyx_site.shared.ages import months_on


def cast_families(
    accounts: dict[str, int], places: list[Place], today: date
) -> list[tuple[int, Family]]:
    """(account, family) pairs of the cast."""
    by_name = {place.nursery.name: place for place in places}
    return [
        (accounts[phone], Family("", relation, [_child(one, by_name, today) for one in group]))
        for (phone, relation), group in groupby(
            cast_children(), key=lambda one: (one.phone, one.relation)
        )
    ]


def cast_series(
    charges: list[Charge], openings: Openings, working_day: Callable[[int], date]
) -> list[Series]:
    """What is booked for the children of the cast; `working_day(n)` is the n-th from today."""
    by_name = {charge.child.name: charge for charge in charges}
    series = [
        open_series(by_name[one.child], one.half, [working_day(one.working_day)], openings)
        for one in cast_bookings()
    ]
    return [one for one in series if one.days]


def _child(one: CastChild, places: dict[str, Place], today: date) -> Child:
    place = places[one.nursery]
    born_on = months_before(today, one.months) - timedelta(days=one.days)
    months = months_on(born_on, today)
    class_id = next(class_id for class_id, plan in place.classes if months in plan.ages)
    return Child(one.name, one.sex, born_on, place, class_id)
