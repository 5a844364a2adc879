"""The ledger follows the roster: what a class may hold by its carers on duty."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.integration.places.desk import book, class_of
from tests.integration.staffing.house import (
    MONDAY,
    NEXT_MONDAY,
    TUESDAY,
    WEDNESDAY,
    WEEK,
    House,
    a_carer,
    a_house,
    actions,
    limits,
    on_duty,
    only_shift,
    wanted,
)
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.facilities.service import ClassWish
from ylyx_site.ledger import findings
from ylyx_site.places.errors import Full, OverBooked
from ylyx_site.places.publishing import republish
from ylyx_site.places.queries import over_booked
from ylyx_site.places.service import capacity
from ylyx_site.places.wishes import NewClassWish
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound
from ylyx_site.staffing.errors import (
    CarerNotThere,
    CarerThere,
    NothingToCopy,
    OnAnotherRoster,
    ShutThatDay,
)
from ylyx_site.staffing.kinds import CertificateKind, Job, ShiftKind
from ylyx_site.staffing.models import Certificate
from ylyx_site.staffing.service.carers import (
    add_carer,
    add_certificate,
    change_carer,
    end_carer,
    withdraw_certificate,
)
from ylyx_site.staffing.service.leave import take_leave
from ylyx_site.staffing.service.shifts import change_shift, plan_shift, remove_shift
from ylyx_site.staffing.service.weeks import copy_week, left_out, start_counting
from ylyx_site.staffing.wishes import (
    CarerChange,
    CarerEnd,
    CarerWish,
    CertificateEnd,
    CertificateWish,
    CopyWish,
    LeaveWish,
    ShiftChange,
    ShiftEnd,
    ShiftWish,
    StartWish,
)


@pytest.fixture
def ours(session: Session) -> House:
    """The house within the test's transaction."""
    return a_house(session)


def by(confirmed: bool = True) -> dict[str, object]:
    return {"confirmed": confirmed, "actor_id": 1, "now": clock.now()}


def test_a_week_without_a_roster_is_limited_by_its_caps(session: Session, ours: House) -> None:
    assert limits(session, ours.younger, TUESDAY) == {15}


def test_the_first_shift_of_a_week_limits_all_of_it(session: Session, ours: House) -> None:
    on_duty(session, ours.ours, ours.carers[0], ours.younger, [TUESDAY], (480, 720))
    there = wanted(session, ours.younger, TUESDAY)
    assert there == {slot: 5 if 16 <= slot < 24 else 0 for slot in range(15, 35)}
    assert limits(session, ours.older, TUESDAY) == {0}
    assert limits(session, ours.younger, WEDNESDAY) == {0}
    assert limits(session, ours.younger, NEXT_MONDAY) == {15}
    assert limits(session, ours.their_class, TUESDAY) == {15}


def test_carers_add_up_to_the_cap(session: Session, ours: House) -> None:
    found = []
    for carer_id in (*ours.carers, a_carer(session, ours.ours, "林四", "13900000019")):
        on_duty(session, ours.ours, carer_id, ours.younger, [TUESDAY])
        found.append(limits(session, ours.younger, TUESDAY))
    assert found == [{5}, {10}, {15}, {15}]


def test_twelve_younger_and_one_older_need_four_carers(session: Session, ours: House) -> None:
    for carer_id in ours.carers:
        on_duty(session, ours.ours, carer_id, ours.younger, [TUESDAY])
    book(session, ours.ours, ours.younger, [TUESDAY], 12)
    with pytest.raises(Full):
        book(session, ours.ours, ours.older, [TUESDAY], 1)


def test_the_fourth_carer_lets_the_one_older_child_in(session: Session, ours: House) -> None:
    fourth = a_carer(session, ours.ours, "林四", "13900000019")
    for carer_id in ours.carers:
        on_duty(session, ours.ours, carer_id, ours.younger, [TUESDAY])
    on_duty(session, ours.ours, fourth, ours.older, [TUESDAY])
    book(session, ours.ours, ours.younger, [TUESDAY], 12)
    book(session, ours.ours, ours.older, [TUESDAY], 1)
    assert over_booked(session, ours.ours, MONDAY) == []


def test_a_certificate_that_ended_yesterday_does_not_count(session: Session, ours: House) -> None:
    ended = a_carer(
        session, ours.ours, "林四", "13900000019", health_until=MONDAY - timedelta(days=1)
    )  # fmt: skip
    today = a_carer(session, ours.ours, "林五", "13900000018", health_until=MONDAY)
    on_duty(session, ours.ours, ended, ours.younger, WEEK)
    assert limits(session, ours.younger, MONDAY) == {0}
    on_duty(session, ours.ours, today, ours.younger, WEEK)
    assert [limits(session, ours.younger, day) for day in WEEK] == [{5}, {0}, {0}, {0}, {0}]
    renewed = CertificateWish(
        ended, CertificateKind.HEALTH, "JK1", TUESDAY, TUESDAY + timedelta(days=364)
    )
    add_certificate(session, ours.ours, renewed, **by())
    assert [limits(session, ours.younger, day) for day in WEEK] == [{5}] * 5


def test_a_withdrawn_certificate_lowers_the_places(session: Session, ours: House) -> None:
    on_duty(session, ours.ours, ours.carers[0], ours.younger, WEEK)
    paper = one_paper(session, ours.carers[0])
    with pytest.raises(NotFound):
        withdraw_certificate(session, ours.ours, CertificateEnd(ours.carers[1], paper), **by())
    withdraw_certificate(session, ours.ours, CertificateEnd(ours.carers[0], paper), **by())
    assert limits(session, ours.younger, TUESDAY) == {0}


def one_paper(session: Session, carer_id: int) -> int:
    return session.scalars(sa.select(Certificate.id).filter_by(carer_id=carer_id)).one()


@pytest.mark.parametrize("job", [Job.HEAD, Job.NURSE, Job.COOK, Job.GUARD])
def test_others_on_the_roster_do_not_count(session: Session, ours: House, job: Job) -> None:
    other = a_carer(session, ours.ours, "王某", "13900000019", job=job)
    on_duty(session, ours.ours, other, ours.younger, [TUESDAY])
    assert limits(session, ours.younger, TUESDAY) == {0}


def test_training_does_not_count_and_a_job_can_change(session: Session, ours: House) -> None:
    one, two, _ = ours.carers
    on_duty(session, ours.ours, one, None, [TUESDAY], kind=ShiftKind.TRAINING)
    on_duty(session, ours.ours, two, ours.younger, [TUESDAY])
    assert limits(session, ours.younger, TUESDAY) == {5}
    change_carer(session, ours.ours, CarerChange(two, "林二", Job.NURSE), **by())
    assert limits(session, ours.younger, TUESDAY) == {0}


def test_a_shortage_drops_nobody_and_lets_nobody_in(session: Session, ours: House) -> None:
    for carer_id in ours.carers[:2]:
        on_duty(session, ours.ours, carer_id, ours.younger, [TUESDAY])
    book(session, ours.ours, ours.younger, [TUESDAY], 8)
    leave = LeaveWish(ours.carers[0], TUESDAY, TUESDAY)
    take_leave(session, ours.ours, leave, **by())
    over = over_booked(session, ours.ours, MONDAY)
    assert {(one.day, one.taken, one.wanted) for one in over} == {(TUESDAY, 8, 5)}
    assert len(over) == 20
    assert only_shift(session, ours.carers[0], TUESDAY).kind is ShiftKind.LEAVE
    with pytest.raises(Full):
        book(session, ours.ours, ours.younger, [TUESDAY], 1)


def test_whoever_steps_in_opens_the_places_again(session: Session, ours: House) -> None:
    on_duty(session, ours.ours, ours.carers[0], ours.younger, [TUESDAY])
    take_leave(session, ours.ours, LeaveWish(ours.carers[0], TUESDAY, TUESDAY), **by())
    on_duty(session, ours.ours, ours.carers[1], ours.younger, [TUESDAY])
    assert limits(session, ours.younger, TUESDAY) == {5}


def test_unconfirmed_a_shortage_is_listed_first(session: Session, ours: House) -> None:
    on_duty(session, ours.ours, ours.carers[0], ours.younger, [TUESDAY])
    book(session, ours.ours, ours.younger, [TUESDAY], 3)
    with pytest.raises(OverBooked) as asked:
        take_leave(session, ours.ours, LeaveWish(ours.carers[0], TUESDAY, WEDNESDAY), **by(False))
    assert [(one.day, one.taken, one.wanted) for one in asked.value.days] == [(TUESDAY, 3, 0)]


def test_removing_the_last_shift_of_a_planned_week_lets_nobody_in(
    session: Session, ours: House
) -> None:
    on_duty(session, ours.ours, ours.carers[0], ours.younger, [TUESDAY])
    shift = only_shift(session, ours.carers[0], TUESDAY)
    remove_shift(session, ours.ours, ShiftEnd(shift.id), **by())
    assert limits(session, ours.younger, TUESDAY) == {0}
    on_duty(session, ours.ours, ours.carers[0], ours.older, [TUESDAY])
    assert limits(session, ours.older, TUESDAY) == {7}


def test_a_shift_moves_to_another_class_carer_and_time(session: Session, ours: House) -> None:
    on_duty(session, ours.ours, ours.carers[0], ours.younger, [TUESDAY])
    shift = only_shift(session, ours.carers[0], TUESDAY)
    change = ShiftChange(shift.id, ours.carers[1], ours.older, 540, 600, ShiftKind.DUTY)
    change_shift(session, ours.ours, change, **by())
    assert limits(session, ours.younger, TUESDAY) == {0}
    older = wanted(session, ours.older, TUESDAY)
    assert {slot for slot, limit in older.items() if limit == 7} == {18, 19}
    on_duty(session, ours.ours, ours.carers[0], ours.younger, [TUESDAY])  # free again
    assert findings(session) == []


def test_a_carer_is_on_one_roster_at_a_time_over_all_houses(session: Session, ours: House) -> None:
    there = a_carer(session, ours.theirs, "林一", "13900000010")
    on_duty(session, ours.ours, ours.carers[0], ours.younger, [TUESDAY], (450, 720))
    on_duty(session, ours.theirs, there, ours.their_class, [TUESDAY], (720, 1050))
    with pytest.raises(OnAnotherRoster) as twice:
        on_duty(session, ours.theirs, there, ours.their_class, [TUESDAY], (690, 720))
    assert twice.value.values == {"name": "林一", "month": 11, "day": 24}


def test_a_carer_is_in_one_class_at_a_time(session: Session, ours: House) -> None:
    on_duty(session, ours.ours, ours.carers[0], ours.younger, [TUESDAY])
    with pytest.raises(OnAnotherRoster):
        on_duty(session, ours.ours, ours.carers[0], ours.older, [TUESDAY], (600, 630))


def test_a_week_is_copied_with_leave_as_duty_and_without_what_cannot_be(
    session: Session, ours: House
) -> None:
    one, two, three = ours.carers
    on_duty(session, ours.ours, one, ours.younger, WEEK)
    on_duty(session, ours.ours, two, ours.younger, [TUESDAY])
    on_duty(session, ours.ours, three, None, [TUESDAY], kind=ShiftKind.TRAINING)
    take_leave(session, ours.ours, LeaveWish(one, TUESDAY, TUESDAY), **by())
    end_carer(session, ours.ours, CarerEnd(two, NEXT_MONDAY), **by())
    copy_week(session, ours.ours, CopyWish(NEXT_MONDAY), **by())
    week = timedelta(days=7)
    assert [limits(session, ours.younger, day + week) for day in WEEK] == [{5}] * 5
    assert [one.carer.name for one in left_out(session, ours.ours, NEXT_MONDAY)] == ["林二"]
    with pytest.raises(NothingToCopy):  # all of it is there
        copy_week(session, ours.ours, CopyWish(NEXT_MONDAY), **by())
    assert findings(session) == []


def test_whoever_leaves_goes_off_the_roster(session: Session, ours: House) -> None:
    on_duty(session, ours.ours, ours.carers[0], ours.younger, WEEK)
    end_carer(session, ours.ours, CarerEnd(ours.carers[0], WEDNESDAY), **by())
    assert [limits(session, ours.younger, day) for day in WEEK] == [{5}, {5}, {0}, {0}, {0}]
    with pytest.raises(CarerNotThere):
        on_duty(session, ours.ours, ours.carers[0], ours.younger, [WEDNESDAY])
    assert findings(session) == []


def test_a_new_class_has_no_places_until_it_has_a_carer(session: Session, ours: House) -> None:
    on_duty(session, ours.ours, ours.carers[0], ours.younger, [TUESDAY])
    wish = NewClassWish(TUESDAY, ClassWish(ClassKind.INFANT, "乳儿班", children=9))
    capacity.add_class(session, ours.ours, wish, actor_id=1, now=clock.now())
    infants = class_of(session, ours.ours, ClassKind.INFANT)
    assert limits(session, infants, TUESDAY) == {0}
    on_duty(session, ours.ours, ours.carers[1], infants, [TUESDAY])
    assert limits(session, infants, TUESDAY) == {3}


def test_publishing_again_keeps_the_limits_of_the_roster(session: Session, ours: House) -> None:
    on_duty(session, ours.ours, ours.carers[0], ours.younger, [TUESDAY])
    republish(session, ours.ours, MONDAY)
    assert limits(session, ours.younger, TUESDAY) == {5}
    assert limits(session, ours.older, TUESDAY) == {0}


def test_a_roster_that_does_not_count_yet_changes_nothing(session: Session, ours: House) -> None:
    theirs = a_carer(session, ours.theirs, "周一", "13900000020")
    on_duty(session, ours.theirs, theirs, ours.their_class, [*WEEK, NEXT_MONDAY])
    assert limits(session, ours.their_class, TUESDAY) == {15}
    start_counting(session, ours.theirs, StartWish(WEDNESDAY), **by())
    found = [limits(session, ours.their_class, day) for day in (TUESDAY, WEDNESDAY, NEXT_MONDAY)]
    assert found == [{15}, {5}, {5}]


def test_what_is_another_houses_does_not_exist(session: Session, ours: House) -> None:
    stranger = a_carer(session, ours.theirs, "周一", "13900000020")
    on_duty(session, ours.theirs, stranger, ours.their_class, [TUESDAY])
    shift = only_shift(session, stranger, TUESDAY)
    attempts = [
        lambda: on_duty(session, ours.ours, stranger, ours.younger, [TUESDAY]),
        lambda: on_duty(session, ours.ours, ours.carers[0], ours.their_class, [TUESDAY]),
        lambda: remove_shift(session, ours.ours, ShiftEnd(shift.id), **by()),
        lambda: take_leave(session, ours.ours, LeaveWish(stranger, TUESDAY, TUESDAY), **by()),
        lambda: end_carer(session, ours.ours, CarerEnd(stranger, TUESDAY), **by()),
        lambda: change_shift(
            session, ours.ours,
            ShiftChange(shift.id, ours.carers[0], ours.younger, 450, 600, ShiftKind.DUTY), **by(),
        ),
    ]  # fmt: skip
    for attempt in attempts:
        with pytest.raises(NotFound):
            attempt()


def test_nobody_is_rostered_on_a_shut_day_or_listed_twice(session: Session, ours: House) -> None:
    saturday = (date(2026, 11, 28),)
    wish = ShiftWish(ours.carers[0], ours.younger, saturday, 450, 600, ShiftKind.DUTY)
    with pytest.raises(ShutThatDay):
        plan_shift(session, ours.ours, wish, **by())
    again = CarerWish("林一", "13900000010", Job.CARER, MONDAY)
    with pytest.raises(CarerThere):
        add_carer(session, ours.ours, again, actor_id=1, now=clock.now())


def test_everything_is_in_the_journal(session: Session, ours: House) -> None:
    before = len(actions(session))
    on_duty(session, ours.ours, ours.carers[0], ours.younger, [TUESDAY])
    shift = only_shift(session, ours.carers[0], TUESDAY)
    change = ShiftChange(shift.id, ours.carers[0], ours.older, 450, 600, ShiftKind.DUTY)
    change_shift(session, ours.ours, change, **by())
    take_leave(session, ours.ours, LeaveWish(ours.carers[0], TUESDAY, TUESDAY), **by())
    copy_week(session, ours.ours, CopyWish(NEXT_MONDAY), **by())
    remove_shift(session, ours.ours, ShiftEnd(shift.id), **by())
    end_carer(session, ours.ours, CarerEnd(ours.carers[0], TUESDAY), **by())
    assert actions(session)[before:] == [
        "shift_planned", "shift_changed", "leave_taken", "week_copied", "shift_removed",
        "carer_ended",
    ]  # fmt: skip
    assert actions(session)[:before] == [
        *["carer_added", "certificate_added"] * 3, "roster_started"
    ]  # fmt: skip
