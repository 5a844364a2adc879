"""The front doors, one's own messages, and how the worker is."""

from ylyx_site.home.views.doors import pages
from ylyx_site.home.views.notices import pages as notices
from ylyx_site.home.views.worker import pages as worker

__all__ = ["notices", "pages", "worker"]
