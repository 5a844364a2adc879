"""One's own data: what is kept, to take along; and the account, to be erased."""

import flask
from flask import Blueprint, Response, send_file
from flask.typing import ResponseReturnValue

from ylyx_site.families.queries.people import people_of
from ylyx_site.home import service
from ylyx_site.home.forms import ClosingForm
from ylyx_site.home.own_data import sheets
from ylyx_site.identity import queries as identity
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.spreadsheets import XLSX, written
from ylyx_site.shared.templating import render

pages = Blueprint("own_data", __name__)


@pages.get("/account/data")
@access(SIGNED_IN)
def data_page() -> str:
    """What is kept, how long, and where each part can be changed or withdrawn."""
    return render("home/own_data.html", people=people_of(db.session(), signed_in().account_id))


@pages.get("/account/data/all.xlsx")
@access(SIGNED_IN)
def download() -> Response:
    """All of it in one file; that it was taken is journaled."""
    who = signed_in()
    remember_read("home.own_data_read", f"account:{who.account_id}", actor_id=who.account_id)
    name = f"my-data-{clock.today().isoformat()}.xlsx"
    file = written(sheets(db.session(), who))
    return send_file(file, mimetype=XLSX, as_attachment=True, download_name=name)


@pages.get("/account/closing")
@access(SIGNED_IN)
def closing_page() -> str:
    """What goes with the account, and what has to end before."""
    return _closing_page(ClosingForm())


@pages.post("/account/closing")
@access(SIGNED_IN)
def close_account() -> ResponseReturnValue:
    """Erase the account and sign out everywhere. Sent twice, the second is signed out."""
    form, me, now = ClosingForm(), signed_in().account_id, clock.now()
    if not form.validate_on_submit():
        return _closing_page(form), 422
    try:
        with transaction() as session:
            service.erase_account(session, actor_id=me, now=now)
    except Refusal as refusal:
        form.refuse(refusal)
        return _closing_page(form), 422
    flask.session.clear()
    return htmx.see_other("/")


def _closing_page(form: ClosingForm) -> str:
    session, me = db.session(), signed_in().account_id
    return render(
        "home/closing.html", form=form, people=people_of(session, me),
        works=bool(identity.live_grants(session, me)),
    )  # fmt: skip
