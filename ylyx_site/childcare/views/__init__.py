"""Pages of childcare, by audience."""

from ylyx_site.childcare.views.bookings import pages as bookings
from ylyx_site.childcare.views.holds import pages as holds
from ylyx_site.childcare.views.public import pages as public
from ylyx_site.childcare.views.tickets import pages as tickets

__all__ = ["bookings", "holds", "public", "tickets"]
