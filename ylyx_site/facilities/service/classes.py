"""Registered places, classes and their caps; each holds from a day on."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from ylyx_site.facilities import errors
from ylyx_site.facilities.kinds import Nature
from ylyx_site.facilities.models import CareClass, ClassCap, RegisteredPlaces
from ylyx_site.facilities.queries.places import registered_places_on
from ylyx_site.facilities.rules.classes import HOME_RULE, ClassRule, class_rule
from ylyx_site.facilities.rules.wishes import ClassWish
from ylyx_site.facilities.service.checks import done, from_today_on, the_facility, the_nursery
from ylyx_site.shared.refusals import NotFound

MOST_PLACES = 2000
LONGEST_CLASS_NAME = 40


def set_registered_places(
    session: Session,
    facility_id: int,
    places: int,
    from_day: date,
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Set 备案托位 from a day on; lowering it drops no booking. Five at most in a home.

    Raises `NurseriesOnly`, `InThePast`, `TooManyPlaces`.
    """
    nursery = the_nursery(session, facility_id)
    from_today_on(from_day, now)
    most = HOME_RULE.children if nursery.nature is Nature.HOME else MOST_PLACES
    if not 0 <= places <= most:
        raise errors.TooManyPlaces("places", most=most)
    row = session.get(RegisteredPlaces, (facility_id, from_day))
    if row is None:
        row = RegisteredPlaces(facility_id=facility_id, from_day=from_day)
        session.add(row)
    row.places = places
    done(
        session, "places_set", facility_id,
        actor_id=actor_id, now=now, detail=f"{places} from {from_day}",
    )  # fmt: skip


def add_class(
    session: Session,
    facility_id: int,
    wish: ClassWish,
    from_day: date,
    *,
    actor_id: int | None,
    now: datetime,
) -> int:
    """Open a class from a day on and return its id. Better than the standard is fine, then binds.

    Without `children` it takes the standard, or the registered places where they are fewer.
    Raises `NurseriesOnly`, `InThePast`, `NameMissing`, `AgesOutsideClass`, `TooManyPerCarer`,
    `TooManyChildren`, `ClassOverPlaces`.
    """
    nursery = the_nursery(session, facility_id)
    from_today_on(from_day, now)
    rule = class_rule(nursery.nature, wish.kind)
    places = registered_places_on(session, [facility_id], from_day).get(facility_id, 0)
    children = min(rule.children, places) if wish.children is None else wish.children
    care_class = _class(facility_id, wish, rule)
    _check_cap(children, rule, places)
    session.add(care_class)
    session.flush()
    session.add(ClassCap(class_id=care_class.id, from_day=from_day, children=children))
    done(
        session, "class_added", facility_id,
        actor_id=actor_id, now=now,
        detail=f"class {care_class.id} {wish.kind} {children} from {from_day}",
    )  # fmt: skip
    return care_class.id


def set_class_cap(
    session: Session,
    facility_id: int,
    class_id: int,
    children: int,
    from_day: date,
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Set how many children a class holds from a day on; lowering it drops no booking.

    Raises `NotFound`, `ClassEnded`, `InThePast`, `TooManyChildren`, `ClassOverPlaces`.
    """
    care_class = class_of(session, facility_id, class_id)
    from_today_on(from_day, now)
    if care_class.ended_on is not None and care_class.ended_on <= from_day:
        raise errors.ClassEnded("from_day")
    nursery = the_facility(session, facility_id)
    places = registered_places_on(session, [facility_id], from_day).get(facility_id, 0)
    _check_cap(children, class_rule(nursery.nature, care_class.kind), places)
    row = session.get(ClassCap, (class_id, from_day))
    if row is None:
        row = ClassCap(class_id=class_id, from_day=from_day)
        session.add(row)
    row.children = children
    done(
        session, "class_cap_set", facility_id,
        actor_id=actor_id, now=now, detail=f"class {class_id} {children} from {from_day}",
    )  # fmt: skip


def end_class(
    session: Session,
    facility_id: int,
    class_id: int,
    ended_on: date,
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    """End a class; `ended_on` is the first day without it. Drops no booking.

    Raises `NotFound`, `ClassEnded`, `InThePast`.
    """
    care_class = class_of(session, facility_id, class_id)
    from_today_on(ended_on, now, "ended_on")
    if care_class.ended_on is not None and care_class.ended_on <= ended_on:
        raise errors.ClassEnded("ended_on")
    care_class.ended_on = ended_on
    done(
        session, "class_ended", facility_id,
        actor_id=actor_id, now=now, detail=f"class {class_id} on {ended_on}",
    )  # fmt: skip


def class_of(session: Session, facility_id: int, class_id: int) -> CareClass:
    """Return a class of this facility; raises `NotFound` for those of others."""
    care_class = session.get(CareClass, class_id)
    if care_class is None or care_class.facility_id != facility_id:
        raise NotFound
    return care_class


def _class(facility_id: int, wish: ClassWish, rule: ClassRule) -> CareClass:
    first = rule.from_months if wish.from_months is None else wish.from_months
    last = rule.to_months if wish.to_months is None else wish.to_months
    ratio = wish.children_per_carer
    ratio = rule.children_per_carer if ratio is None else ratio
    if not 2 <= len(wish.name.strip()) <= LONGEST_CLASS_NAME:
        raise errors.NameMissing("name", most=LONGEST_CLASS_NAME)
    if not rule.from_months <= first < last <= rule.to_months:
        raise errors.AgesOutsideClass("to_months", first=rule.from_months, last=rule.to_months)
    if not 1 <= ratio <= rule.children_per_carer:
        raise errors.TooManyPerCarer("children_per_carer", most=rule.children_per_carer)
    return CareClass(
        facility_id=facility_id,
        kind=wish.kind,
        name=wish.name.strip(),
        from_months=first,
        to_months=last,
        children_per_carer=ratio,
    )


def _check_cap(children: int, rule: ClassRule, places: int) -> None:
    if not 0 <= children <= rule.children:
        raise errors.TooManyChildren("children", most=rule.children)
    if children > places:
        raise errors.ClassOverPlaces("children", places=places)
