"""What an elder is recognised as, with who verified it, for the desk where it is kept."""

from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.families.kinds import Group
from ylyx_site.families.models import PersonGroup
from ylyx_site.identity.models import Account


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group as it is kept; `verified_by` is a name, empty where nobody wrote it down."""

    id: int
    group: Group
    evidence: str
    valid_from: date
    valid_to: date | None
    verified_by: str

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def groups_of(session: Session, person_id: int) -> list[GroupRow]:
    """All groups of a person who was fetched through the desk, the newest first; one query."""
    rows = session.execute(
        sa.select(
            PersonGroup.id, PersonGroup.group, PersonGroup.evidence, PersonGroup.valid_from,
            PersonGroup.valid_to, sa.func.coalesce(Account.name, ""),
        )
        .outerjoin(Account, Account.id == PersonGroup.verified_by)
        .where(PersonGroup.person_id == person_id)
        .order_by(PersonGroup.valid_from.desc(), PersonGroup.id)
    )  # fmt: skip
    return [GroupRow(*row) for row in rows]
