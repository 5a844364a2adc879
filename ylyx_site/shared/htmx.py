"""The only place that knows htmx's headers."""

from flask import Response, redirect, request
from werkzeug.wrappers import Response as BaseResponse


def wants_part(part_id: str) -> bool:
    """Whether htmx asks for the part with this id (and not for the whole page)."""
    target = request.headers.get("HX-Target", "")
    return is_htmx() and target.rpartition("#")[2] == part_id


def is_htmx() -> bool:
    """Whether this request was made by htmx."""
    return request.headers.get("HX-Request") == "true"


def see_other(address: str) -> BaseResponse:
    """Send the browser on after a write: 303, or HX-Redirect to leave a fragment."""
    if not is_htmx():
        return redirect(address, 303)
    response = Response(status=204)
    response.headers["HX-Redirect"] = address
    return response
