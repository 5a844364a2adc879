"""Texts from staff: to the families of a class, to the people of a day's meals; reading one."""

from datetime import timedelta

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from ylyx_site.facilities.doors import own_house
from ylyx_site.facilities.queries import FacilityFacts, facility_of
from ylyx_site.home.audience import (
    Audience,
    audience_of,
    class_choices,
    meal_choices,
    round_choices,
)
from ylyx_site.home.forms import MessageForm
from ylyx_site.home.service import announce
from ylyx_site.home.wishes import TextWish
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.notices import queries
from ylyx_site.notices.errors import NobodyToTell
from ylyx_site.notices.service.announcing import Letter
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("messages", __name__)
HERE = "/desk/messages"


@pages.get("/desk/messages")
@access(Role.HEAD, Role.CARER, Role.CANTEEN_MANAGER, Role.CLERK)
def messages_page() -> str:
    """A new text, and those that were sent."""
    tomorrow = clock.today() + timedelta(days=1)
    return _page(MessageForm(formdata=None, first=tomorrow, last=tomorrow))


@pages.post("/desk/messages")
@access(Role.HEAD, Role.CARER, Role.CANTEEN_MANAGER, Role.CLERK)
def send_message() -> ResponseReturnValue:
    """Show what would be sent and to how many families; confirmed, send it once."""
    form, facility = MessageForm(), own_house(db.session())
    _offer(form, facility)
    if not form.validate_on_submit():
        return _page(form), 422
    wish = form.wish()
    try:
        audience = audience_of(db.session(), facility, wish)
        if not audience.accounts:
            raise NobodyToTell
        if "confirmed" not in request.form:
            return _page(form, None if "again" in request.form else audience)
        _send(facility, wish, str(form.key.data))
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form), 422
    return htmx.see_other(f"{HERE}?sent=1")


@pages.get("/notices/announcements/<code>")
@access(SIGNED_IN)
def read_message(code: str) -> str:
    """A text, for those who were told of it; all others get 404."""
    session = db.session()
    found = queries.announcement_for(session, signed_in().account_id, code)
    facility = facility_of(session, found.facility_id)
    return render("home/announcement.html", announcement=found, facility=facility)


def _send(facility: FacilityFacts, wish: TextWish, key: str) -> None:
    """Whoever is meant is looked up again in the transaction."""
    me, now = signed_in().account_id, clock.now()
    with transaction() as session:
        if once(session, key, wish, actor_id=me, answer=HERE, now=now) is not None:
            return
        audience = audience_of(session, facility, wish)
        letter = Letter(facility.id, facility.name, audience.words, wish.text)
        announce(session, letter, audience.accounts, actor_id=me, now=now)


def _offer(form: MessageForm, facility: FacilityFacts) -> None:
    day = form.first.data or clock.today()
    if facility.is_nursery:
        form.class_id.choices = class_choices(db.session(), facility, day)
        form.meal.choices, form.round_id.choices = [("", "")], [("0", "")]
    else:
        form.first.label.text = _("哪一天的餐")
        form.class_id.choices, form.meal.choices = [("0", "")], meal_choices()
        form.round_id.choices = round_choices(db.session(), facility)


def _page(form: MessageForm, audience: Audience | None = None) -> str:
    session = db.session()
    facility = own_house(session)
    _offer(form, facility)
    return render(
        "home/messages.html",
        form=form, facility=facility, audience=audience,
        sent=queries.announcements_of(session, facility.id),
    )  # fmt: skip
