"""Pages of handing over, by audience."""

from ylyx_site.serving.views.card import pages as card
from ylyx_site.serving.views.desk import pages as desk
from ylyx_site.serving.views.family import pages as family
from ylyx_site.serving.views.guests import pages as guests
from ylyx_site.serving.views.late import pages as late
from ylyx_site.serving.views.meal import pages as meal
from ylyx_site.serving.views.photos import pages as photos

__all__ = ["card", "desk", "family", "guests", "late", "meal", "photos"]
