"""What the counter's pages share: whose desk it is, and writing under a fresh code."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals.errors import CodeTakenError
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.identifiers import public_code
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound

CLERKS = (Role.CLERK, Role.CANTEEN_MANAGER)
TRIES = 6
PHONE = "/desk/phone"


def own_canteen() -> int:
    """The canteen whose desk this is."""
    facility_id = signed_in().facility_id
    if facility_id is None:
        raise NotFound
    return facility_id


def under_a_code(
    key: str, wish: object, command: Callable[[Session, str, int, datetime], None]
) -> str:
    """Run `command(session, code, actor_id, now)` once; returns the address of the order."""
    for attempt in range(1, TRIES + 1):
        code, who, now = public_code(), signed_in().account_id, clock.now()
        answer = f"{PHONE}/orders/{code}"
        try:
            with transaction() as session:
                earlier = once(session, key, wish, actor_id=who, answer=answer, now=now)
                if earlier is None:
                    command(session, code, who, now)
        except CodeTakenError:
            if attempt == TRIES:
                raise
        else:
            return earlier or answer
    raise AssertionError("unreachable")


def write_once(
    key: str, wish: object, answer: str, command: Callable[[Session, int, datetime], object]
) -> str:
    """Run `command(session, actor_id, now)` once; returns where to go on to."""
    who, now = signed_in().account_id, clock.now()
    with transaction() as session:
        earlier = once(session, key, wish, actor_id=who, answer=answer, now=now)
        if earlier is None:
            command(session, who, now)
    return earlier or answer
