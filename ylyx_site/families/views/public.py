"""For elders without an account: who orders for me, and ending it, by a code to the telephone.

The browser's own signed cookie keeps the number, and for ten minutes after the right code that it
may see and end. Known and unknown numbers are answered alike.
"""

from contextlib import suppress
from datetime import datetime, timedelta

import flask
from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.families import queries, service, words
from ylyx_site.families.elder_wishes import BindingWish
from ylyx_site.families.errors import WrongConsentCode
from ylyx_site.families.forms import BindingForm, EndingCodeForm, PhoneForm
from ylyx_site.identity import senders
from ylyx_site.identity.access import ANYONE, access
from ylyx_site.identity.whence import address
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import mask_phone
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("elders_public", __name__)
BINDINGS = "/family/bindings"
PHONE, OPEN_UNTIL = "elder_phone", "elder_open_until"
OPEN = timedelta(minutes=10)


@pages.get(BINDINGS)
@access(ANYONE)
def phone_page() -> str:
    """Ask for the elder's own number."""
    return _phone_page(PhoneForm())


@pages.post(BINDINGS)
@access(ANYONE)
def send_code() -> ResponseReturnValue:
    """Send a code, and ask for it on the next page."""
    form = PhoneForm()
    if not form.validate_on_submit():
        return _phone_page(form), 422
    try:
        _send_code(str(form.phone.data))
    except Refusal as refusal:
        form.refuse(refusal)
        return _phone_page(form), 422
    flask.session[PHONE] = form.phone.data
    flask.session.pop(OPEN_UNTIL, None)
    return htmx.see_other(f"{BINDINGS}/code")


@pages.get(f"{BINDINGS}/code")
@access(ANYONE)
def code_page() -> ResponseReturnValue:
    """Ask for the code."""
    return _code_page(EndingCodeForm())


@pages.post(f"{BINDINGS}/code")
@access(ANYONE)
def enter_code() -> ResponseReturnValue:
    """Open the list for ten minutes if the code is right."""
    form, phone, now = EndingCodeForm(), flask.session.get(PHONE), clock.now()
    if not phone or not form.validate_on_submit():
        return _code_page(form, 422)
    try:
        _use_code(phone, str(form.code.data), now)
    except Refusal as refusal:
        form.refuse(refusal)
        return _code_page(form, 422)
    flask.session[OPEN_UNTIL] = int((now + OPEN).timestamp())
    return htmx.see_other(f"{BINDINGS}/list")


@pages.get(f"{BINDINGS}/list")
@access(ANYONE)
def list_page() -> ResponseReturnValue:
    """Who orders for the holder of this telephone."""
    return _list_page(BindingForm())


@pages.post(f"{BINDINGS}/ending")
@access(ANYONE)
def end() -> ResponseReturnValue:
    """End one binding, at once."""
    form, phone, now = BindingForm(), _open_phone(), clock.now()
    if phone is None:
        return htmx.see_other(BINDINGS)
    if not form.validate_on_submit():
        return _list_page(form, 422)
    wish = BindingWish("end by phone", form.person_id.data or 0, form.handle.data or "")
    key, answer = form.key.data or "", f"{BINDINGS}/list"
    # Ended already, by a second tap or on another page: the list says so.
    with suppress(NotFound), transaction() as session:
        if once(session, key, wish, actor_id=0, answer=answer, now=now) is None:
            service.end_by_phone(session, phone, wish.person_id, wish.handle, now=now)
    return htmx.see_other(answer)


def _send_code(phone: str) -> None:
    with transaction() as session:
        code, is_awaited = service.ending_code(session, phone, address(), now=clock.now())
    if is_awaited:
        senders.sender().tell(phone, words.ENDING_MESSAGE % {"code": code})


def _use_code(phone: str, code: str, now: datetime) -> None:
    with transaction() as session:
        is_right = service.use_ending_code(session, phone, code, address(), now=now)
    if not is_right:  # raised out here, because the failure has to be counted
        raise WrongConsentCode(field="code")


def _open_phone() -> str | None:
    """The number whose holder has just shown to hold it."""
    until: int = flask.session.get(OPEN_UNTIL, 0)
    left = until - clock.now().timestamp()
    return flask.session.get(PHONE) if 0 < left <= OPEN.total_seconds() else None


def _phone_page(form: PhoneForm) -> str:
    return render("families/bindings_phone.html", form=form)


def _code_page(form: EndingCodeForm, status: int = 200) -> ResponseReturnValue:
    phone = flask.session.get(PHONE)
    if not phone:
        return htmx.see_other(BINDINGS)
    return render("families/bindings_code.html", form=form, phone=mask_phone(phone)), status


def _list_page(form: BindingForm, status: int = 200) -> ResponseReturnValue:
    phone = _open_phone()
    if phone is None:
        return htmx.see_other(BINDINGS)
    return render(
        "families/bindings_list.html",
        bindings=queries.bindings_by_phone(db.session(), phone),
        form=form, press=BindingForm, phone=mask_phone(phone), words=words,
    ), status  # fmt: skip
