"""Pages of settlement."""

from ylyx_site.settlement.views.desk import pages as desk

__all__ = ["desk"]
