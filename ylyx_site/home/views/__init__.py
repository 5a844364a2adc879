"""The front doors, and one's own messages."""

from ylyx_site.home.views.doors import pages
from ylyx_site.home.views.notices import pages as notices

__all__ = ["notices", "pages"]
