"""Words of the register. Pure."""

import enum


class FacilityKind(enum.StrEnum):
    """What a facility is for."""

    NURSERY = "nursery"
    CANTEEN = "canteen"


class Nature(enum.StrEnum):
    """What sort of nursery or station it is (托育中心, 幼儿园托班 …)."""

    CENTRE = "centre"
    KINDERGARTEN = "kindergarten"
    COMMUNITY = "community"
    EMPLOYER = "employer"
    HOME = "home"
    STATION = "station"


class Filing(enum.StrEnum):
    """Whether the nursery is filed with the health commission; only filed ones are booked."""

    FILED = "filed"
    IN_FILING = "in_filing"
    SUSPENDED = "suspended"


class ClassKind(enum.StrEnum):
    """乳儿班, 托小班, 托大班, 混合编班."""

    INFANT = "infant"
    YOUNGER = "younger"
    OLDER = "older"
    MIXED = "mixed"


class CareKind(enum.StrEnum):
    """The four kinds of care: 全日托, 半日托, 计时托, 临时托."""

    FULL_DAY = "full_day"
    HALF_DAY = "half_day"
    HOURLY = "hourly"
    TEMPORARY = "temporary"


class Tariff(enum.StrEnum):
    """What a price is for: the four kinds, with temporary care by the day or by the half."""

    FULL_DAY = "full_day"
    HALF_DAY = "half_day"
    HOUR = "hour"
    TEMPORARY_DAY = "temporary_day"
    TEMPORARY_HALF = "temporary_half"


class ClosureKind(enum.StrEnum):
    """A closure of one's own (training, cleaning) or an emergency."""

    OWN = "own"
    EMERGENCY = "emergency"


class Deed(enum.StrEnum):
    """What a limit is for: three different limits, all shown before booking."""

    ADD = "add"
    CHANGE = "change"
    CANCEL = "cancel"


class Basis(enum.StrEnum):
    """How a limit is counted from the day and start of care."""

    WORKING_DAYS_BEFORE = "working_days_before"  # until `minute` of the n-th working day before
    DAYS_BEFORE = "days_before"  # until `minute` of the n-th day before (0: the day itself)
    MINUTES_BEFORE = "minutes_before"  # until n minutes before care starts


class Meal(enum.StrEnum):
    """Meals of a day, in their order."""

    BREAKFAST = "breakfast"
    LUNCH = "lunch"
    DINNER = "dinner"


class Serving(enum.StrEnum):
    """How a meal reaches the person: 堂食, 自取, 送餐."""

    DINE_IN = "dine_in"
    PICK_UP = "pick_up"
    DELIVERY = "delivery"
