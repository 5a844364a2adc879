"""Closed sets of the queue. Pure."""

import enum


class EntryState(enum.StrEnum):
    """Where somebody who waits stands."""

    WAITING = "waiting"
    PAUSED = "paused"  # keeps the place in the queue, is skipped
    OFFERED = "offered"  # an offer is open
    BOOKED = "booked"  # got what they waited for
    ENDED = "ended"


LIVE = (EntryState.WAITING, EntryState.PAUSED, EntryState.OFFERED)


class NeedState(enum.StrEnum):
    """A day that is waited for."""

    OPEN = "open"
    BOOKED = "booked"
    DECLINED = "declined"
    PAST = "past"


class OfferState(enum.StrEnum):
    """An offer is consumed once."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"


class Event(enum.StrEnum):
    """What a line of the queue's ledger tells."""

    JOINED = "joined"
    RANKED = "ranked"  # a priority was confirmed, or taken back
    PAUSED = "paused"
    RESUMED = "resumed"
    SKIPPED = "skipped"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    BOOKED = "booked"
    ENDED = "ended"


class Skip(enum.StrEnum):
    """Why somebody further ahead was not asked."""

    PAUSED = "paused"
    OFFERED = "offered"  # has another offer open
    AGE = "age"
    BUSY = "busy"  # a child is somewhere else at that time
    HOURS = "hours"  # less became free than is needed
    SIBLINGS = "siblings"  # not enough for all of them
    LATE = "late"  # no time left to answer before the limit for booking
    SHUT = "shut"  # not open, or no such care on that day
    GONE = "gone"  # the children's record ended
