"""Photographs of signed papers go with the consent; the paper itself is in the desk's folder."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.counter.models import DeskPaper


def erase(session: Session, person_id: int) -> None:
    """Erase the photographs of what somebody signed; the number still finds the paper.

    No law wants the photograph: a consent (个人信息保护法 第十四条) is proved by the paper.
    """
    session.execute(
        sa.update(DeskPaper)
        .where(DeskPaper.person_id == person_id, DeskPaper.photo_sealed.is_not(None))
        .values(photo_sealed=None)
        .execution_options(synchronize_session=False)
    )
