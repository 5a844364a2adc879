"""A nursery with carers, and small looks that the tests of the roster share."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.integration.places.desk import class_of
from tests.makers import a_nursery, a_role, an_account
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.places.models import PlaceSlot, Resource, ResourceKind
from ylyx_site.shared import clock
from ylyx_site.staffing.kinds import CertificateKind, Job, ShiftKind
from ylyx_site.staffing.models import Shift
from ylyx_site.staffing.service.carers import add_carer, add_certificate
from ylyx_site.staffing.service.shifts import plan_shift
from ylyx_site.staffing.service.weeks import start_counting
from ylyx_site.staffing.wishes import CarerWish, CertificateWish, ShiftWish, StartWish

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 11, day) for day in (23, 24, 25))
NEXT_MONDAY = date(2026, 11, 30)
WEEK = tuple(MONDAY + timedelta(days=n) for n in range(5))
YEAR = timedelta(days=365)
HEAD, LIN, ZHAO = "13800000010", "13800000011", "13800000012"


@dataclass(frozen=True, slots=True)
class House:
    """Chen's nursery with a younger and an older class and three carers; zhao's beside it."""

    ours: int
    theirs: int
    younger: int
    older: int
    their_class: int
    carers: tuple[int, int, int]
    head: int


def a_house(session: Session) -> House:
    """The roster counts from today on; nobody is on it yet."""
    caps = {ClassKind.YOUNGER: 15, ClassKind.OLDER: 20}
    ours = a_nursery(session, registered_places=35, caps=caps).id
    theirs = a_nursery(session, name="海棠宝贝托育中心").id
    people = ((HEAD, Role.HEAD, ours), (LIN, Role.CARER, ours), (ZHAO, Role.HEAD, theirs))
    accounts = {phone: an_account(session, phone, "某某") for phone, _, _ in people}
    for phone, role, facility_id in people:
        a_role(session, accounts[phone], role, facility_id=facility_id)
    names = ("林一", "林二", "林三")
    carers = [
        a_carer(session, ours, name, f"1390000001{n}") for n, name in enumerate(names)
    ]  # fmt: skip
    start_counting(
        session, ours, StartWish(MONDAY), confirmed=False, actor_id=1, now=clock.now()
    )  # fmt: skip
    older = class_of(session, ours, ClassKind.OLDER)
    return House(
        ours, theirs, class_of(session, ours), older, class_of(session, theirs),
        (carers[0], carers[1], carers[2]), accounts[HEAD].id,
    )  # fmt: skip


def a_carer(
    session: Session,
    facility_id: int,
    name: str = "林一",
    phone: str = "13900000010",
    *,
    job: Job = Job.CARER,
    health_until: date | None = MONDAY + YEAR,
) -> int:
    """Somebody on the list since the year's first day, with a health certificate until a day."""
    wish = CarerWish(name, phone, job, date(2026, 1, 1))
    carer_id = add_carer(session, facility_id, wish, actor_id=1, now=clock.now())
    if health_until is not None:
        paper = CertificateWish(
            carer_id, CertificateKind.HEALTH, "JK20260001", health_until - YEAR, health_until
        )
        add_certificate(
            session, facility_id, paper, confirmed=True, actor_id=1, now=clock.now()
        )  # fmt: skip
    return carer_id


def on_duty(
    session: Session,
    facility_id: int,
    carer_id: int,
    class_id: int | None,
    days: Iterable[date],
    hours: tuple[int, int] = (450, 1050),
    kind: ShiftKind = ShiftKind.DUTY,
) -> None:
    """Plan a shift, whatever it leaves short."""
    wish = ShiftWish(carer_id, class_id, tuple(days), *hours, kind)
    plan_shift(session, facility_id, wish, confirmed=True, actor_id=1, now=clock.now())


def wanted(session: Session, class_id: int, day: date) -> dict[int, int]:
    """Half hour → how many the ledger lets into a class."""
    session.flush()
    rows = session.execute(
        sa.select(PlaceSlot.slot, PlaceSlot.wanted)
        .join(Resource, Resource.id == PlaceSlot.resource_id)
        .where(
            Resource.kind == ResourceKind.CLASS, Resource.owner_id == class_id, PlaceSlot.day == day
        )
        .order_by(PlaceSlot.slot)
    )
    return {slot: limit for slot, limit in rows}  # noqa: C416 rows are not pairs


def limits(session: Session, class_id: int, day: date) -> set[int]:
    """The different limits of a class's day."""
    return set(wanted(session, class_id, day).values())


def only_shift(session: Session, carer_id: int, day: date) -> Shift:
    """The one shift of a carer on a day."""
    found = sa.select(Shift).where(Shift.carer_id == carer_id, Shift.day == day)
    return session.scalars(found).one()


def actions(session: Session) -> list[str]:
    """What the journal has of the roster, in order."""
    rows = sa.select(JournalEntry.action).where(JournalEntry.action.startswith("staffing."))
    return [action.removeprefix("staffing.") for action in session.scalars(rows.order_by("id"))]
