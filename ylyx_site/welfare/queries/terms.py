"""How long a canteen waits."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.welfare.models import WelfareTerms
from ylyx_site.welfare.rules.checking import MISSED_AFTER


def missed_after(session: Session, facility_id: int) -> int:
    """Minutes after serving after which a meal counts as not collected."""
    own = session.scalar(
        sa.select(WelfareTerms.missed_after_minutes).where(WelfareTerms.facility_id == facility_id)
    )
    return MISSED_AFTER if own is None else own
