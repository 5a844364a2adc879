"""Pages of meals, by audience."""

from ylyx_site.meals.views.desk import pages as desk
from ylyx_site.meals.views.orders import pages as orders
from ylyx_site.meals.views.plans import pages as plans
from ylyx_site.meals.views.public import pages as public
from ylyx_site.meals.views.tickets import pages as tickets

__all__ = ["desk", "orders", "plans", "public", "tickets"]
