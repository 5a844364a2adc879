"""Words of benefits. Pure."""

import enum


class Payer(enum.StrEnum):
    """Who pays a benefit: 市, 区, 镇街, 机构让利, 慈善."""

    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"
    FACILITY = "facility"
    CHARITY = "charity"


class Service(enum.StrEnum):
    """What a benefit is for."""

    MEAL = "meal"
    CHILDCARE = "childcare"


class Period(enum.StrEnum):
    """How often a benefit is given: counted per meal, day, ISO week, month or year."""

    MEAL = "meal"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Rounding(enum.StrEnum):
    """To which coin the benefit is rounded, and which way."""

    FEN_HALF_UP = "fen_half_up"
    FEN_DOWN = "fen_down"
    JIAO_HALF_UP = "jiao_half_up"
    JIAO_DOWN = "jiao_down"
    JIAO_UP = "jiao_up"
    YUAN_HALF_UP = "yuan_half_up"
    YUAN_DOWN = "yuan_down"
    YUAN_UP = "yuan_up"
