"""Pages of the counter."""

from ylyx_site.counter.views.belongings import pages as belongings
from ylyx_site.counter.views.calls import pages as calls
from ylyx_site.counter.views.care_bookings import pages as care_bookings
from ylyx_site.counter.views.care_calls import pages as care_calls
from ylyx_site.counter.views.elders import pages as elders
from ylyx_site.counter.views.families import pages as new_families
from ylyx_site.counter.views.new import pages as new
from ylyx_site.counter.views.orders import pages as orders
from ylyx_site.counter.views.phone import pages as phone
from ylyx_site.counter.views.week import pages as week

__all__ = [
    "belongings",
    "calls",
    "care_bookings",
    "care_calls",
    "elders",
    "new",
    "new_families",
    "orders",
    "phone",
    "week",
]
