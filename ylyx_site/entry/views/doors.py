"""What the pages of this room share at the door."""

from ylyx_site.entry.rules.wishes import Desk
from ylyx_site.identity.doors import own_facility
from ylyx_site.identity.visitor import signed_in
from ylyx_site.shared import clock

ID = "<int(min=1, max=2147483647):child_id>"


def desk_now() -> Desk:
    """The visitor as somebody who writes at a nursery."""
    return Desk(own_facility(), signed_in().account_id, clock.now())
