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
    SPOUSE = "spouse"
    GRANDCHILD = "grandchild"
    SELF = "self"
    OTHER = "other"


class Purpose(enum.StrEnum):
    """What a consent is for."""

    CHILD_DATA = "child_data"
    ELDER_DATA = "elder_data"  # keeping what is kept about an elder
    ELDER_BINDING = "elder_binding"  # letting an account act for the elder
    ELDER_PHOTO = "elder_photo"  # a photograph that the counter sees


class Means(enum.StrEnum):
    """How somebody agreed."""

    ACCOUNT = "account"  # signed in, by a tick
    OWN_PHONE = "own_phone"  # a code sent to one's own telephone, and told to whoever asked
    PAPER = "paper"  # signed on paper, seen by a clerk


class Diet(enum.StrEnum):
    """How somebody eats, by the same words as dishes' tags."""

    LOW_SALT = "low_salt"  # 低盐
    LOW_SUGAR = "low_sugar"  # 低糖
    LOW_PURINE = "low_purine"  # 低嘌呤
    HALAL = "halal"  # 清真
    VEGETARIAN = "vegetarian"  # 素


class Texture(enum.StrEnum):
    """How soft food has to be, by the same words as dishes' tags but for the first."""

    ORDINARY = "ordinary"
    SOFT = "soft"  # 软食
    MINCED = "minced"  # 碎食
    PUREED = "pureed"  # 糊食


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


class Group(enum.StrEnum):
    """What a person is recognised as, with evidence and a validity; benefits ask for it."""

    DESTITUTE = "destitute"  # 特困
    MINIMUM_LIVING = "minimum_living"  # 低保
    LOW_INCOME = "low_income"  # 低保边缘
    LIVING_ALONE = "living_alone"  # 独居
    EMPTY_NEST = "empty_nest"  # 空巢
    LEFT_BEHIND = "left_behind"  # 留守
    DISABLED_CARE = "disabled_care"  # 失能, as assessed; only the result is kept
    DISABILITY = "disability"  # 残疾
    FAMILY_PLANNING = "family_planning"  # 计划生育特殊家庭
    BASIC_CARE = "basic_care"  # 基本养老服务对象, where a city keeps one list of them
