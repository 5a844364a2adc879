"""What the counter's pages share: whose desk it is, and writing under a fresh code."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.childcare import errors as care
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.meals.errors import CodeTakenError
from ylyx_site.places.errors import Full
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.identifiers import public_code
from ylyx_site.shared.once import once
from ylyx_site.shared.refusals import NotFound

CLERKS = (Role.CLERK, Role.CANTEEN_MANAGER)
HEADS = (Role.HEAD,)
TRIES = 6
PHONE = "/desk/phone"


def own_canteen() -> int:
    """The canteen whose desk this is."""
    facility_id = signed_in().facility_id
    if facility_id is None:
        raise NotFound
    return facility_id


def own_nursery() -> int:
    """The nursery whose desk this is."""
    return own_canteen()


def under_a_code(
    key: str,
    wish: object,
    command: Callable[[Session, str, int, datetime], None],
    where: str = f"{PHONE}/orders",
) -> str:
    """Run `command(session, code, actor_id, now)` once; returns the address of what it made.

    Again with another code when one is taken, or when a place went while we looked.
    """
    for attempt in range(1, TRIES + 1):
        code, who, now = public_code(), signed_in().account_id, clock.now()
        answer = f"{where}/{code}"
        try:
            with transaction() as session:
                earlier = once(session, key, wish, actor_id=who, answer=answer, now=now)
                if earlier is None:
                    command(session, code, who, now)
        except (CodeTakenError, care.CodeTakenError, Full):
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
