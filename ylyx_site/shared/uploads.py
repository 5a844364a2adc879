"""Pictures that are sent and shown: only views made for it take more than a form."""

from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar, cast

from flask import Response, current_app, request

from ylyx_site.shared.pictures import LONGEST_SIDE, MOST_BYTES, NoPicture, redrawn
from ylyx_site.shared.refusals import Refusal

View = TypeVar("View", bound=Callable[..., Any])
AROUND_A_FILE = 64 * 1024  # the other fields of the form, and what frames the parts


def takes_a_picture(view: View) -> View:
    """Mark a view to which one picture may be sent; stands under `@access`."""
    view.__dict__["most_bytes"] = MOST_BYTES + AROUND_A_FILE
    return view


def allow_files() -> None:
    """Before anything reads the form: give a marked view its larger limit."""
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "most_bytes", None)
    if request.method == "POST" and most is not None:
        request.max_content_length = most


def sent_picture(field: str = "picture", *, longest: int = LONGEST_SIDE) -> bytes | None:
    """The picture of this request's form, drawn anew; None without one.

    Raises `BadPicture` and `PictureTooLarge`, beside the field.
    """
    sent = request.files.get(field)
    if sent is None or not sent.filename:
        return None
    try:
        return redrawn(cast(BinaryIO, sent.stream), longest=longest)
    except Refusal as refusal:
        refusal.field = field
        raise


def needed_picture(field: str = "picture", *, longest: int = LONGEST_SIDE) -> bytes:
    """As `sent_picture`; raises `NoPicture` without one."""
    picture = sent_picture(field, longest=longest)
    if picture is None:
        raise NoPicture(field)
    return picture


def shown_picture(picture: bytes) -> Response:
    """A private picture; like every answer it is kept by nobody on the way."""
    return Response(picture, mimetype="image/webp")
