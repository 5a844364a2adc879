"""Words of handing over. Pure."""

import enum

from ylyx_site.facilities.kinds import Serving


class HandedHow(enum.StrEnum):
    """How a meal reached its person; `NOBODY`: it did not."""

    DINE_IN = "dine_in"
    COLLECTED = "collected"
    DELIVERED = "delivered"
    NEIGHBOUR = "neighbour"
    NOBODY = "nobody"


class Means(enum.StrEnum):
    """By what the person was known."""

    NAME = "name"
    CODE = "code"  # of the order's ticket
    CARD = "card"  # the elder's own
    NEIGHBOUR_CODE = "neighbour_code"
    TAP = "tap"  # on the list of a round


SERVED = frozenset(HandedHow) - {HandedHow.NOBODY}
HOW_BY_SERVING = {
    Serving.DINE_IN: HandedHow.DINE_IN,
    Serving.PICK_UP: HandedHow.COLLECTED,
    Serving.DELIVERY: HandedHow.DELIVERED,
}

LONGEST_SIDE = 320  # pixels: a face in a list
