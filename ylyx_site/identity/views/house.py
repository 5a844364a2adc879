"""The head's page of people: who works here, asking somebody in, ending, who looked at what."""

from collections.abc import Callable
from datetime import datetime

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from ylyx_site.identity import house, rules
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.forms import DeedForm, InvitationForm
from ylyx_site.identity.roles import NAMES, Role
from ylyx_site.identity.senders import sender
from ylyx_site.identity.service import staff
from ylyx_site.identity.views.keys import is_first_time
from ylyx_site.identity.visitor import Visitor, signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.language import gettext
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("house_people", __name__, url_prefix="/desk/people")
HEADS = (Role.HEAD, Role.CANTEEN_MANAGER)
ADDRESS = "/desk/people"
LAST_PAGE = 1000
Command = Callable[[Session, Visitor, int, datetime], None]


@pages.get("")
@access(*HEADS)
def people() -> str:
    """Who works here and who is asked."""
    return _page(_fresh_form())


@pages.post("")
@access(*HEADS)
def invite() -> ResponseReturnValue:
    """Ask a number in; a text message goes out after the commit."""
    form = _with_choices(InvitationForm())
    if not form.validate_on_submit():
        return _page(form), 422
    wish = form.wish()

    def command(session: Session, who: Visitor, facility_id: int, now: datetime) -> None:
        staff.invite(
            session, wish.phone, wish.role,
            facility_id=facility_id, actor_id=who.account_id, actor_role=_role(who), now=now,
        )  # fmt: skip

    try:
        if _done(form, wish, command):
            sender().tell(
                wish.phone,
                gettext(
                    "【一老一小】有单位邀请您去工作。用这个手机号登录网站，就能看到是哪里，再决定接受不接受。"
                ),
            )
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(form), 422
    return htmx.see_other(ADDRESS)


@pages.post("/invitations/<int:invitation_id>/ending")
@access(*HEADS)
def withdraw(invitation_id: int) -> ResponseReturnValue:
    """Take an invitation back."""

    def command(session: Session, who: Visitor, facility_id: int, now: datetime) -> None:
        staff.withdraw(
            session, invitation_id, facility_id=facility_id, actor_id=who.account_id, now=now
        )

    return _deed(("withdraw", invitation_id), command)


@pages.post("/<int:grant_id>/ending")
@access(*HEADS)
def end_role(grant_id: int) -> ResponseReturnValue:
    """End somebody's role here."""

    def command(session: Session, who: Visitor, facility_id: int, now: datetime) -> None:
        staff.end_colleague(
            session, grant_id,
            facility_id=facility_id, actor_id=who.account_id, actor_role=_role(who), now=now,
        )  # fmt: skip

    return _deed(("end", grant_id), command)


@pages.get("/reads")
@access(*HEADS)
def reads() -> str:
    """Who looked at whose data, a page at a time."""
    page = min(max(request.args.get("page", 1, int), 1), LAST_PAGE)
    rows, more = house.reads(db.session(), own_facility(), page)
    return render("identity/reads.html", rows=rows, page=page, more=more)


def _deed(deed: tuple[str, int], command: Command) -> ResponseReturnValue:
    form = DeedForm()
    if not form.validate_on_submit():
        raise NotFound
    try:
        _done(form, deed, command)
    except Refusal as refusal:
        shown = _fresh_form()
        shown.refuse(refusal)
        return _page(shown), 422
    return htmx.see_other(ADDRESS)


def _done(form: WriteForm, wish: object, command: Command) -> bool:
    """Run the command once, in one transaction; whether this was the first time."""
    who, now = signed_in(), clock.now()
    with transaction() as session:
        first = is_first_time(session, form, wish, actor_id=who.account_id, answer=ADDRESS, now=now)
        if first:
            command(session, who, own_facility(), now)
    return first


def _role(who: Visitor) -> Role:
    assert who.role is not None  # noqa: S101 @access has seen to it
    return who.role


def _fresh_form() -> InvitationForm:
    return _with_choices(InvitationForm(formdata=None))


def _with_choices(form: InvitationForm) -> InvitationForm:
    form.offer(rules.MAY_INVITE[_role(signed_in())])
    return form


def _page(form: InvitationForm) -> str:
    session, who = db.session(), signed_in()
    facility_id = own_facility()
    return render(
        "identity/house.html",
        people=house.colleagues(session, facility_id),
        invited=house.open_invitations(session, facility_id, clock.now()),
        form=form, names=NAMES, me=who.account_id, mine=rules.MAY_INVITE[_role(who)],
        deed=lambda: DeedForm(formdata=None),  # each button has a one-time key of its own
    )  # fmt: skip
