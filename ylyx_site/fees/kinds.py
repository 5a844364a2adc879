"""Closed sets of fees. Pure."""

import enum


class ReceiptKind(enum.StrEnum):
    """What a receipt is for: money in, money back, or an earlier receipt set right."""

    PAID = "paid"
    REFUND = "refund"
    CORRECTION = "correction"


class Means(enum.StrEnum):
    """How money changed hands."""

    CASH = "cash"
    PHONE = "phone"
    CARD = "card"
    TRANSFER = "transfer"


class Came(enum.StrEnum):
    """How a booked day went, as far as it costs."""

    CAME = "came"
    TOLD = "told"  # stayed away, told in time
    TOLD_LATE = "told_late"
    NOT_COME = "not_come"  # nobody said anything
