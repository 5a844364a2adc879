"""Rules of the register, pure: classes, hours, limits, opening, prices, distance, search."""

from ylyx_site.facilities.rules.classes import CLASS_RULES, HOME_RULE, ClassRule, class_rule
from ylyx_site.facilities.rules.dated import in_force
from ylyx_site.facilities.rules.distance import distance_m, near_from_text
from ylyx_site.facilities.rules.hours import AM, CARE_HOURS, FULL_DAY, PM, CareHoursOf, care_span
from ylyx_site.facilities.rules.limits import (
    Limit,
    Limits,
    district_limits,
    limit_moment,
    limits_with,
)
from ylyx_site.facilities.rules.opening import Closing, DayOpening, Shut, day_opening
from ylyx_site.facilities.rules.prices import price_fen
from ylyx_site.facilities.rules.search import search_keys, search_text

__all__ = [
    "AM",
    "CARE_HOURS",
    "CLASS_RULES",
    "FULL_DAY",
    "HOME_RULE",
    "PM",
    "CareHoursOf",
    "ClassRule",
    "Closing",
    "DayOpening",
    "Limit",
    "Limits",
    "Shut",
    "care_span",
    "class_rule",
    "day_opening",
    "distance_m",
    "district_limits",
    "in_force",
    "limit_moment",
    "limits_with",
    "near_from_text",
    "price_fen",
    "search_keys",
    "search_text",
]
