"""Pages of entry, by audience."""

from ylyx_site.entry.views.cases import pages as cases
from ylyx_site.entry.views.desk import pages as desk
from ylyx_site.entry.views.diseases import pages as diseases
from ylyx_site.entry.views.family import pages as family

__all__ = ["cases", "desk", "diseases", "family"]
