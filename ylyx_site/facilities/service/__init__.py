"""Commands that change the register, each with its journal entry; none of them publishes places."""

from ylyx_site.facilities.rules.wishes import (
    Change,
    ClassWish,
    Contact,
    DivisionWish,
    NewFacility,
    RegisterRow,
)
from ylyx_site.facilities.service.classes import (
    add_class,
    end_class,
    set_class_cap,
    set_registered_places,
)
from ylyx_site.facilities.service.divisions import set_division
from ylyx_site.facilities.service.facts import (
    change_facts,
    change_filing,
    register_facility,
)
from ylyx_site.facilities.service.importing import import_row
from ylyx_site.facilities.service.opening import (
    close_days,
    lift_closure,
    open_working_weekend,
    set_opening,
    shut_working_weekend,
)
from ylyx_site.facilities.service.terms import set_care_hours, set_limit, set_price

__all__ = [
    "Change",
    "ClassWish",
    "Contact",
    "DivisionWish",
    "NewFacility",
    "RegisterRow",
    "add_class",
    "change_facts",
    "change_filing",
    "close_days",
    "end_class",
    "import_row",
    "lift_closure",
    "open_working_weekend",
    "register_facility",
    "set_care_hours",
    "set_class_cap",
    "set_division",
    "set_limit",
    "set_opening",
    "set_price",
    "set_registered_places",
    "shut_working_weekend",
]
