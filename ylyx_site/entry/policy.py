"""Whether a child may be checked in, as far as rows decide it."""

from datetime import date

from sqlalchemy.orm import Session

from ylyx_site.entry.errors import PapersMissing, StillAway
from ylyx_site.entry.kinds import Lack
from ylyx_site.entry.queries.gate import lacks_of

AFTER_ILLNESS = frozenset({Lack.AWAY, Lack.RETURN})


def refuse_unready(session: Session, facility_id: int, child_id: int, day: date) -> None:
    """Raise `StillAway` or `PapersMissing` unless the child may come in on this day."""
    found = lacks_of(session, facility_id, [child_id], day).get(child_id, ())
    if AFTER_ILLNESS & set(found):
        raise StillAway
    if found:
        raise PapersMissing
