"""What the worker does for this room."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families import rules
from ylyx_site.families.models import ElderRequest


def forget_requests(session: Session, now: datetime) -> int:
    """Erase what stands in requests that are over, and the rows a day later; how many went."""
    session.execute(
        sa.update(ElderRequest)
        .where(ElderRequest.expires_at < now, ElderRequest.sealed.is_not(None))
        .values(sealed=None)
        .execution_options(synchronize_session=False)
    )
    gone = session.scalars(
        sa.delete(ElderRequest)
        .where(ElderRequest.asked_at < now - rules.REQUESTS_WITHIN)
        .returning(ElderRequest.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())
