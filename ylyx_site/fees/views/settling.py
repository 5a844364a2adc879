"""The nursery's own table, and closing a month."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.fees import words
from ylyx_site.fees.forms.months import ClosingForm
from ylyx_site.fees.forms.terms import TermsForm
from ylyx_site.fees.queries.terms import terms_of, versions_of
from ylyx_site.fees.service.closing import close_month
from ylyx_site.fees.service.terms import earliest_day, set_terms
from ylyx_site.fees.views.desk import list_page
from ylyx_site.fees.views.doors import FEES, this_month
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, refused
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render

pages = Blueprint("desk_fee_terms", __name__)


@pages.get(f"{FEES}/terms")
@access(Role.HEAD)
def show_terms() -> str:
    """What holds, what held, and a form for what is to hold."""
    session, house = db.session(), own_facility()
    now = terms_of(session, house)(clock.today())
    return _page(TermsForm.of(now, max(clock.today(), earliest_day(session, house, clock.now()))))


@pages.post(f"{FEES}/terms")
@access(Role.HEAD)
def change_terms() -> ResponseReturnValue:
    """Set the table from a day on."""
    form, house = TermsForm(), own_facility()
    if not form.validate():
        return _page(form), 422
    terms, answer = form.wish(), f"{FEES}/terms"
    if refused(form, (house, terms), answer, lambda session, who, now: set_terms(
        session, house, terms, actor_id=who, now=now
    )):  # fmt: skip
        return _page(form), 422
    return htmx.see_other(answer)


@pages.post(f"{FEES}/closings")
@access(Role.HEAD)
def close() -> ResponseReturnValue:
    """Close a month that is over."""
    form, house = ClosingForm(), own_facility()
    if not form.validate() or form.month.data is None:
        return list_page(this_month(), form), 422
    month, answer = form.month.data, address(FEES, month=form.month.data)
    if refused(form, (house, month), answer, lambda session, who, now: close_month(
        session, house, month, actor_id=who, now=now
    )):  # fmt: skip
        return list_page(month, form), 422
    return htmx.see_other(answer)


def _page(form: TermsForm) -> str:
    versions = versions_of(db.session(), own_facility())
    return render(
        "fees/terms.html", form=form,
        versions=[(one.from_day, words.terms_words(one)) for one in reversed(versions)],
        usual=words.terms_words(terms_of(db.session(), own_facility())(clock.today())),
    )  # fmt: skip
