"""Pages of rounds: going them, and planning them."""

from ylyx_site.rounds.views.going import pages as going
from ylyx_site.rounds.views.plan import pages as plan

__all__ = ["going", "plan"]
