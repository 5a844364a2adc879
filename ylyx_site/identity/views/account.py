"""One's own account: name, password, where one is signed in."""

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from ylyx_site.identity import passwords, queries, rules, service, whence
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.errors import WrongOldPassword
from ylyx_site.identity.forms import DeedForm, NameForm, NewPasswordForm
from ylyx_site.identity.models import Account
from ylyx_site.identity.views import entering
from ylyx_site.identity.views.keys import is_first_time
from ylyx_site.identity.views.role import role_lines
from ylyx_site.identity.visitor import Visitor, signed_in
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import mask_phone
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.web import safe_next

pages = Blueprint("account", __name__)


@pages.get("/account")
@access(SIGNED_IN)
def account_page() -> str:
    """Everything about oneself on one page."""
    who = signed_in()
    return render(
        "identity/account.html",
        who=who,
        phone=mask_phone(who.phone),
        has_password=_has_password(who),
        roles=role_lines(who.account_id),
        workplace=rules.landing(who.role),
        sessions=queries.live_sessions(db.session(), who.account_id, clock.now()),
        deed=lambda: DeedForm(formdata=None),  # each button has a one-time key of its own
    )


@pages.get("/account/name")
@access(SIGNED_IN)
def name_page() -> str:
    """Ask for the name; after registering, before going on."""
    return _name_page(NameForm(name=signed_in().name, next=request.args.get("next")))


@pages.post("/account/name")
@access(SIGNED_IN)
def change_name() -> ResponseReturnValue:
    """Change one's name."""
    form, me, now = NameForm(), signed_in().account_id, clock.now()
    if not form.validate_on_submit():
        return _name_page(form), 422
    answer, wish = safe_next(form.next.data, "/account"), form.wish()
    with transaction() as session:
        if is_first_time(session, form, wish, actor_id=me, answer=answer, now=now):
            service.rename(session, me, wish.name, actor_id=me, now=now)
    return htmx.see_other(answer)


@pages.get("/account/password")
@access(SIGNED_IN)
def password_page() -> str:
    """Set or change the password."""
    return _password_page(NewPasswordForm())


@pages.post("/account/password")
@access(SIGNED_IN)
def change_password() -> ResponseReturnValue:
    """Set a new password; all other sessions end."""
    form, who, now = NewPasswordForm(), signed_in(), clock.now()
    if not form.validate_on_submit():
        return _password_page(form), 422
    wish, me = form.wish(), who.account_id
    try:
        _check_old(who, wish.old)
    except Refusal as refusal:
        form.refuse(refusal)
        return _password_page(form), 422
    hashed = passwords.hash_password(wish.new)
    with transaction() as session:
        if is_first_time(session, form, wish, actor_id=me, answer="/account", now=now):
            service.set_password(session, me, hashed, actor_id=me, now=now, keep=who.token_hash)
    return htmx.see_other("/account")


@pages.post("/account/sessions/ending")
@access(SIGNED_IN)
def end_sessions() -> Response:
    """Sign out one other device, or all of them."""
    form, who, now = DeedForm(), signed_in(), clock.now()
    if not form.validate_on_submit():
        raise NotFound
    wanted, me = request.form.get("session", ""), who.account_id
    with transaction() as session:
        if not is_first_time(session, form, wanted, actor_id=me, answer="/account", now=now):
            return htmx.see_other("/account")
        if wanted:
            service.end_one(session, me, wanted, now=now)
        else:
            service.end_sessions(session, me, now=now, but=who.token_hash)
    return htmx.see_other("/account")


def _check_old(who: Visitor, old: str) -> None:
    """Raise unless the present password is known, or need not be."""
    if not _has_password(who) or entering.came_by_code_just_now():
        return
    checked = service.check_password(
        db.session(), who.phone, old, whence.address(), now=clock.now()
    )
    if checked.account_id is not None:
        return
    with transaction() as session:
        service.note_wrong_password(session, who.phone, whence.address(), now=clock.now())
    raise WrongOldPassword(field="old")


def _has_password(who: Visitor) -> bool:
    account = db.session().get(Account, who.account_id)
    return account is not None and account.password_hash is not None


def _password_page(form: NewPasswordForm) -> str:
    needs_old = _has_password(signed_in()) and not entering.came_by_code_just_now()
    return render("identity/password.html", form=form, needs_old=needs_old)


def _name_page(form: NameForm) -> str:
    onward = safe_next(form.next.data, "/account")
    return render("identity/name.html", form=form, onward=onward, is_new=not signed_in().name)
