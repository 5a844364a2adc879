"""Closed sets of rounds. Pure."""

import enum


class Tap(enum.StrEnum):
    """What one tap at a stop says."""

    DELIVERED = "delivered"  # 送到
    NOBODY = "nobody"  # 没人
    NEIGHBOUR = "neighbour"  # 邻居代收
    UNDO = "undo"
