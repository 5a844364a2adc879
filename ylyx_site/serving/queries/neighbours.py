"""A family's codes for neighbours."""

from collections.abc import Collection

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.serving.models import NeighbourCode


def codes_of(session: Session, meal_ids: Collection[int]) -> dict[int, NeighbourCode]:
    """The codes of meals that were fetched through their family."""
    rows = session.scalars(
        sa.select(NeighbourCode)
        .where(NeighbourCode.ordered_meal_id.in_(meal_ids))
        .execution_options(populate_existing=True)
    )
    return {row.ordered_meal_id: row for row in rows}
