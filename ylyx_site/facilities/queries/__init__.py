"""Reading the register. Everything is asked for many facilities at once, in one query each."""

from ylyx_site.facilities.queries.classes import (
    ClassFacts,
    class_caps_between,
    classes_of,
    classes_on,
)
from ylyx_site.facilities.queries.facts import (
    FacilityFacts,
    facilities_of,
    facility_of,
    public_facility,
)
from ylyx_site.facilities.queries.finding import FacilityRow, Page, Town, districts, divisions, find
from ylyx_site.facilities.queries.opening import ClosureFacts, closures_of, opening_on
from ylyx_site.facilities.queries.places import registered_places_between, registered_places_on
from ylyx_site.facilities.queries.prices import prices_on
from ylyx_site.facilities.queries.terms import (
    care_hours,
    care_hours_of,
    limits,
    limits_by_facility,
    limits_of,
)

__all__ = [
    "ClassFacts",
    "ClosureFacts",
    "FacilityFacts",
    "FacilityRow",
    "Page",
    "Town",
    "care_hours",
    "care_hours_of",
    "class_caps_between",
    "classes_of",
    "classes_on",
    "closures_of",
    "districts",
    "divisions",
    "facilities_of",
    "facility_of",
    "find",
    "limits",
    "limits_by_facility",
    "limits_of",
    "opening_on",
    "prices_on",
    "public_facility",
    "registered_places_between",
    "registered_places_on",
]
