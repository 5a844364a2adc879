"""Pages of fees, by audience."""

from ylyx_site.fees.views.desk import pages as desk
from ylyx_site.fees.views.family import pages as family
from ylyx_site.fees.views.settling import pages as settling

__all__ = ["desk", "family", "settling"]
