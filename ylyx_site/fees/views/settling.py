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
from ylyx_site.fees.views.doors import FEES, own_house, this_month
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.addresses import address
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.retries import retrying
from ylyx_site.shared.templating import render

pages = Blueprint("desk_fee_terms", __name__)


@pages.get(f"{FEES}/terms")
@access(Role.HEAD)
def show_terms() -> str:
    """What holds, what held, and a form for what is to hold."""
    session, house = db.session(), own_house()
    now = terms_of(session, house)(clock.today())
    return _page(TermsForm.of(now, max(clock.today(), earliest_day(session, house, clock.now()))))


@pages.post(f"{FEES}/terms")
@access(Role.HEAD)
def change_terms() -> ResponseReturnValue:
    """Set the table from a day on."""
    form, house = TermsForm(), own_house()
    if not form.validate():
        return _page(form), 422
    terms, who, now = form.wish(), signed_in().account_id, clock.now()
    answer = f"{FEES}/terms"
    try:
        with transaction() as session:
            key = str(form.key.data)
            if not once(session, key, (house, terms), actor_id=who, answer=answer, now=now):
                set_terms(session, house, terms, actor_id=who, now=now)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form), 422
    return htmx.see_other(answer)


@pages.post(f"{FEES}/closings")
@access(Role.HEAD)
def close() -> ResponseReturnValue:
    """Close a month that is over."""
    form, house, who = ClosingForm(), own_house(), signed_in().account_id
    if not form.validate() or form.month.data is None:
        return list_page(this_month(), form), 422
    month, key, now = form.month.data, str(form.key.data), clock.now()
    answer = address(FEES, month=month)

    def run() -> None:
        with transaction() as session:
            if not once(session, key, (house, month), actor_id=who, answer=answer, now=now):
                close_month(session, house, month, actor_id=who, now=now)

    try:
        retrying(run)
    except Refusal as refusal:
        form.refuse(refusal)
        return list_page(month, form), 422
    return htmx.see_other(answer)


def _page(form: TermsForm) -> str:
    versions = versions_of(db.session(), own_house())
    return render(
        "fees/terms.html", form=form,
        versions=[(one.from_day, words.terms_words(one)) for one in reversed(versions)],
        usual=words.terms_words(terms_of(db.session(), own_house())(clock.today())),
    )  # fmt: skip
