"""Pages of attendance, by audience."""

from ylyx_site.attendance.views.child import pages as child
from ylyx_site.attendance.views.desk import pages as desk
from ylyx_site.attendance.views.family import pages as family
from ylyx_site.attendance.views.leaving import pages as leaving
from ylyx_site.attendance.views.lists import pages as lists
from ylyx_site.attendance.views.notes import family as family_notes
from ylyx_site.attendance.views.notes import pages as notes
from ylyx_site.attendance.views.reminding import set_up

__all__ = ["child", "desk", "family", "family_notes", "leaving", "lists", "notes", "set_up"]
