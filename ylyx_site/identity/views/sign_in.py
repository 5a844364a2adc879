"""Signing in and out."""

import flask
from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ylyx_site.identity import service
from ylyx_site.identity.access import ANYONE, access
from ylyx_site.identity.errors import WrongPassword
from ylyx_site.identity.forms import PasswordForm
from ylyx_site.identity.views import entering
from ylyx_site.identity.visitor import Visitor, visitor
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("sign_in", __name__)


@pages.get("/sign-in")
@access(ANYONE)
def sign_in_page() -> str:
    """Number and password, or a code."""
    return _page(PasswordForm(next=request.args.get("next", "")))


@pages.post("/sign-in")
@access(ANYONE)
def sign_in() -> ResponseReturnValue:
    """Sign in by password or by code."""
    form = PasswordForm()
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        token = _enter_by_password(form)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form), 422
    return entering.let_in(token, form.next.data)


@pages.get("/sign-out")
@access(ANYONE)
def sign_out_page() -> str:
    """Ask before signing out."""
    return render("identity/sign_out.html")


@pages.post("/sign-out")
@access(ANYONE)
def sign_out() -> Response:
    """End this session, so that a copied cookie no longer works either."""
    who = visitor()
    if isinstance(who, Visitor):
        with transaction() as session:
            service.end_token(session, who.token, now=clock.now())
    flask.session.clear()
    return htmx.see_other("/")


def _enter_by_password(form: PasswordForm) -> str:
    now, arrival = clock.now(), entering.arrival()
    checked = service.check_password(
        db.session(), form.phone.data or "", form.password.data or "", arrival.address, now=now
    )
    with transaction() as session:
        token = service.enter_by_password(session, checked, arrival, now=now)
    if token is None:
        raise WrongPassword
    return token


def _page(form: PasswordForm) -> str:
    return render("identity/sign_in.html", form=form)
