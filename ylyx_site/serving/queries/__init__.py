"""Queries of handing over; settlement reads `served`."""

from ylyx_site.serving.queries.served import ServedRow, guests_served, served

__all__ = ["ServedRow", "guests_served", "served"]
