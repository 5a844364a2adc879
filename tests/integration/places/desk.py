"""People and small looks that the tests of the desk share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.makers import a_nursery, a_role, an_account
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.facilities.models import CareClass, Division
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.places.claims import Claim
from ylyx_site.places.models import PlaceSlot, ResourceKind
from ylyx_site.places.queries import resource_ids
from ylyx_site.places.service import take
from ylyx_site.shared.spans import TimeSpan

CHEN, LIN, ZHAO = "13800000010", "13800000011", "13800000012"
SUN, FAR_SUN, CIVIL = "13800000030", "13800000032", "13800000031"
TUESDAY, WEDNESDAY, THURSDAY = date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)
MORNING, ALL_DAY = TimeSpan(450, 720), TimeSpan(450, 1050)


@dataclass(frozen=True, slots=True)
class District:
    """Two nurseries of one district: chen's, with two classes, and zhao's."""

    ours: int
    theirs: int
    our_class: int
    their_class: int


def a_district(session: Session) -> District:
    """Chen heads one nursery where lin cares, zhao another; sun supervises, others elsewhere."""
    ours = a_nursery(
        session, registered_places=4, caps={ClassKind.YOUNGER: 3, ClassKind.OLDER: 2}
    ).id
    theirs = a_nursery(session, name="海棠宝贝托育中心").id
    session.add(Division(code="500112", name="渝北区"))
    session.flush()
    for phone, name, role, facility_id, division in (
        (CHEN, "陈园长", Role.HEAD, ours, None),
        (LIN, "小林", Role.CARER, ours, None),
        (ZHAO, "赵园长", Role.HEAD, theirs, None),
        (SUN, "孙监管", Role.HEALTH_SUPERVISOR, None, "500111"),
        (FAR_SUN, "远监管", Role.HEALTH_SUPERVISOR, None, "500112"),
        (CIVIL, "民监管", Role.CIVIL_SUPERVISOR, None, "500111"),
    ):
        account = an_account(session, phone, name)
        a_role(session, account, role, facility_id=facility_id, division_code=division)
    return District(ours, theirs, class_of(session, ours), class_of(session, theirs))


def class_of(session: Session, facility_id: int, kind: ClassKind = ClassKind.YOUNGER) -> int:
    """The number of a nursery's class."""
    found = sa.select(CareClass.id).where(
        CareClass.facility_id == facility_id, CareClass.kind == kind
    )
    return session.scalars(found).one()


def house_of(session: Session, facility_id: int) -> int:
    """The resource of a whole nursery."""
    return resource_ids(session, [facility_id])[ResourceKind.FACILITY, facility_id]


def resource_of_class(session: Session, facility_id: int, class_id: int) -> int:
    """The resource of a class."""
    return resource_ids(session, [facility_id])[ResourceKind.CLASS, class_id]


def book(
    session: Session,
    facility_id: int,
    class_id: int,
    days: Iterable[date],
    count: int,
    span: TimeSpan = ALL_DAY,
) -> None:
    """Take so many places of the house and of the class on each day."""
    ids = (
        house_of(session, facility_id),
        resource_of_class(session, facility_id, class_id),
    )
    take(session, [Claim(one, day, span, count) for one in ids for day in days])


def half_hours(session: Session, resource_id: int, day: date) -> set[tuple[int, int, int]]:
    """The different (wanted, capacity, taken) of a resource's day."""
    rows = session.execute(
        sa.select(PlaceSlot.wanted, PlaceSlot.capacity, PlaceSlot.taken).where(
            PlaceSlot.resource_id == resource_id, PlaceSlot.day == day
        )
    )
    return {tuple(row) for row in rows}  # type: ignore[misc]


def actions(session: Session, facility_id: int) -> list[str]:
    """What the journal has of a facility itself, in order."""
    return list(
        session.scalars(
            sa.select(JournalEntry.action)
            .where(JournalEntry.subject == f"facility:{facility_id}")
            .order_by(JournalEntry.id)
        )
    )
