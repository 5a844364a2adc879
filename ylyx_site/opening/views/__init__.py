"""Pages of this room."""

from ylyx_site.opening.views.closings import pages as closings
from ylyx_site.opening.views.family import pages as family
from ylyx_site.opening.views.morning import pages as morning
from ylyx_site.opening.views.reminding import set_up

__all__ = ["closings", "family", "morning", "set_up"]
