"""The classes of the nurseries."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy.orm import Session

from ylyx_site.demo.rows import insert_numbered, insert_rows
from ylyx_site.demo.rules import ClassPlan, class_plans
from ylyx_site.demo.tables import Nursery
from ylyx_site.facilities.models import CareClass, ClassCap


@dataclass(frozen=True, slots=True)
class Place:
    """A nursery that stands in the register, with the numbers of its classes."""

    facility_id: int
    nursery: Nursery
    classes: list[tuple[int, ClassPlan]]


def enter_classes(session: Session, entered: list[tuple[int, Nursery]], since: date) -> list[Place]:
    """Enter the classes of these nurseries with their caps."""
    planned = [
        (facility_id, plan)
        for facility_id, one in entered
        for plan in class_plans(one.nature, one.places)
    ]
    ids = insert_numbered(session, CareClass, [_class_row(*one) for one in planned])
    insert_rows(session, ClassCap, [
        {"class_id": class_id, "from_day": since, "children": plan.children}
        for class_id, (_, plan) in zip(ids, planned, strict=True)
    ])  # fmt: skip
    numbered = zip(planned, ids, strict=True)
    classes = {
        facility_id: [(class_id, plan) for (_, plan), class_id in group]
        for facility_id, group in groupby(numbered, key=lambda one: one[0][0])
    }
    return [Place(facility_id, one, classes[facility_id]) for facility_id, one in entered]


def _class_row(facility_id: int, plan: ClassPlan) -> dict[str, Any]:
    return {
        "facility_id": facility_id,
        "kind": plan.kind,
        "name": plan.name,
        "from_months": plan.from_months,
        "to_months": plan.to_months,
        "children_per_carer": plan.children_per_carer,
        "ended_on": None,
    }
