"""Pages of attendance, by audience."""

from ylyx_site.attendance.views.child import pages as child
from ylyx_site.attendance.views.desk import pages as desk
from ylyx_site.attendance.views.family import pages as family
from ylyx_site.attendance.views.leaving import pages as leaving

__all__ = ["child", "desk", "family", "leaving"]
