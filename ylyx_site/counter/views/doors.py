"""Whose desk it is, and an elder as this desk may see one."""

from ylyx_site.counter.queries.calls import eater_here
from ylyx_site.families.queries.eaters import EaterFacts
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.roles import Role
from ylyx_site.identity.visitor import signed_in
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared import clock
from ylyx_site.shared.db import db

CLERKS = (Role.CLERK, Role.CANTEEN_MANAGER)
HEADS = (Role.HEAD,)
PHONE = "/desk/phone"


def known_elder(elder_id: int) -> EaterFacts:
    """An elder whom this desk knows; the read is journaled. Raises `NotFound`."""
    elder = eater_here(db.session(), own_facility(), elder_id, clock.today())
    remember("counter.elder_read", elder_id)
    return elder


def remember(action: str, elder_id: int) -> None:
    """Have a read about an elder journaled when the page is done."""
    remember_read(
        action, f"person:{elder_id}",
        actor_id=signed_in().account_id, facility_id=own_facility(),
    )  # fmt: skip
