"""Adding somebody: who is meant first, then an elder by the elder's own telephone, or oneself."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from ylyx_site.families import service, words
from ylyx_site.families.errors import RequestOver, WrongConsentCode
from ylyx_site.families.forms import AgreementForm, ElderForm, PressForm, SelfForm
from ylyx_site.families.service import Asked, RequestFacts
from ylyx_site.families.views.doors import PEOPLE, address_of, show_refusal
from ylyx_site.identity import senders
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.visitor import signed_in
from ylyx_site.identity.whence import address
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import mask_name, mask_phone
from ylyx_site.shared.once import once, settle
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render

pages = Blueprint("elders_asking", __name__)
NEW_ELDER = f"{PEOPLE}/new?kind=elder"
REQUEST = f"{PEOPLE}/requests/<int(min=1, max=2147483647):request_id>"


@pages.post(f"{PEOPLE}/elders")
@access(SIGNED_IN)
def ask() -> ResponseReturnValue:
    """Keep the request, send the code to the elder, and ask for it on the next page."""
    form = ElderForm()
    if not form.validate_on_submit():
        return elder_page(form), 422
    try:
        return htmx.see_other(_ask(form))
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return elder_page(form), status


@pages.post(f"{PEOPLE}/self")
@access(SIGNED_IN)
def add_oneself() -> ResponseReturnValue:
    """Enter oneself as an elder."""
    form = SelfForm()
    if not form.validate_on_submit():
        return self_page(form), 422
    try:
        return htmx.see_other(_add_oneself(form))
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return self_page(form), status


@pages.get(REQUEST)
@access(SIGNED_IN)
def request_page(request_id: int) -> ResponseReturnValue:
    """Ask for the code that the elder reads out."""
    return _request_page(request_id, AgreementForm())


@pages.post(REQUEST)
@access(SIGNED_IN)
def agree(request_id: int) -> ResponseReturnValue:
    """The elder has agreed if the code is right."""
    form = AgreementForm()
    if not form.validate_on_submit():
        return _request_page(request_id, form, 422)
    try:
        return htmx.see_other(address_of(_agree(form, request_id)))
    except Refusal as refusal:
        status = show_refusal(form, refusal)
        return _request_page(request_id, form, status)


@pages.post(f"{REQUEST}/code")
@access(SIGNED_IN)
def send_again(request_id: int) -> ResponseReturnValue:
    """Send another code for the same request."""
    pressed, form = PressForm(), AgreementForm(formdata=None)
    if pressed.validate_on_submit():
        try:
            _send_again(pressed.key.data or "", request_id)
        except Refusal as refusal:
            status = show_refusal(form, refusal)
            return _request_page(request_id, form, status)
    return htmx.see_other(_address_of(request_id))


def elder_page(form: ElderForm) -> str:
    """The form about an elder."""
    return render("families/new_elder.html", form=form)


def self_page(form: SelfForm) -> str:
    """The form about oneself; the telephone is that of the account."""
    return render("families/new_self.html", form=form, phone=mask_phone(signed_in().phone))


def _ask(form: ElderForm) -> str:
    me, now, wish = signed_in().account_id, clock.now(), form.wish()
    key = form.key.data or ""
    with transaction() as session:
        earlier = once(session, key, wish, actor_id=me, answer=NEW_ELDER, now=now)
        if earlier is not None:
            return earlier
        asked = service.ask_elder(session, wish, address(), actor_id=me, now=now)
        answer = settle(session, key, actor_id=me, answer=_address_of(asked.request_id))
    _send(asked)
    return answer


def _send_again(key: str, request_id: int) -> None:
    me, now, answer = signed_in().account_id, clock.now(), _address_of(request_id)
    with transaction() as session:
        if once(session, key, request_id, actor_id=me, answer=answer, now=now) is not None:
            return
        asked = service.ask_again(session, request_id, address(), actor_id=me, now=now)
    _send(asked)


def _add_oneself(form: SelfForm) -> str:
    me, now, wish = signed_in().account_id, clock.now(), form.wish()
    key = form.key.data or ""
    with transaction() as session:
        earlier = once(session, key, wish, actor_id=me, answer=PEOPLE, now=now)
        if earlier is not None:
            return earlier
        elder = service.add_oneself(session, wish, actor_id=me, now=now)
        return settle(session, key, actor_id=me, answer=address_of(elder.id))


def _agree(form: AgreementForm, request_id: int) -> int:
    """The elder's id. Needs no key: a request is agreed to once, and a wrong code must count."""
    me, now = signed_in().account_id, clock.now()
    with transaction() as session:
        person_id = service.agree(session, form.wish(request_id), address(), actor_id=me, now=now)
    if person_id is None:  # raised out here, because the failure has to be counted
        raise WrongConsentCode(field="code")
    return person_id


def _send(asked: Asked) -> None:
    """After the commit; nothing goes out where no telephone on record can read it."""
    if asked.phone is None:
        return
    me = signed_in()
    text = words.CONSENT_MESSAGE % {
        "asker": me.name,
        "phone": mask_phone(me.phone),
        "elder": mask_name(asked.elder_name),
        "code": asked.code,
    }
    senders.sender().tell(asked.phone, text)


def _request_page(request_id: int, form: AgreementForm, status: int = 200) -> ResponseReturnValue:
    facts = _facts(request_id)
    if facts is None:
        return render("families/request_over.html"), status
    if facts.person_id is not None:
        return htmx.see_other(address_of(facts.person_id))
    return render(
        "families/request.html", form=form, asked=facts, here_is=_address_of(request_id),
        press=PressForm,
    ), status  # fmt: skip


def _facts(request_id: int) -> RequestFacts | None:
    """What was asked; None once it is over."""
    try:
        return service.request_facts(
            db.session(), request_id, actor_id=signed_in().account_id, now=clock.now()
        )
    except RequestOver:
        return None


def _address_of(request_id: int) -> str:
    return f"{PEOPLE}/requests/{request_id}"
