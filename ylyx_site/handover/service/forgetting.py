"""Who may fetch a child goes when the consent for the child goes."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.handover.models import PickupAdult, PickupBlock, PickupCode, PickupPhoto


def erase(session: Session, child_id: int) -> None:
    """Erase adults, photographs, codes and blocks of a child."""
    adults = sa.select(PickupAdult.id).where(PickupAdult.child_id == child_id)
    for statement in (
        sa.delete(PickupPhoto).where(PickupPhoto.adult_id.in_(adults)),
        sa.delete(PickupAdult).where(PickupAdult.child_id == child_id),
        sa.delete(PickupCode).where(PickupCode.child_id == child_id),
        sa.delete(PickupBlock).where(PickupBlock.child_id == child_id),
    ):
        session.execute(statement.execution_options(synchronize_session=False))
