"""What was said about somebody's health goes when the consent goes; times and results stay."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.welfare.models import WelfareCheck, WelfareStep


def erase(session: Session, person_id: int) -> None:
    """Erase the words of a person's checks and of each step in them."""
    checks = sa.select(WelfareCheck.id).where(WelfareCheck.person_id == person_id)
    for statement in (
        sa.update(WelfareStep).where(WelfareStep.check_id.in_(checks)).values(words_sealed=None),
        sa.update(WelfareCheck)
        .where(WelfareCheck.person_id == person_id)
        .values(words_sealed=None),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
