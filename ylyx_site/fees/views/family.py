"""The same sheet for the family: what the month costs, day by day, and what has been paid."""

from flask import Blueprint

from ylyx_site.facilities.queries import facility_of
from ylyx_site.families.queries import child_of
from ylyx_site.fees import words
from ylyx_site.fees.queries.receipts import houses_of, receipts_of
from ylyx_site.fees.queries.sheets import sheets_of
from ylyx_site.fees.queries.terms import terms_of
from ylyx_site.fees.views.doors import ID, asked_month, neighbours
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, months
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render

pages = Blueprint("family_fees", __name__)


@pages.get(f"/family/people/{ID}/fees")
@access(SIGNED_IN)
def show_fees(child_id: int) -> str | tuple[str, int]:
    """A child's month at every nursery where it was."""
    session = db.session()
    child = child_of(session, signed_in().account_id, child_id)
    month, wrong = asked_month()
    parts = []
    for house in houses_of(session, child_id, month):
        for sheet in sheets_of(session, house, month, now=clock.now(), child_id=child_id):
            terms = terms_of(session, house)(months.days_of(month).last)
            receipts = receipts_of(session, house, child_id, month)
            facility = facility_of(session, house)
            parts.append((facility, sheet, receipts, words.terms_words(terms)))
    page = render(
        "fees/family.html", child=child, month=month, parts=parts, wrong=wrong, words=words,
        **neighbours(month),
    )  # fmt: skip
    return (page, 422) if wrong else page
