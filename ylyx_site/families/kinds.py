"""Words of families. Pure."""

import enum


class PersonKind(enum.StrEnum):
    """Who is cared for."""

    CHILD = "child"
    ELDER = "elder"


class BondState(enum.StrEnum):
    """A second guardian asks; the first confirms; either may end it."""

    ASKED = "asked"
    LIVE = "live"
    ENDED = "ended"


class Relation(enum.StrEnum):
    """What an account is to a person."""

    MOTHER = "mother"
    FATHER = "father"
    GRANDPARENT = "grandparent"
    GUARDIAN = "guardian"
    CHILD = "child"
    SELF = "self"
    OTHER = "other"


class Purpose(enum.StrEnum):
    """What a consent is for."""

    CHILD_DATA = "child_data"


class EndingReason(enum.StrEnum):
    """Why a guardian ends another's bond. A choice, because the journal keeps no free text."""

    CUSTODY = "custody"
    MISTAKE = "mistake"
    SAFETY = "safety"
    OTHER = "other"


class ReadingReason(enum.StrEnum):
    """Why somebody wants to see a whole ID number."""

    CHECK = "check"
    FORM = "form"
    OTHER = "other"
