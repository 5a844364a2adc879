"""Who has a place then, and the week of one nursery: for everybody, signed in or not."""

from flask import Blueprint

from ylyx_site.childcare.policy import public_nursery
from ylyx_site.childcare.views import search, week
from ylyx_site.facilities.queries import divisions
from ylyx_site.identity.access import ANYONE, access
from ylyx_site.shared import htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render

pages = Blueprint("childcare", __name__)


@pages.get("/childcare")
@access(ANYONE)
def who_has_a_place() -> str | tuple[str, int]:
    """All nurseries, those with a place first."""
    session = db.session()
    asked = search.read(session)
    found = search.find(session, asked)
    context = {"asked": asked, "found": found, "towns": divisions(session)}
    part = "_results.html" if htmx.wants_part("results") else "search.html"
    page = render(f"childcare/{part}", **context)
    return (page, 422) if asked.errors else page


@pages.get("/childcare/<int:facility_id>")
@access(ANYONE)
def nursery_week(facility_id: int) -> str | tuple[str, int]:
    """A week of one nursery, with a strip of free places by half hour."""
    session = db.session()
    facility = public_nursery(session, facility_id)
    shown = week.read(session, facility)
    page = render("childcare/week.html", facility=facility, shown=shown)
    return (page, 422) if shown.errors else page
