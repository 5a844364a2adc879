"""What every way of signing in does at the door: from where, into the cookie, and where to."""

import ipaddress

import flask
from flask import request
from flask_login import login_user
from werkzeug.wrappers import Response

from ylyx_site.identity import queries, rules, service
from ylyx_site.identity.visitor import Visitor, find_visitor, visitor
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.web import safe_next


def address() -> str:
    """The visitor's address; of an IPv6 address the /64, which is one household."""
    text = request.remote_addr or ""
    try:
        ip = ipaddress.ip_address(text)
    except ValueError:
        return text[:64]
    return str(ip) if ip.version == 4 else str(ipaddress.ip_network((ip, 64), strict=False))


def arrival() -> service.Arrival:
    """From where somebody signs in, and which session ends thereby."""
    who = visitor()
    return service.Arrival(
        address=address(),
        device=rules.device_of(request.user_agent.string),
        token=who.token if isinstance(who, Visitor) else None,
    )


def let_in(token: str, next_address: str | None) -> Response:
    """Put the new session into a fresh cookie (new CSRF secret too) and go on."""
    flask.session.clear()
    flask.session.permanent = True
    who = find_visitor(db.session(), token, clock.now())
    assert who is not None  # noqa: S101 started a moment ago
    login_user(who)
    return htmx.see_other(_onward(who, next_address))


def _onward(who: Visitor, next_address: str | None) -> str:
    if who.role is None and queries.live_grants(db.session(), who.account_id):
        return "/sign-in/role"
    return safe_next(next_address, rules.landing(who.role))
