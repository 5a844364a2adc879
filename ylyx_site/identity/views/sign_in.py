"""Signing in by password or by code, and signing out."""

import re

import flask
from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from ylyx_site.identity import demo, queries, senders, service, whence
from ylyx_site.identity.access import ANYONE, access
from ylyx_site.identity.errors import CodeSentJustNow, WrongCode, WrongPassword
from ylyx_site.identity.forms import AskCodeForm, CodeForm, PasswordForm
from ylyx_site.identity.views import brake, entering
from ylyx_site.identity.visitor import Visitor, visitor
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("sign_in", __name__)
CODE_PHONE = "code_phone"
LINK = re.compile(r"(https?://[^\s/]+)(/\S*)")


@pages.get("/sign-in")
@access(ANYONE)
def sign_in_page() -> ResponseReturnValue:
    """Number and password, or number and a code; the signed-in are sent on."""
    who, onward = visitor(), request.args.get("next", "")
    if isinstance(who, Visitor):
        return htmx.see_other(entering.onward(who, onward))
    return _page(PasswordForm(next=onward), AskCodeForm(next=onward))


@pages.post("/sign-in")
@access(ANYONE)
@brake.brake
def sign_in() -> ResponseReturnValue:
    """Sign in, by code when there is one in the form, else by password."""
    if "code" in request.form:
        return _by_code(CodeForm())
    return _by_password(PasswordForm())


@pages.post("/sign-in/code")
@access(ANYONE)
@brake.brake
def send_code() -> ResponseReturnValue:
    """Send a code, to known and unknown numbers alike, and ask for it on the next page."""
    form = AskCodeForm()
    if not form.validate_on_submit():
        return _page(PasswordForm(formdata=None, next=form.next.data), form), 422
    phone = str(form.phone.data)
    try:
        with transaction() as session:
            code = service.new_code(session, phone, whence.address(), now=clock.now())
    except CodeSentJustNow as just_now:
        return _code_page(_code_form(phone, form.next.data), just_now), 422
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(PasswordForm(formdata=None, next=form.next.data), form), 422
    senders.sender().send(phone, code)
    flask.session[CODE_PHONE] = phone
    return htmx.see_other(entering.with_next("/sign-in/code", form.next.data))


@pages.get("/sign-in/code")
@access(ANYONE)
def code_page() -> ResponseReturnValue:
    """Ask for the code that was sent; the number is kept in the visitor's own cookie."""
    phone = flask.session.get(CODE_PHONE)
    if not phone:
        return htmx.see_other(entering.with_next("/sign-in", request.args.get("next")))
    return _code_page(_code_form(phone, request.args.get("next")))


@pages.post("/sign-in/demo")
@access(ANYONE)
@brake.brake
def sign_in_demo() -> ResponseReturnValue:
    """Sign in as one of the invented people; in demo mode only."""
    phone = request.form.get("phone", "")
    if not current_app.config["DEMO"] or phone not in demo.PEOPLE:
        raise NotFound
    token = _password_token(phone, demo.PASSWORD)
    return entering.let_in(token, request.form.get("next"))


@pages.get("/demo/messages")
@access(ANYONE)
def demo_messages() -> str:
    """What would have gone to telephones; in demo mode only."""
    if not current_app.config["DEMO"]:
        raise NotFound
    messages = [(one, LINK.split(one.text, 1)) for one in queries.demo_messages(db.session())]
    return render("identity/demo_messages.html", messages=messages)


@pages.get("/sign-out")
@access(ANYONE)
def sign_out_page() -> str:
    """Ask before signing out."""
    return render("identity/sign_out.html")


@pages.post("/sign-out")
@access(ANYONE)
def sign_out() -> ResponseReturnValue:
    """End this session, so that a copied cookie no longer works either."""
    who = visitor()
    if isinstance(who, Visitor):
        with transaction() as session:
            service.end_token(session, who.token, now=clock.now())
    flask.session.clear()
    return htmx.see_other("/")


def _by_password(form: PasswordForm) -> ResponseReturnValue:
    asking = AskCodeForm(formdata=None, next=form.next.data)
    if not form.validate_on_submit():
        return _page(form, asking), 422
    asking.phone.data = form.phone.data
    try:
        token = _password_token(str(form.phone.data), str(form.password.data))
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form, asking), 422
    return entering.let_in(token, form.next.data)


def _password_token(phone: str, password: str) -> str:
    now, arrival = clock.now(), entering.arrival()
    checked = service.check_password(db.session(), phone, password, arrival.address, now=now)
    with transaction() as session:
        token = service.enter_by_password(session, checked, arrival, now=now)
    if token is None:  # raised out here, because the failure has to be counted
        raise WrongPassword
    return token


def _by_code(form: CodeForm) -> ResponseReturnValue:
    if not form.validate_on_submit():
        return _code_page(form), 422
    phone, code = str(form.phone.data), str(form.code.data)
    arrival = entering.arrival()
    try:
        with transaction() as session:
            token = service.enter_by_code(session, phone, code, arrival, now=clock.now())
    except Refusal as refusal:
        return _code_page(form, refusal), 422
    if token is None:
        return _code_page(form, WrongCode()), 422
    return entering.let_in(token, form.next.data, by_code=True)


def _code_form(phone: str, onward: str | None) -> CodeForm:
    return CodeForm(formdata=None, phone=phone, next=onward)


def _code_page(form: CodeForm, refusal: Refusal | None = None) -> str:
    if refusal is not None:
        form.refuse(refusal)
    return render("identity/code.html", form=form)


def _page(form: PasswordForm, asking: AskCodeForm) -> str:
    people = demo.people(db.session()) if current_app.config["DEMO"] else []
    return render("identity/sign_in.html", form=form, asking=asking, people=people)
