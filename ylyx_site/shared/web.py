"""What every answer carries: security headers, caching rules, the request's number."""

import secrets
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, request
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter, Map

from ylyx_site.shared.uploads import allow_files

CSP = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "frame-ancestors 'none'; form-action 'self'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


class RowNumber(IntegerConverter):
    """A whole number in an address that fits a column; anything larger is no such page."""

    def __init__(self, map: Map, max: int = 2**31 - 1, **limits: Any) -> None:  # noqa: A002 Werkzeug's names
        super().__init__(map, max=max, **limits)


def set_up(app: Flask) -> None:
    """Number each request, and put the headers on each answer."""
    app.url_map.converters["int"] = RowNumber
    app.before_request(_number)
    app.before_request(allow_files)  # before anything reads the form
    app.before_request(_refuse_nul)
    app.after_request(_protect)


def _number() -> None:
    g.request_number = secrets.token_hex(8)


def _refuse_nul() -> None:
    """No text of people has the character NUL, and PostgreSQL cannot hold it."""
    texts = [request.path, *_values(request.args)]
    if request.method == "POST":
        texts += _values(request.form)
    if any("\0" in text for text in texts):
        abort(400)


def _values(fields: MultiDict[str, str]) -> list[str]:
    return [value for values in fields.listvalues() for value in values]


def _protect(response: Response) -> Response:
    response.headers.update(HEADERS)
    response.headers["X-Request-Id"] = g.get("request_number", "")
    if response.headers.get("Cache-Control", "no-cache") == "no-cache":  # so Flask sends a file
        response.headers["Cache-Control"] = "no-store"
    response.headers.add("Vary", "HX-Request")
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return response


def safe_next(address: str | None, otherwise: str = "/") -> str:
    """An address of this site to go on to; anything that leads elsewhere becomes `otherwise`."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return otherwise
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or any(ord(letter) < 32 for letter in address):
        return otherwise
    return address
