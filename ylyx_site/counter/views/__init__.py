"""Pages of the counter."""

from ylyx_site.counter.views.calls import pages as calls
from ylyx_site.counter.views.new import pages as new
from ylyx_site.counter.views.orders import pages as orders
from ylyx_site.counter.views.phone import pages as phone

__all__ = ["calls", "new", "orders", "phone"]
