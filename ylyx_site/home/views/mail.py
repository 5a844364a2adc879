"""One's own e-mail address for messages: entered, proved by a code, removed."""

import smtplib
from datetime import datetime

import structlog
from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.home import service
from ylyx_site.home.forms import AddressForm, ProofForm, RemovalForm
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.notices import queries
from ylyx_site.notices.errors import AddressCodeWrong, LetterNotSent
from ylyx_site.notices.kinds import Channel
from ylyx_site.notices.rules import mask_address
from ylyx_site.notices.senders import Message, NoSender, NotPluggedInError, post
from ylyx_site.notices.service import ask_for_address
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("mail", __name__)
HERE = "/account/email"
log = structlog.get_logger()


@pages.get("/account/email")
@access(SIGNED_IN)
def address_page() -> str:
    """The address there is, or the way to one."""
    return _page()


@pages.post("/account/email")
@access(SIGNED_IN)
def send_code() -> ResponseReturnValue:
    """Send a code to the address."""
    form, me, now = AddressForm(), signed_in().account_id, clock.now()
    if not form.validate_on_submit():
        return _page(address=form), 422
    wish = form.wish()
    try:
        with transaction() as session:
            if once(session, str(form.key.data), wish, actor_id=me, answer=HERE, now=now):
                return htmx.see_other(HERE)
            code = ask_for_address(session, wish.address, actor_id=me, now=now)
        _send(wish.address, code, me, now)
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(address=form), 422
    return htmx.see_other(HERE)


@pages.post("/account/email/proof")
@access(SIGNED_IN)
def prove() -> ResponseReturnValue:
    """Use the address from now on, if the code is right; a wrong one is counted."""
    form, me, now = ProofForm(), signed_in().account_id, clock.now()
    if not form.validate_on_submit():
        return _page(proof=form), 422
    with transaction() as session:
        is_right = service.prove_address(session, form.wish().code, actor_id=me, now=now)
    if not is_right:
        form.refuse(AddressCodeWrong(field="code"))
        return _page(proof=form), 422
    return htmx.see_other("/notices/preferences")


@pages.post("/account/email/removal")
@access(SIGNED_IN)
def remove() -> ResponseReturnValue:
    """Forget the address."""
    form, me, now = RemovalForm(), signed_in().account_id, clock.now()
    if not form.validate_on_submit():
        return _page(), 422
    with transaction() as session:
        key = str(form.key.data)
        if once(session, key, "remove", actor_id=me, answer=HERE, now=now) is None:
            service.remove_address(session, actor_id=me, now=now)
    return htmx.see_other(HERE)


def _send(address: str, code: str, account_id: int, now: datetime) -> None:
    """After the commit, and at once: somebody waits for it. Raises `LetterNotSent`."""
    text = _(
        "【一老一小】邮箱验证码 %(code)s，15 分钟内有效。不是您本人操作，请不用理会。", code=code
    )
    key = f"address:{account_id}:{now.isoformat()}"
    try:
        post().senders[Channel.EMAIL].send(Message(key, address, text))
    except (OSError, smtplib.SMTPException, NotPluggedInError) as error:
        # Its words may hold the address: only its kind is logged.
        log.error("letter not sent", error=type(error).__name__)  # noqa: TRY400
        raise LetterNotSent(field="address") from None


def _page(address: AddressForm | None = None, proof: ProofForm | None = None) -> str:
    session, me = db.session(), signed_in().account_id
    proved = queries.address_of(session, me, Channel.EMAIL)
    asked = queries.address_asked(session, me, clock.now())
    return render(
        "home/mail.html",
        proved=proved and mask_address(proved),
        asked=asked and mask_address(asked),
        address=address or AddressForm(formdata=None),
        proof=proof or ProofForm(formdata=None),
        removal=RemovalForm(formdata=None),
        has_post=not isinstance(post().senders[Channel.EMAIL], NoSender),
    )
