"""Taps that a device kept while there was no network: sent for whoever made them, or not at all.

The page names its owner by a handle; `static/taps.js` keeps it with each tap and sends it along,
and says how long ago the tap was: by the device's own count, so that its clock may be wrong.
"""

from datetime import datetime, timedelta

from flask import Flask, request

from ylyx_site.identity.errors import TapsOfAnother
from ylyx_site.identity.visitor import visitor
from ylyx_site.shared.vault import blind_index

HEADER = "X-Taps-Of"
AGO = "X-Tapped-Ago"
AT_ONCE = timedelta(minutes=1)  # a slow network is no kept tap


def taps_owner() -> str:
    """A name for the visitor in the present role, which tells nothing of the account."""
    who = visitor()
    return blind_index(f"taps:{who.account_id}:{who.facility_id}")[:16]


def tapped_at(now: datetime) -> datetime | None:
    """When a kept tap was made; None for what was sent at once, and for what no device says."""
    seconds = request.headers.get(AGO, "")
    if not (seconds.isascii() and seconds.isdigit() and len(seconds) <= 7):
        return None
    ago = timedelta(seconds=int(seconds))
    return now - ago if ago >= AT_ONCE else None


def _refuse_others() -> None:
    """Raise `TapsOfAnother` for a tap that somebody else made on this device."""
    sent_for = request.headers.get(HEADER)
    if sent_for is not None and visitor().is_authenticated and sent_for != taps_owner():
        raise TapsOfAnother


def set_up(app: Flask) -> None:
    """Give templates `taps_owner`, and look at every request that says whose it is."""
    app.before_request(_refuse_others)
    app.jinja_env.globals["taps_owner"] = taps_owner
