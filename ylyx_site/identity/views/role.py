"""Choosing under which of one's roles to work in this session."""

from dataclasses import dataclass

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ylyx_site.identity import house, queries, rules, scopes, service
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.forms import DeedForm
from ylyx_site.identity.roles import NAMES
from ylyx_site.identity.service import staff
from ylyx_site.identity.views.keys import is_first_time
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.templating import render
from ylyx_site.shared.web import safe_next

pages = Blueprint("role", __name__)
AS_FAMILY = "family"
PAGE = "/sign-in/role"


@dataclass(frozen=True, slots=True)
class RoleLine:
    """A role as it is shown: its number, its name (a message id), and where it holds."""

    grant_id: int
    name: str
    scope: str


@pages.get("/sign-in/role")
@access(SIGNED_IN)
def role_page() -> str:
    """One's roles, and being here for one's own family."""
    return render(
        "identity/role.html",
        lines=role_lines(signed_in().account_id),
        invitations=house.invitations_to(db.session(), signed_in().phone, clock.now()),
        names=NAMES,
        deed=lambda: DeedForm(formdata=None),
        next_address=safe_next(request.args.get("next"), ""),
    )


@pages.post("/sign-in/role")
@access(SIGNED_IN)
def choose_role() -> Response:
    """Work under a role from now on. Choosing twice is the same as once: no one-time key."""
    who, wanted = signed_in(), request.form.get("grant", "")
    if wanted != AS_FAMILY and not (wanted.isascii() and wanted.isdigit() and len(wanted) < 10):
        raise NotFound
    grant_id = None if wanted == AS_FAMILY else int(wanted)
    with transaction() as session:
        role = service.choose_role(
            session, who.token_hash, who.account_id, grant_id, now=clock.now()
        )
    return htmx.see_other(safe_next(request.form.get("next"), rules.landing(role)))


@pages.post("/sign-in/role/invitations/<int:invitation_id>")
@access(SIGNED_IN)
def answer_invitation(invitation_id: int) -> ResponseReturnValue:
    """Take up a role that somebody has asked me for, or decline it."""
    form, who, now = DeedForm(), signed_in(), clock.now()
    if not form.validate_on_submit():
        raise NotFound
    yes = request.form.get("answer") == "yes"
    with transaction() as session:
        deed = ("invitation", invitation_id, yes)
        if is_first_time(session, form, deed, actor_id=who.account_id, answer=PAGE, now=now):
            staff.answer(
                session, invitation_id,
                account_id=who.account_id, phone=who.phone, yes=yes, now=now,
            )  # fmt: skip
    return htmx.see_other(PAGE)


def role_lines(account_id: int) -> list[RoleLine]:
    """The live roles of an account, ready to be shown."""
    grants = queries.live_grants(db.session(), account_id)
    names = scopes.scope_names(db.session(), grants)
    return [RoleLine(grant.id, NAMES[grant.role], names[grant.id]) for grant in grants]
