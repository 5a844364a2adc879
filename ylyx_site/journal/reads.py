"""Reads of personal data are journaled at the end of the request that made them.

A page calls `remember_read`; the entries are written after it is rendered and before it is sent,
in the one small write that a GET may make for this. If they cannot be written, nothing is shown.
"""

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from ylyx_site.journal.service import note
from ylyx_site.shared import clock
from ylyx_site.shared.db import OutcomeUnknownError, transaction

Entry = tuple[str, str, int, int | None]
SHOWN_AGAIN = (409, 422)  # a form that is refused shows the page once more, with all that is on it


def remember_read(
    action: str, subject: str, *, actor_id: int, facility_id: int | None = None
) -> None:
    """Have this read journaled when the page is done, e.g. `families.child_read`, `person:…`."""
    entry = (action, subject, actor_id, facility_id)
    pending = g.setdefault("reads", [])
    if entry not in pending:
        pending.append(entry)


def set_up(app: Flask) -> None:
    """Write what the request remembered."""
    app.after_request(_write)


def _write(response: Response) -> Response:
    pending = g.pop("reads", [])
    if not pending or not (response.status_code < 400 or response.status_code in SHOWN_AGAIN):
        return response
    try:
        _note_all(pending)
    except (SQLAlchemyError, OutcomeUnknownError) as error:
        response.close()
        return current_app.make_response(current_app.handle_user_exception(_as_told(error)))
    return response


def _note_all(pending: list[Entry]) -> None:
    with transaction(aside="journal of reads") as session:
        for action, subject, actor_id, facility_id in pending:
            note(
                session,
                action,
                subject,
                actor_id=actor_id,
                facility_id=facility_id,
                now=clock.now(),
            )


def _as_told(error: Exception) -> Exception:
    """What a form did is done by now: whoever sent it must not read that it is not."""
    return error if request.method in ("GET", "HEAD") else OutcomeUnknownError()
