"""What an elder carries or shows at the counter: the card, and a photograph by a signed paper."""

import hashlib

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from ylyx_site.counter.forms.photos import DeskPhotoForm
from ylyx_site.counter.views.doors import CLERKS, known_elder, remember
from ylyx_site.facilities.queries import facility_of
from ylyx_site.identity.access import access
from ylyx_site.identity.doors import own_facility, write_once
from ylyx_site.serving.queries.finding import card_of
from ylyx_site.serving.queries.photos import has_photo, photo_of
from ylyx_site.serving.service.cards import card_for
from ylyx_site.serving.service.photos import end_photo, keep_photo
from ylyx_site.shared import htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.identifiers import pretty_code
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.uploads import shown_picture, takes_a_picture

pages = Blueprint("desk_belongings", __name__)
ELDER = "/desk/elders/<int:elder_id>"


@pages.get(f"{ELDER}/card")
@access(*CLERKS)
def card_page(elder_id: int) -> str:
    """The elder's card, to be printed; or that there is none yet."""
    return _card_page(elder_id, WriteForm(None))


@pages.post(f"{ELDER}/card")
@access(*CLERKS)
def make_card(elder_id: int) -> ResponseReturnValue:
    """A new card; an earlier one opens nothing any more."""
    canteen_id, form = own_facility(), WriteForm()
    known_elder(elder_id)
    if not form.validate_on_submit():
        return _card_page(elder_id, form), 422
    answer = write_once(
        str(form.key.data), ("card", elder_id), f"/desk/elders/{elder_id}/card",
        lambda session, who, now: card_for(
            session, elder_id, facility_id=canteen_id, actor_id=who, now=now
        ),
    )  # fmt: skip
    return htmx.see_other(answer)


@pages.get(f"{ELDER}/photo")
@access(*CLERKS)
def photo_page(elder_id: int) -> str:
    """The photograph, or how to take one."""
    return _photo_page(elder_id, DeskPhotoForm(None))


@pages.post(f"{ELDER}/photo")
@access(*CLERKS)
@takes_a_picture
def save_photo(elder_id: int) -> ResponseReturnValue:
    """Keep a photograph."""
    form = DeskPhotoForm()
    known_elder(elder_id)
    if not form.validate_on_submit():
        return _photo_page(elder_id, form), 422
    try:
        wish = form.wish(elder_id)
        answer = write_once(
            str(form.key.data), (wish.evidence, hashlib.sha256(wish.photo).hexdigest()),
            f"/desk/elders/{elder_id}/photo",
            lambda session, who, now: keep_photo(session, wish, actor_id=who, now=now),
        )  # fmt: skip
    except Refusal as refusal:
        form.refuse(refusal)
        return _photo_page(elder_id, form), refusal.status
    return htmx.see_other(answer)


@pages.post(f"{ELDER}/photo/ending")
@access(*CLERKS)
def end(elder_id: int) -> ResponseReturnValue:
    """The elder does not agree any more: it is erased at once."""
    form, answer = WriteForm(), f"/desk/elders/{elder_id}/photo"
    known_elder(elder_id)
    if form.validate_on_submit():
        write_once(
            str(form.key.data), ("end photo", elder_id), answer,
            lambda session, who, now: end_photo(session, elder_id, actor_id=who, now=now),
        )  # fmt: skip
    return htmx.see_other(answer)


@pages.get(f"{ELDER}/photo/picture")
@access(*CLERKS)
def show_photo(elder_id: int) -> Response:
    """The photograph of somebody whom this desk knows."""
    known_elder(elder_id)
    photo = photo_of(db.session(), elder_id)
    remember("serving.photo_read", elder_id)
    return shown_picture(photo)


def _card_page(elder_id: int, form: WriteForm) -> str:
    session, elder = db.session(), known_elder(elder_id)
    card = card_of(session, elder_id)
    return render(
        "counter/elder_card.html", elder=elder, form=form, card=card,
        pretty=pretty_code(card.code) if card else "",
        facility=facility_of(session, own_facility()),
    )  # fmt: skip


def _photo_page(elder_id: int, form: DeskPhotoForm) -> str:
    elder = known_elder(elder_id)
    return render(
        "counter/photo.html", elder=elder, form=form, ending=WriteForm(None),
        has_photo=has_photo(db.session(), elder_id),
    )  # fmt: skip
