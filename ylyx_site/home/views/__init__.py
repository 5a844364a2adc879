"""The front doors, one's own messages and address, texts from staff, and how the worker is."""

from ylyx_site.home.views.doors import pages
from ylyx_site.home.views.mail import pages as mail
from ylyx_site.home.views.messages import pages as messages
from ylyx_site.home.views.morning import set_up
from ylyx_site.home.views.notices import pages as notices
from ylyx_site.home.views.own_data import pages as own_data
from ylyx_site.home.views.worker import pages as worker

__all__ = ["mail", "messages", "notices", "own_data", "pages", "set_up", "worker"]
