"""Closed sets of welfare. Pure."""

import enum

from ylyx_site.families.kinds import Group


class Why(enum.StrEnum):
    """What opened a check."""

    NOBODY = "nobody"  # nobody opened the door
    NOT_COLLECTED = "not_collected"  # nobody came for the meal


class StepKind(enum.StrEnum):
    """What is tried, in this order."""

    CALL = "call"  # 打电话
    NEIGHBOUR = "neighbour"  # 请邻居看看
    GRID_WORKER = "grid_worker"  # 请网格员上门


class Outcome(enum.StrEnum):
    """How a check ended. The first two come by themselves, the others are chosen."""

    COLLECTED = "collected"  # the meal reached its person after all
    MISTAKE = "mistake"  # the tap that opened it was taken back
    FINE = "fine"
    AWAY = "away"
    HOSPITAL = "hospital"
    HELPED = "helped"  # somebody is with the person now
    OTHER = "other"


CHOSEN = (Outcome.FINE, Outcome.AWAY, Outcome.HOSPITAL, Outcome.HELPED, Outcome.OTHER)

# 特殊困难老年人 whom the month's visits are for [关于开展特殊困难老年人探访关爱服务的指导意见
# (民发〔2022〕73号): 独居、空巢、留守、失能、重残、计划生育特殊家庭], and 特困.
HARDSHIP = frozenset({
    Group.DESTITUTE, Group.LIVING_ALONE, Group.EMPTY_NEST, Group.LEFT_BEHIND,
    Group.DISABLED_CARE, Group.DISABILITY, Group.FAMILY_PLANNING,
})  # fmt: skip
