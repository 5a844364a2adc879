"""Pages of this room."""

from ylyx_site.opening.views.closings import pages as closings
from ylyx_site.opening.views.family import pages as family
from ylyx_site.opening.views.morning import pages as morning

__all__ = ["closings", "family", "morning"]
