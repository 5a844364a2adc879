"""The administrator's page for accounts and roles."""

from collections import defaultdict
from collections.abc import Sequence

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ylyx_site.identity import passwords, queries, scopes, service
from ylyx_site.identity.access import access
from ylyx_site.identity.forms import DeedForm, GrantForm, NewAccountForm, NewGrant
from ylyx_site.identity.models import Account
from ylyx_site.identity.roles import NAMES, Role
from ylyx_site.identity.views.keys import is_first_time
from ylyx_site.identity.views.role import role_lines
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import digits, mask_phone
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("accounts", __name__, url_prefix="/admin/accounts")
LAST_PAGE = 10_000


@pages.get("")
@access(Role.ADMINISTRATOR)
def account_list() -> str:
    """Accounts by the last digits of a number or by name, a page at a time."""
    text = digits(request.args.get("q", "")[:60].replace("\0", ""))
    page = min(max(request.args.get("page", 1, int), 1), LAST_PAGE)
    accounts, more = queries.find_accounts(db.session(), text, page)
    return render(
        "identity/accounts.html",
        accounts=accounts, roles=_roles_of(accounts), mask_phone=mask_phone,
        text=text, page=page, more=more,
    )  # fmt: skip


@pages.get("/new")
@access(Role.ADMINISTRATOR)
def new_page() -> str:
    """Number and name of a new account."""
    return render("identity/new_account.html", form=NewAccountForm())


@pages.post("")
@access(Role.ADMINISTRATOR)
def create() -> ResponseReturnValue:
    """Make an account; roles and password follow on its page."""
    form, actor, now = NewAccountForm(), signed_in().account_id, clock.now()
    if not form.validate_on_submit():
        return render("identity/new_account.html", form=form), 422
    wish = form.wish()
    try:
        with transaction() as session:
            # The account's number is not known yet: a second tap looks it up by its telephone.
            answer = "/admin/accounts"
            if is_first_time(session, form, wish, actor_id=actor, answer=answer, now=now):
                service.create_account(
                    session, wish.phone, wish.name, None, actor_id=actor, now=now
                )
            made = queries.account_by_phone(session, wish.phone)
    except Refusal as refusal:
        form.refuse(refusal)
        return render("identity/new_account.html", form=form), 422
    return htmx.see_other(f"/admin/accounts/{made.id}" if made else "/admin/accounts")


@pages.get("/<int:account_id>")
@access(Role.ADMINISTRATOR)
def account_page(account_id: int) -> str:
    """One account with its roles."""
    return _account_page(account_id, GrantForm(formdata=None))


@pages.post("/<int:account_id>/roles")
@access(Role.ADMINISTRATOR)
def grant_role(account_id: int) -> ResponseReturnValue:
    """Give a role."""
    form = GrantForm()
    if not form.validate_on_submit():
        return _account_page(account_id, form), 422
    try:
        _grant(account_id, form, form.wish())
    except NotFound:
        raise
    except Refusal as refusal:
        form.refuse(refusal)
        return _account_page(account_id, form), 422
    return htmx.see_other(_address(account_id))


@pages.post("/<int:account_id>/roles/<int:grant_id>/ending")
@access(Role.ADMINISTRATOR)
def end_role(account_id: int, grant_id: int) -> Response:
    """End a role."""
    form, actor, now = _deed(), signed_in().account_id, clock.now()
    with transaction() as session:
        deed = ("end role", account_id, grant_id)
        address = _address(account_id)
        if is_first_time(session, form, deed, actor_id=actor, answer=address, now=now):
            service.end_role(session, account_id, grant_id, actor_id=actor, now=now)
    return htmx.see_other(_address(account_id))


@pages.post("/<int:account_id>/password")
@access(Role.ADMINISTRATOR)
def reset_password(account_id: int) -> ResponseReturnValue:
    """Set a new password and show it this once; it is kept nowhere in clear."""
    form, actor, now = _deed(), signed_in().account_id, clock.now()
    password = passwords.generated()
    hashed = passwords.hash_password(password)
    with transaction() as session:
        deed, address = ("password", account_id), _address(account_id)
        if not is_first_time(session, form, deed, actor_id=actor, answer=address, now=now):
            return htmx.see_other(address)
        service.set_password(session, account_id, hashed, actor_id=actor, now=now)
    account = _account(account_id)
    return render("identity/new_password.html", account=account, password=password)


@pages.post("/<int:account_id>/closure")
@access(Role.ADMINISTRATOR)
def close(account_id: int) -> Response:
    """Close an account; its sessions and roles end."""
    form, actor, now = _deed(), signed_in().account_id, clock.now()
    with transaction() as session:
        deed, address = ("close", account_id), _address(account_id)
        if is_first_time(session, form, deed, actor_id=actor, answer=address, now=now):
            service.close_account(session, account_id, actor_id=actor, now=now)
    return htmx.see_other(_address(account_id))


def _grant(account_id: int, form: GrantForm, wish: NewGrant) -> None:
    actor, now = signed_in().account_id, clock.now()
    with transaction() as session:
        answer = _address(account_id)
        deed = (account_id, wish)
        if not is_first_time(session, form, deed, actor_id=actor, answer=answer, now=now):
            return
        facility_id = scopes.facility_of(session, wish.facility) if wish.facility else None
        service.grant_role(
            session, account_id, wish.role,
            facility_id=facility_id, division_code=wish.division, actor_id=actor, now=now,
        )  # fmt: skip


def _deed() -> DeedForm:
    form = DeedForm()
    if not form.validate_on_submit():
        raise NotFound
    return form


def _account(account_id: int) -> Account:
    account = db.session().get(Account, account_id)
    if account is None:
        raise NotFound
    return account


def _address(account_id: int) -> str:
    return f"/admin/accounts/{account_id}"


def _account_page(account_id: int, form: GrantForm) -> str:
    account, who = _account(account_id), signed_in()
    remember_read("identity.account_read", f"account:{account_id}", actor_id=who.account_id)
    return render(
        "identity/account_admin.html",
        account=account,
        phone=mask_phone(account.phone),
        is_own=account_id == who.account_id,
        roles=role_lines(account_id),
        sessions=queries.live_sessions(db.session(), account_id, clock.now()),
        form=form,
        deed=lambda: DeedForm(formdata=None),  # each button has a one-time key of its own
    )


def _roles_of(accounts: Sequence[Account]) -> dict[int, list[str]]:
    roles: dict[int, list[str]] = defaultdict(list)
    for grant in queries.grants_of_all(db.session(), accounts):
        roles[grant.account_id].append(NAMES[grant.role])
    return roles
