"""Taps that a device kept while there was no network: sent for whoever made them, or not at all.

The page names its owner by a handle; `static/taps.js` keeps it with each tap and sends it along.
"""

from flask import Flask, request

from ylyx_site.identity.errors import TapsOfAnother
from ylyx_site.identity.visitor import visitor
from ylyx_site.shared.vault import blind_index

HEADER = "X-Taps-Of"


def taps_owner() -> str:
    """A name for the visitor in the present role, which tells nothing of the account."""
    who = visitor()
    return blind_index(f"taps:{who.account_id}:{who.facility_id}")[:16]


def _refuse_others() -> None:
    """Raise `TapsOfAnother` for a tap that somebody else made on this device."""
    sent_for = request.headers.get(HEADER)
    if sent_for is not None and visitor().is_authenticated and sent_for != taps_owner():
        raise TapsOfAnother


def set_up(app: Flask) -> None:
    """Give templates `taps_owner`, and look at every request that says whose it is."""
    app.before_request(_refuse_others)
    app.jinja_env.globals["taps_owner"] = taps_owner
