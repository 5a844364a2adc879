"""Pages of meals, by audience."""

from ylyx_site.meals.views.changes import pages as changes
from ylyx_site.meals.views.cookbook import pages as cookbook
from ylyx_site.meals.views.desk import pages as desk
from ylyx_site.meals.views.orders import pages as orders
from ylyx_site.meals.views.planner import pages as planner
from ylyx_site.meals.views.plans import pages as plans
from ylyx_site.meals.views.public import pages as public
from ylyx_site.meals.views.terms import pages as terms
from ylyx_site.meals.views.tickets import pages as tickets
from ylyx_site.meals.views.withdrawing import pages as withdrawing

__all__ = [
    "changes",
    "cookbook",
    "desk",
    "orders",
    "planner",
    "plans",
    "public",
    "terms",
    "tickets",
    "withdrawing",
]
