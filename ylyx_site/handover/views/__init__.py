"""Pages of handing over, by audience."""

from ylyx_site.handover.views.desk import pages as desk
from ylyx_site.handover.views.family import pages as family

__all__ = ["desk", "family"]
