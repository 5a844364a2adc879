"""The register of the demo district."""

from ylyx_site.demo.register.classes import Place
from ylyx_site.demo.register.nurseries import enter_nurseries
from ylyx_site.demo.register.stations import enter_divisions, enter_stations

__all__ = ["Place", "enter_divisions", "enter_nurseries", "enter_stations"]
