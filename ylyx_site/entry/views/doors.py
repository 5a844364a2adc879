"""What the pages of this room share at the door."""

from collections.abc import Callable
from typing import BinaryIO, cast

from flask import Response, request
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage

from ylyx_site.entry.errors import NoPicture
from ylyx_site.entry.rules.wishes import Desk
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.once import once
from ylyx_site.shared.pictures import redrawn
from ylyx_site.shared.refusals import NotFound, Refusal

ID = "<int(min=1, max=2147483647):child_id>"


def own_house() -> int:
    """The nursery where the visitor works; raises `NotFound`."""
    facility_id = signed_in().facility_id
    if facility_id is None:
        raise NotFound
    return facility_id


def desk_now() -> Desk:
    """The visitor as somebody who writes at a nursery."""
    return Desk(own_house(), signed_in().account_id, clock.now())


def sent_picture(field: str = "picture") -> bytes:
    """The picture of the form, drawn anew; raises `NoPicture`, `BadPicture`, `PictureTooLarge`."""
    sent = request.files.get(field)
    if not isinstance(sent, FileStorage) or not sent.filename:
        raise NoPicture(field)
    try:
        return redrawn(cast(BinaryIO, sent.stream))
    except Refusal as refusal:
        refusal.field = field
        raise


def shown(picture: bytes) -> Response:
    """A picture that nobody keeps, and that is nothing but a picture."""
    answer = Response(picture, mimetype="image/webp")
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
