"""Writing down what was tried."""

from sqlalchemy.orm import Session

from ylyx_site.journal.service import note
from ylyx_site.shared import vault
from ylyx_site.welfare.errors import CheckOver
from ylyx_site.welfare.models import WelfareStep
from ylyx_site.welfare.queries.checks import check_of
from ylyx_site.welfare.rules.wishes import Author, StepWish


def take_step(session: Session, check_id: int, wish: StepWish, author: Author) -> None:
    """Write a step down; any of them may be taken again. Raises `NotFound`, `CheckOver`."""
    check = check_of(session, author.facility_id, check_id)
    if check.ended_at is not None:
        raise CheckOver
    session.add(
        WelfareStep(
            check_id=check_id, kind=wish.kind, reached=wish.reached,
            words_sealed=vault.seal(wish.words) if wish.words else None,
            by_id=author.actor_id, at=author.now,
        )
    )  # fmt: skip
    session.flush()
    result = "reached" if wish.reached else "not reached"
    note(
        session, "welfare.step", f"welfare_check:{check_id}", actor_id=author.actor_id,
        facility_id=author.facility_id, now=author.now, detail=f"{wish.kind.value} {result}",
    )  # fmt: skip
