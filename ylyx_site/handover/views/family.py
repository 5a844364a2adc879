"""Who fetches a child, for its guardians: adults, a code for a day, who must not."""

import hashlib

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from ylyx_site.families.kinds import BondState
from ylyx_site.families.queries import child_of, guardians_of
from ylyx_site.families.words import relation_words
from ylyx_site.handover.forms.people import AdultForm, BlockForm, CodeForm, PressForm
from ylyx_site.handover.queries.takers import adults_of, blocks_of, photo_of
from ylyx_site.handover.service.adults import authorise, end_adult
from ylyx_site.handover.service.blocks import block, end_block
from ylyx_site.handover.service.codes import give_code, pickup_code
from ylyx_site.handover.views.doors import ID, sent_photo
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import refused
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.uploads import shown_picture, takes_a_picture

pages = Blueprint("pickup", __name__)
PICKUP = f"/family/people/{ID}/pickup"


@pages.get(PICKUP)
@access(SIGNED_IN)
def pickup_page(child_id: int) -> str:
    """Everybody who may fetch the child, and who must not."""
    session, me = db.session(), signed_in().account_id
    child = child_of(session, me, child_id)
    remember_read("handover.adults_read", f"person:{child_id}", actor_id=me)
    guardians = [one for one in guardians_of(session, child_id) if one.state is BondState.LIVE]
    return render(
        "handover/pickup.html", child=child, guardians=guardians, relation_words=relation_words,
        adults=adults_of(session, child_id), blocks=blocks_of(session, child_id, me),
        press=PressForm, me=me,
    )  # fmt: skip


@pages.get(f"{PICKUP}/new")
@access(SIGNED_IN)
def new_page(child_id: int) -> str:
    """Somebody more."""
    form = AdultForm()
    form.valid_from.data = clock.today()
    return _adult_page(child_id, form)


@pages.post(f"{PICKUP}/new")
@access(SIGNED_IN)
@takes_a_picture
def add(child_id: int) -> ResponseReturnValue:
    """Let an adult fetch the child."""
    form, me, answer = AdultForm(), signed_in().account_id, _address(child_id)
    child_of(db.session(), me, child_id)
    if not form.validate_on_submit():
        return _adult_page(child_id, form), 422
    try:
        photo = sent_photo(form)
    except Refusal as refusal:
        form.refuse(refusal)
        return _adult_page(child_id, form), 422
    wish = form.wish(child_id)
    same = (wish, hashlib.sha256(photo).hexdigest() if photo else "")
    is_done = not refused(form, same, answer, lambda session, *_: authorise(
        session, wish, photo, actor_id=me, now=clock.now()
    ))  # fmt: skip
    return htmx.see_other(answer) if is_done else (_adult_page(child_id, form), 422)


@pages.post(f"{PICKUP}/<int:adult_id>/ending")
@access(SIGNED_IN)
def end(child_id: int, adult_id: int) -> ResponseReturnValue:
    """Nobody fetches the child by this any more."""
    form, me, answer = PressForm(), signed_in().account_id, _address(child_id)
    if form.validate_on_submit():
        refused(form, ("end adult", adult_id), answer, lambda session, *_: end_adult(
            session, child_id, adult_id, actor_id=me, now=clock.now()
        ))  # fmt: skip
    return htmx.see_other(answer)


@pages.get(f"{PICKUP}/<int:adult_id>/photo")
@access(SIGNED_IN)
def photo(child_id: int, adult_id: int) -> Response:
    """An adult's photograph, for the guardians."""
    session, me = db.session(), signed_in().account_id
    child_of(session, me, child_id)
    found = photo_of(session, child_id, adult_id)
    if found is None:
        raise NotFound
    return shown_picture(found)


@pages.get(f"{PICKUP}/code")
@access(SIGNED_IN)
def code_page(child_id: int) -> str:
    """Ask who comes, and when."""
    form = CodeForm()
    form.day.data = clock.today()
    return _code_page(child_id, form)


@pages.post(f"{PICKUP}/code")
@access(SIGNED_IN)
def give(child_id: int) -> ResponseReturnValue:
    """Make a code and show it, this once; a double tap shows the same."""
    form, me = CodeForm(), signed_in().account_id
    child_of(db.session(), me, child_id)
    if not form.validate_on_submit():
        return _code_page(child_id, form), 422
    wish = form.wish(child_id)
    code = pickup_code(wish, form.key.data or "", actor_id=me)
    is_done = not refused(form, wish, _address(child_id), lambda session, *_: give_code(
        session, wish, code, actor_id=me, now=clock.now()
    ))  # fmt: skip
    if not is_done:
        return _code_page(child_id, form), 422
    child = child_of(db.session(), me, child_id)
    return render("handover/code_given.html", child=child, wish=wish, code=code)


@pages.get(f"{PICKUP}/blocks/new")
@access(SIGNED_IN)
def block_page(child_id: int) -> str:
    """Ask who must not fetch the child."""
    return _block_page(child_id, BlockForm())


@pages.post(f"{PICKUP}/blocks/new")
@access(SIGNED_IN)
def save_block(child_id: int) -> ResponseReturnValue:
    """Keep somebody from fetching the child."""
    form, me, answer = BlockForm(), signed_in().account_id, _address(child_id)
    child_of(db.session(), me, child_id)
    is_done = form.validate_on_submit() and not refused(
        form, form.wish(child_id), answer,
        lambda session, *_: block(session, form.wish(child_id), actor_id=me, now=clock.now()),
    )  # fmt: skip
    return htmx.see_other(answer) if is_done else (_block_page(child_id, form), 422)


@pages.post(f"{PICKUP}/blocks/<int:block_id>/ending")
@access(SIGNED_IN)
def lift_block(child_id: int, block_id: int) -> ResponseReturnValue:
    """The person may be let in again, if a guardian authorises."""
    form, me, answer = PressForm(), signed_in().account_id, _address(child_id)
    if form.validate_on_submit():
        refused(form, ("end block", block_id), answer, lambda session, *_: end_block(
            session, child_id, block_id, actor_id=me, now=clock.now()
        ))  # fmt: skip
    return htmx.see_other(answer)


def _address(child_id: int) -> str:
    return f"/family/people/{child_id}/pickup"


def _adult_page(child_id: int, form: AdultForm) -> str:
    child = child_of(db.session(), signed_in().account_id, child_id)
    return render("handover/adult.html", child=child, form=form)


def _code_page(child_id: int, form: CodeForm) -> str:
    child = child_of(db.session(), signed_in().account_id, child_id)
    return render("handover/code.html", child=child, form=form)


def _block_page(child_id: int, form: BlockForm) -> str:
    child = child_of(db.session(), signed_in().account_id, child_id)
    return render("handover/block.html", child=child, form=form)
