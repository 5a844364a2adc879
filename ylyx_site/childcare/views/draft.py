"""A note to the carers that could not be sent yet, kept in the family's own browser.

So that it is there again after signing in, after an error, or with another day. Sealed, bound to
the children it is about, and gone after an hour or with the booking: never in an address, because
addresses are written into logs.
"""

import json
from collections.abc import Collection

from cryptography.fernet import InvalidToken
from flask import Response, request

from ylyx_site.shared import vault

COOKIE = "care_note"
PATH = "/childcare"
HOUR = 3600
LONGEST = 300  # a little more than is allowed, so that what is too long can be made shorter


def remember(response: Response) -> Response:
    """Keep the note of a form that did not book; forget it once one did."""
    if request.method != "POST" or response.status_code == 413:
        return response
    if response.status_code == 303 and (response.location or "").startswith("/childcare/bookings/"):
        if COOKIE in request.cookies:
            response.delete_cookie(COOKIE, path=PATH)
        return response
    note = request.form.get("note", "").strip()[:LONGEST]
    whose = sorted(request.form.getlist("child_id"))
    if note and len("".join(whose)) <= LONGEST:
        sealed = vault.seal(json.dumps([whose, note], ensure_ascii=False))
        response.set_cookie(
            COOKIE, sealed, max_age=HOUR, path=PATH, httponly=True, samesite="Lax",
            secure=request.is_secure,
        )  # fmt: skip
    return response


def note_for(child_ids: Collection[int]) -> str:
    """The note that waits for these children; empty when there is none."""
    try:
        whose, note = json.loads(vault.unseal(request.cookies.get(COOKIE, "")))
    except (InvalidToken, ValueError):
        return ""
    return str(note) if whose == sorted(map(str, child_ids)) else ""
