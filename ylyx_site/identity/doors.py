"""What pages do alike at their door: whose house this is, and a write that happens once.

`Site.dispatch_request` runs a whole view again when the database asks for it; nothing here does.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.identifiers import CodeTakenError, public_code
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.retries import tried_again

if TYPE_CHECKING:
    from ylyx_site.shared.forms import WriteForm

Command = Callable[[Session, int, datetime], object]  # session, who acts, now


def own_facility() -> int:
    """The facility where the visitor works; raises `NotFound` for whoever works at none."""
    facility_id = signed_in().facility_id
    if facility_id is None:
        raise NotFound
    return facility_id


def write_once(key: str, wish: object, answer: str, command: Command) -> str:
    """Run the command in one transaction, once for this key.

    Returns the address to go on to: `answer`, or that of the first sending.
    """
    who, now = signed_in().account_id, clock.now()
    with transaction() as session:
        earlier = once(session, key, wish, actor_id=who, answer=answer, now=now)
        if earlier is None:
            command(session, who, now)
    return earlier or answer


def write_under_a_code(
    key: str,
    wish: object,
    where: str,
    command: Callable[[Session, str, int, datetime], object],
    *,
    again: tuple[type[Exception], ...] = (),
) -> str:
    """As `write_once` for what gets a fresh code; `where` and the code are its address.

    Tried again when the code is taken, and after what `again` names: a place that went while we
    looked.
    """

    def once_more() -> str:
        code = public_code()
        return write_once(
            key, wish, f"{where}/{code}", lambda session, who, now: command(session, code, who, now)
        )

    return tried_again(once_more, CodeTakenError, *again)


def refused(form: "WriteForm", wish: object, answer: str, command: Command) -> Refusal | None:
    """As `write_once`; a refusal is shown on the form and returned. What is not there is 404."""
    try:
        write_once(str(form.key.data), wish, answer, command)
    except Refusal as refusal:
        form.refuse(refusal)
        return refusal
    return None
