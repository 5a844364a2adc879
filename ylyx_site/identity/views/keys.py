"""The one-time key, for this room's many small forms that all lead back to one page."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.once import once


def is_first_time(
    session: Session, form: WriteForm, wish: object, *, actor_id: int, answer: str, now: datetime
) -> bool:
    """Whether this form is sent for the first time; raises `KeyReused` for other content."""
    key = str(form.key.data)
    return once(session, key, wish, actor_id=actor_id, answer=answer, now=now) is None
