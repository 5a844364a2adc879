"""Closed sets of handing over. Pure."""

import enum


class TakerKind(enum.StrEnum):
    """By what right somebody takes a child home; a guardian is named by the relation instead."""

    ADULT = "adult"  # authorised by a guardian
    CODE = "code"  # showed the code of the day
    OVERRULED = "overruled"  # nobody of these: the head has given a reason


class PaperSeen(enum.StrEnum):
    """What the head has seen before somebody is kept from fetching a child."""

    COURT = "court"
    POLICE = "police"
    GUARDIANS = "guardians"  # written and signed by the guardians


class BlockReason(enum.StrEnum):
    """Why a guardian wants somebody kept from fetching the child."""

    SAFETY = "safety"
    FAMILY = "family"
    OTHER = "other"
