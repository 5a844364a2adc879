"""What every way of signing in does at the door: from where, into the cookie, and where to."""

from urllib.parse import quote

import flask
from flask import request
from flask_login import login_user
from werkzeug.wrappers import Response

from ylyx_site.identity import house, queries, rules, service
from ylyx_site.identity.visitor import Visitor, find_visitor, visitor
from ylyx_site.identity.whence import address
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.web import safe_next

BY_CODE = "by_code"


def arrival() -> service.Arrival:
    """From where somebody signs in, and which session ends thereby."""
    who = visitor()
    return service.Arrival(
        address=address(),
        device=rules.device_of(request.user_agent.string),
        token=who.token if isinstance(who, Visitor) else None,
    )


def let_in(token: str, next_address: str | None, *, by_code: bool = False) -> Response:
    """Put the new session into a fresh cookie (new CSRF secret too) and go on."""
    flask.session.clear()
    flask.session.permanent = True
    now = clock.now()
    if by_code:
        flask.session[BY_CODE] = int(now.timestamp())
    who = find_visitor(db.session(), token, now)
    assert who is not None  # noqa: S101 started a moment ago
    login_user(who)
    if not who.name:
        return htmx.see_other(with_next("/account/name", onward(who, next_address)))
    return htmx.see_other(onward(who, next_address))


def came_by_code_just_now() -> bool:
    """Whether this session began with a code minutes ago; it then stands in for the password."""
    moment: int = flask.session.get(BY_CODE, 0)
    return abs(clock.now().timestamp() - moment) < rules.FORGOTTEN_PASSWORD.total_seconds()


def onward(who: Visitor, next_address: str | None) -> str:
    """Where to: to the choice of a role, to where they wanted, or to where their role works."""
    if who.role is None and _has_a_choice(who):
        return with_next("/sign-in/role", next_address)
    wanted = safe_next(next_address)
    return rules.landing(who.role) if wanted == "/" else wanted


def _has_a_choice(who: Visitor) -> bool:
    """Whether there are roles to choose among, or an invitation to answer."""
    session = db.session()
    return bool(
        queries.live_grants(session, who.account_id)
        or house.invitations_to(session, who.phone, clock.now())
    )


def with_next(page: str, next_address: str | None) -> str:
    """The page's address, with where to go afterwards."""
    wanted = safe_next(next_address)
    return page if wanted == "/" else f"{page}?next={quote(wanted, safe='/')}"
