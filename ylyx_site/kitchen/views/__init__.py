"""Pages of the kitchen, by audience."""

from ylyx_site.kitchen.views.labels import pages as labels
from ylyx_site.kitchen.views.samples import pages as samples
from ylyx_site.kitchen.views.samples import set_up
from ylyx_site.kitchen.views.sheet import pages as sheet
from ylyx_site.kitchen.views.supply import pages as supply

__all__ = ["labels", "samples", "set_up", "sheet", "supply"]
