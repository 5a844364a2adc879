"""Pages of the counter."""

from ylyx_site.counter.views.calls import pages as calls
from ylyx_site.counter.views.elders import pages as elders
from ylyx_site.counter.views.new import pages as new
from ylyx_site.counter.views.orders import pages as orders
from ylyx_site.counter.views.phone import pages as phone
from ylyx_site.counter.views.week import pages as week

__all__ = ["calls", "elders", "new", "orders", "phone", "week"]
