"""What a family sees of days that its nursery had to call off."""

from datetime import date
from urllib.parse import urlencode

from flask import Blueprint

from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.opening.queries.closings import Touched, ended_for
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.identifiers import pretty_code
from ylyx_site.shared.spans import text_from_minute
from ylyx_site.shared.templating import render

pages = Blueprint("closed_care", __name__)


@pages.get("/childcare/bookings/<code>/closed")
@access(SIGNED_IN)
def show(code: str) -> str:
    """Which days are off and why, that they cost nothing, and who has a place then."""
    found = ended_for(db.session(), signed_in().account_id, code)
    return render(
        "opening/closed.html", code=code, pretty=pretty_code(code), house=found[0][1],
        rows=[(one, reason, elsewhere(one, clock.today())) for one, _house, reason in found],
    )  # fmt: skip


def elsewhere(one: Touched, today: date) -> str:
    """The search for the same care on the same day; empty for a day that is past."""
    if one.day < today:
        return ""
    asked = {"date": one.day.isoformat(), "kind": one.kind.value, "child": str(one.child_id)}
    if one.kind.value == "hourly":
        asked |= {"start": text_from_minute(one.starts), "end": text_from_minute(one.ends)}
    if one.kind.value == "half_day":
        asked["half"] = "am" if one.starts < 12 * 60 else "pm"
    return "/childcare?" + urlencode(asked)
