"""One's own messages: the list, opening one, how they come."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ylyx_site.home.forms import PreferencesForm, ReadingForm
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.notices import queries, service
from ylyx_site.notices.kinds import Channel
from ylyx_site.notices.words import said
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import mask_phone
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.templating import render

pages = Blueprint("notices", __name__)


@pages.get("/notices")
@access(SIGNED_IN)
def inbox() -> str:
    """All messages, unread first, twenty a page."""
    page = min(max(1, request.args.get("page", 1, type=int)), 1000)
    rows, has_next = queries.inbox(db.session(), signed_in().account_id, page)
    return render(
        "home/notices.html",
        rows=rows, page=page, has_next=has_next, said=said,
        unread=signed_in().unread, form=ReadingForm(formdata=None),
    )  # fmt: skip


@pages.post("/notices/<code>/reading")
@access(SIGNED_IN)
def read(code: str) -> Response:
    """Open a message: mark it as read and go to what it is about."""
    if not ReadingForm().validate_on_submit():
        raise NotFound
    with transaction() as session:
        link = service.read(session, code, actor_id=signed_in().account_id, now=clock.now())
    return htmx.see_other(link)


@pages.post("/notices/reading")
@access(SIGNED_IN)
def read_all() -> Response:
    """Mark everything as read."""
    if not ReadingForm().validate_on_submit():
        raise NotFound
    with transaction() as session:
        service.read_all(session, actor_id=signed_in().account_id, now=clock.now())
    return htmx.see_other("/notices")


@pages.get("/notices/preferences")
@access(SIGNED_IN)
def preferences_page() -> str:
    """How messages come, kind by kind."""
    chosen = queries.choices_of(db.session(), signed_in().account_id)
    form = PreferencesForm(**{kind.value: channel.value for kind, channel in chosen.items()})
    return _preferences_page(form)


@pages.post("/notices/preferences")
@access(SIGNED_IN)
def change_preferences() -> ResponseReturnValue:
    """Keep how messages come."""
    form, me = PreferencesForm(), signed_in().account_id
    _offer_what_there_is(form)
    if not form.validate_on_submit():
        return _preferences_page(form), 422
    wish, key, now = form.wish(), str(form.key.data), clock.now()
    with transaction() as session:
        if once(session, key, wish, actor_id=me, answer="/notices", now=now) is None:
            service.prefer(session, dict(wish.channels), actor_id=me)
    return htmx.see_other("/notices")


def _preferences_page(form: PreferencesForm) -> str:
    _offer_what_there_is(form)
    return render("home/notice_preferences.html", form=form, phone=mask_phone(signed_in().phone))


def _offer_what_there_is(form: PreferencesForm) -> None:
    """E-mail only to those whose address is verified."""
    mail = queries.address_of(db.session(), signed_in().account_id, Channel.EMAIL)
    form.offer(has_mail=mail is not None)
