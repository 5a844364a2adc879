"""Commands of benefits: quoting, claiming and giving up; importing rules in `importing`."""

from ylyx_site.benefits.service.claims import claim, claimed, differences, give_up
from ylyx_site.benefits.service.quotes import quote_for, quotes_by, quotes_for

__all__ = ["claim", "claimed", "differences", "give_up", "quote_for", "quotes_by", "quotes_for"]
