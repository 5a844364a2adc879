"""Views to which files are sent: only their requests may be larger than a form."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import current_app, request

from ylyx_site.shared.pictures import MOST_BYTES

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
