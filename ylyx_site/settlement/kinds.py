"""Words of settlement. Pure."""

import enum


class Source(enum.StrEnum):
    """What a line rests on."""

    MEAL = "meal"  # a meal that was served
    CORRECTION = "correction"  # what somebody has entered, with a reason


class Pays(enum.StrEnum):
    """Who pays a line; the five payers of benefits under their own words."""

    CITY = "city"
    DISTRICT = "district"
    TOWN = "town"
    FACILITY = "facility"
    CHARITY = "charity"
    PERSON = "person"  # what is left for whoever eats
    FEE = "fee"  # the delivery fee, which nobody else ever pays
