"""Words of this room. Pure."""

import enum


class Point(enum.StrEnum):
    """What is looked at before the doors open."""

    CARERS = "carers"  # enough of them in each class and half hour
    CERTIFICATES = "certificates"  # of those on duty today
    CHECKS = "checks"  # morning checks of the children who are here
    HAZARDS = "hazards"  # found and not closed


class State(enum.StrEnum):
    """How a point stands."""

    GOOD = "good"
    LOOK = "look"  # nothing wrong yet; somebody should look
    BAD = "bad"


class Reach(enum.StrEnum):
    """How far a family has come after an emergency."""

    MOVED = "moved"  # the child has care elsewhere or with us again on that day
    READ = "read"
    TOLD = "told"  # planned or sent, not opened: telephone
