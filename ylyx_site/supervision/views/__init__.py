"""The supervisors' pages."""

from ylyx_site.supervision.views.district import pages as district
from ylyx_site.supervision.views.houses import pages as houses
from ylyx_site.supervision.views.journal import pages as journal
from ylyx_site.supervision.views.months import pages as months

__all__ = ["district", "houses", "journal", "months"]
