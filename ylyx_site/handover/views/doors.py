"""What the pages of this room share at the door."""

from collections.abc import Callable
from typing import BinaryIO, cast

from flask import Response, request
from sqlalchemy.orm import Session

from ylyx_site.handover.errors import PhotoWithoutConsent
from ylyx_site.handover.forms.people import AdultForm
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.once import once
from ylyx_site.shared.pictures import redrawn
from ylyx_site.shared.refusals import NotFound, Refusal

ID = "<int(min=1, max=2147483647):child_id>"
LONGEST_SIDE = 480  # a face on a button, nothing to be looked at closely


def sent_photo(form: AdultForm) -> bytes | None:
    """The photograph of the form, drawn anew and small; None without one.

    Raises `PhotoWithoutConsent`, `BadPicture`, `PictureTooLarge`.
    """
    sent = request.files.get("picture")
    if sent is None or not sent.filename:
        return None
    if not form.consent.data:
        raise PhotoWithoutConsent
    try:
        return redrawn(cast(BinaryIO, sent.stream), longest=LONGEST_SIDE)
    except Refusal as refusal:
        refusal.field = "picture"
        raise


def shown(photo: bytes | None) -> Response:
    """A photograph that nobody keeps; raises `NotFound` without one."""
    if photo is None:
        raise NotFound
    answer = Response(photo, mimetype="image/webp")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def written(
    form: WriteForm, wish: object, answer: str, command: Callable[[Session], object]
) -> bool:
    """Run the command once; a refusal is shown on the form, what is not there goes on as 404."""
    try:
        with transaction() as session:
            key, who = form.key.data or "", signed_in().account_id
            if not once(session, key, wish, actor_id=who, answer=answer, now=clock.now()):
                command(session)
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        form.refuse(refusal)
        return False
    return True
