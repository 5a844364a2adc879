"""Pages of welfare, by audience."""

from ylyx_site.welfare.views.desk import pages as desk
from ylyx_site.welfare.views.supervision import pages as supervision

__all__ = ["desk", "supervision"]
