"""Closed sets of attendance. Pure."""

import enum


class Reason(enum.StrEnum):
    """Why a child stays away; illness is health data and is kept sealed like the others."""

    ILL = "ill"
    BUSY = "busy"
    OTHER = "other"


class Step(enum.StrEnum):
    """What one tap at a child's row does."""

    ARRIVE = "arrive"
    ARRIVE_WELL = "arrive_well"  # looked at and let in, with one tap
    LEAVE = "leave"
    ABSENT = "absent"
    UNDO = "undo"
    CHECK_OK = "check_ok"
    MIDDAY_OK = "midday_ok"


class Standing(enum.StrEnum):
    """Where a child of the day's list is."""

    EXPECTED = "expected"
    REFUSED = "refused"  # the check at the door was not all right
    HERE = "here"
    GONE = "gone"
    ABSENT = "absent"


class CheckKind(enum.StrEnum):
    """晨检 at the door, 午检 after the nap."""

    MORNING = "morning"
    MIDDAY = "midday"


class Result(enum.StrEnum):
    """What follows from a check."""

    OK = "ok"
    RECHECK = "recheck"
    ISOLATED = "isolated"


class Symptom(enum.StrEnum):
    """What a carer looks for: 一问二摸三看四查."""

    RASH = "rash"
    THROAT = "throat"
    EYES = "eyes"
    COUGH = "cough"
    STOMACH = "stomach"
    SPIRITS = "spirits"
    INJURY = "injury"


class PhoneReason(enum.StrEnum):
    """Why staff look at a guardian's whole number."""

    ILL = "ill"
    NOT_COME = "not_come"
    NOT_FETCHED = "not_fetched"
    OTHER = "other"


class Ate(enum.StrEnum):
    """How a child ate."""

    ALL = "all"
    MOST = "most"
    LITTLE = "little"


class Slept(enum.StrEnum):
    """How a child slept at noon."""

    WELL = "well"
    SHORT = "short"
    NOT = "not"


class Mood(enum.StrEnum):
    """How a child was."""

    HAPPY = "happy"
    CALM = "calm"
    TIRED = "tired"
    CRYING = "crying"


class Area(enum.StrEnum):
    """The seven areas of care [托育机构保育指导大纲(试行), 国卫人口发〔2021〕2号, 第二章]."""

    NUTRITION = "nutrition"
    SLEEP = "sleep"
    HABITS = "habits"
    MOVEMENT = "movement"
    LANGUAGE = "language"
    COGNITION = "cognition"
    EMOTION = "emotion"
