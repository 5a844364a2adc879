"""Closed sets of entry. Pure."""

import enum


class PaperKind(enum.StrEnum):
    """What is shown before the first day, and after an illness."""

    AGREEMENT = "agreement"  # 托育服务协议, one for each nursery
    HEALTH_CHECK = "health_check"  # 入园健康检查表
    VACCINATION = "vaccination"  # 预防接种证
    DEFERRAL = "deferral"  # 缓种证明
    RETURN = "return"  # 复课（返园）证明, after a case


class PaperState(enum.StrEnum):
    """Where a paper is; only a confirmed one counts."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    RETURNED = "returned"
    REPLACED = "replaced"


class ReturnReason(enum.StrEnum):
    """Why staff send an upload back. A choice, because messages and journal keep no free text."""

    UNREADABLE = "unreadable"
    OTHER_CHILD = "other_child"
    OTHER_PAPER = "other_paper"
    TOO_OLD = "too_old"
    INCOMPLETE = "incomplete"


class Lack(enum.StrEnum):
    """What keeps a child from being checked in."""

    AWAY = "away"  # days after an infectious disease
    RETURN = "return"
    AGREEMENT = "agreement"
    HEALTH_CHECK = "health_check"
    HEALTH_CHECK_AGAIN = "health_check_again"  # away for longer than the district's months
    VACCINATION = "vaccination"


class Source(enum.StrEnum):
    """How staff came to know of an illness."""

    CHECK = "check"
    FAMILY = "family"
    DOCTOR = "doctor"


LASTING = frozenset({PaperKind.VACCINATION, PaperKind.DEFERRAL})  # count until a day
