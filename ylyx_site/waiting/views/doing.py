"""What every write of this room does at the door."""

from collections.abc import Callable
from datetime import datetime

from flask import request
from sqlalchemy.orm import Session

from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.once import once, settle
from ylyx_site.shared.refusals import Refusal

Command = Callable[[Session, datetime], str | None]


def done(
    form: WriteForm, command: Command, *, actor_id: int, answer: str, asked: object = ()
) -> str | int:
    """Do it once for this form; returns where to go on, or the status of a form that is refused.

    The command may return another answer than the one that is known before. `NotFound` goes on.
    """
    if not form.validate():
        return 422
    now, key = clock.now(), str(form.key.data)
    try:
        with transaction() as session:
            wish = (request.path, asked)
            earlier = once(session, key, wish, actor_id=actor_id, answer=answer, now=now)
            if earlier is not None:
                return earlier
            better = command(session, now)
            return settle(session, key, actor_id=actor_id, answer=better) if better else answer
    except Refusal as refusal:
        form.refuse(refusal)
        return refusal.status
