"""An elder's photograph: given and taken back by the family, shown at the counter."""

import hashlib

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from ylyx_site.families.queries import eater_of
from ylyx_site.identity.access import SIGNED_IN, access
from ylyx_site.identity.doors import own_facility, write_once
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.serving.forms.photos import EndPhotoForm, PhotoForm
from ylyx_site.serving.queries.photos import has_photo, photo_at_counter, photo_of
from ylyx_site.serving.service.photos import PhotoWish, end_photo, keep_photo
from ylyx_site.serving.views.doors import COUNTER, LIST
from ylyx_site.shared import clock, htmx
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.templating import render
from ylyx_site.shared.uploads import shown_picture, takes_a_picture

pages = Blueprint("eater_photos", __name__)
PHOTO = "/family/people/<int(min=1, max=2147483647):elder_id>/photo"


@pages.get(f"{LIST}/photos/<int(min=1, max=2147483647):elder_id>")
@access(*COUNTER)
def show_at_counter(elder_id: int) -> Response:
    """The face of somebody on the list."""
    photo = photo_at_counter(db.session(), own_facility(), elder_id, clock.today())
    remember_read(
        "serving.photo_read", f"person:{elder_id}",
        actor_id=signed_in().account_id, facility_id=own_facility(),
    )  # fmt: skip
    return shown_picture(photo)


@pages.get(PHOTO)
@access(SIGNED_IN)
def photo_page(elder_id: int) -> str:
    """The photograph, or how to give one."""
    return _page(elder_id, PhotoForm(None))


@pages.post(PHOTO)
@access(SIGNED_IN)
@takes_a_picture
def save_photo(elder_id: int) -> ResponseReturnValue:
    """Keep a photograph."""
    form, me = PhotoForm(), signed_in().account_id
    eater_of(db.session(), me, elder_id)
    if not form.validate_on_submit():
        return _page(elder_id, form), 422
    try:
        wish = PhotoWish(elder_id, form.photo())
        write_once(str(form.key.data), hashed(wish), _address(elder_id), lambda session, who, now:
                   keep_photo(session, wish, actor_id=who, now=now))  # fmt: skip
    except Refusal as refusal:
        form.refuse(refusal)
        return _page(elder_id, form), 422
    return htmx.see_other(_address(elder_id))


@pages.post(f"{PHOTO}/ending")
@access(SIGNED_IN)
def end(elder_id: int) -> ResponseReturnValue:
    """Take it back; it is erased at once."""
    form, me = EndPhotoForm(), signed_in().account_id
    eater_of(db.session(), me, elder_id)
    if form.validate_on_submit():
        deed = ("end photo", elder_id)
        write_once(str(form.key.data), deed, _address(elder_id), lambda session, who, now:
                   end_photo(session, elder_id, actor_id=who, now=now))  # fmt: skip
    return htmx.see_other(_address(elder_id))


@pages.get(f"{PHOTO}/picture")
@access(SIGNED_IN)
def show_to_family(elder_id: int) -> Response:
    """The photograph, for whoever acts for the elder."""
    me = signed_in().account_id
    eater_of(db.session(), me, elder_id)
    photo = photo_of(db.session(), elder_id)
    remember_read("serving.photo_read", f"person:{elder_id}", actor_id=me)
    return shown_picture(photo)


def hashed(wish: PhotoWish) -> tuple[int, str]:
    """What a one-time key remembers of a photograph."""
    return wish.person_id, hashlib.sha256(wish.photo).hexdigest()


def _address(elder_id: int) -> str:
    return f"/family/people/{elder_id}/photo"


def _page(elder_id: int, form: PhotoForm) -> str:
    session = db.session()
    session.rollback()
    elder = eater_of(session, signed_in().account_id, elder_id)
    return render(
        "serving/photo.html", elder=elder, form=form, ending=EndPhotoForm(None),
        has_photo=has_photo(session, elder_id),
    )  # fmt: skip
