"""When facilities are open, over many of them and many days."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.integration.facilities.making import MONDAY, TUESDAY, now, register
from ylyx_site.calendar.rules import DayKind, WorkingCalendar
from ylyx_site.facilities import errors, service
from ylyx_site.facilities.kinds import ClosureKind
from ylyx_site.facilities.queries import closures_of, opening_on
from ylyx_site.facilities.rules import DayOpening, Shut
from ylyx_site.shared import clock
from ylyx_site.shared.refusals import NotFound
from ylyx_site.shared.spans import TimeSpan

USUAL = TimeSpan(450, 1050)
WORKED = date(2026, 11, 28)  # a Saturday that is worked in this calendar only
FREE = date(2026, 11, 26)
CALENDAR = WorkingCalendar({WORKED: DayKind.working_weekend, FREE: DayKind.holiday}, [2026])
COUNTING = Callable[[], AbstractContextManager[list[str]]]


def week(session: Session, facility_id: int) -> list[DayOpening]:
    last = MONDAY + timedelta(days=6)
    return list(opening_on(session, [facility_id], MONDAY, last, CALENDAR).values())


def test_week_with_holiday_and_working_weekend(session: Session) -> None:
    nursery = register(session)
    assert week(session, nursery) == [
        DayOpening(MONDAY, USUAL),
        DayOpening(TUESDAY, USUAL),
        DayOpening(date(2026, 11, 25), USUAL),
        DayOpening(FREE, None, Shut.HOLIDAY),
        DayOpening(date(2026, 11, 27), USUAL),
        DayOpening(WORKED, None, Shut.WORKING_WEEKEND),
        DayOpening(date(2026, 11, 29), None, Shut.WEEKLY),
    ]


def test_working_weekend_is_opened_and_shut_again(session: Session) -> None:
    nursery = register(session)
    service.open_working_weekend(
        session, nursery, WORKED, 480, 720, calendar=CALENDAR, actor_id=None, now=now()
    )
    assert week(session, nursery)[5] == DayOpening(WORKED, TimeSpan(480, 720))
    service.shut_working_weekend(session, nursery, WORKED, actor_id=None, now=now())
    assert week(session, nursery)[5] == DayOpening(WORKED, None, Shut.WORKING_WEEKEND)


def test_only_a_working_weekend_is_opened_as_one(session: Session) -> None:
    nursery = register(session)
    with pytest.raises(errors.NotAWorkingWeekend):
        service.open_working_weekend(
            session, nursery, TUESDAY, 480, 720, calendar=CALENDAR, actor_id=None, now=now()
        )


def test_hours_change_from_a_day_on(session: Session) -> None:
    nursery = register(session)
    service.set_opening(
        session, nursery, 2, 480, 960,
        from_day=TUESDAY + timedelta(days=7), actor_id=None, now=now(),
    )  # fmt: skip
    service.set_opening(session, nursery, 3, None, None, from_day=MONDAY, actor_id=None, now=now())
    last = TUESDAY + timedelta(days=8)
    opening = opening_on(session, [nursery], MONDAY, last, CALENDAR)
    assert opening[nursery, TUESDAY].span == USUAL
    assert opening[nursery, TUESDAY + timedelta(days=7)].span == TimeSpan(480, 960)
    assert opening[nursery, last] == DayOpening(last, None, Shut.WEEKLY)


@pytest.mark.parametrize(
    ("weekday", "opens", "closes", "from_day", "refusal"),
    [
        (1, 600, 600, MONDAY, errors.EndsBeforeItStarts),
        (1, 600, None, MONDAY, errors.EndsBeforeItStarts),
        (1, 455, 1050, MONDAY, errors.OffTheGrid),
        (1, 450, 1050, MONDAY - timedelta(days=1), errors.InThePast),
        (8, 450, 1050, MONDAY, errors.NoSuchWeekday),
        (0, 450, 1050, MONDAY, errors.NoSuchWeekday),
    ],
)
def test_hours_that_cannot_be_are_refused(
    session: Session,
    weekday: int,
    opens: int,
    closes: int | None,
    from_day: date,
    refusal: type[Exception],
) -> None:
    nursery = register(session)
    with pytest.raises(refusal):
        service.set_opening(
            session, nursery, weekday, opens, closes, from_day=from_day, actor_id=None, now=now()
        )


def test_closure_shuts_its_days_and_lifting_opens_the_rest(session: Session) -> None:
    nursery, other = register(session), register(session, "北街托育", number=2)
    closure = service.close_days(
        session, nursery, ClosureKind.OWN, MONDAY, date(2026, 11, 25), reason="老师培训",
        actor_id=None, now=now(),
    )  # fmt: skip
    shut = [DayOpening(day, None, Shut.OWN, "老师培训") for day in (MONDAY, TUESDAY)]
    assert week(session, nursery)[:2] == shut
    assert week(session, other)[:2] == [DayOpening(MONDAY, USUAL), DayOpening(TUESDAY, USUAL)]
    with clock.standing_at("2026-11-24T09:00:00+08:00"):
        service.lift_closure(session, nursery, closure, actor_id=None, now=now())
    assert week(session, nursery)[:2] == [shut[0], DayOpening(TUESDAY, USUAL)]
    assert closures_of(session, nursery, MONDAY, TUESDAY) == []


def test_closure_of_another_house_does_not_exist(session: Session) -> None:
    nursery, other = register(session), register(session, "北街托育", number=2)
    closure = service.close_days(
        session, other, ClosureKind.OWN, MONDAY, MONDAY, reason="培训", actor_id=None, now=now()
    )
    with pytest.raises(NotFound):
        service.lift_closure(session, nursery, closure, actor_id=None, now=now())


@pytest.mark.parametrize(
    ("first", "last", "reason", "refusal"),
    [
        (MONDAY - timedelta(days=1), TUESDAY, "老师培训", errors.InThePast),
        (TUESDAY, MONDAY, "老师培训", errors.ClosureEndsBeforeItBegins),
        (MONDAY, MONDAY + timedelta(days=366), "老师培训", errors.ClosureTooLong),
        (MONDAY, TUESDAY, " 修 ", errors.ReasonMissing),
        (MONDAY, TUESDAY, "修" * 101, errors.ReasonMissing),
    ],
)
def test_closure_that_cannot_be_is_refused(
    session: Session, first: date, last: date, reason: str, refusal: type[Exception]
) -> None:
    nursery = register(session)
    with pytest.raises(refusal):
        service.close_days(
            session, nursery, ClosureKind.OWN, first, last, reason=reason, actor_id=None, now=now()
        )


def test_an_emergency_is_told_before_a_closure_of_ones_own(session: Session) -> None:
    nursery = register(session)
    for kind, reason in ((ClosureKind.OWN, "培训"), (ClosureKind.EMERGENCY, "停水")):
        service.close_days(
            session, nursery, kind, MONDAY, MONDAY, reason=reason, actor_id=None, now=now()
        )
    assert week(session, nursery)[0] == DayOpening(MONDAY, None, Shut.EMERGENCY, "停水")


def test_opening_of_thirty_houses_and_sixty_days_costs_three_queries(
    session: Session, count_queries: COUNTING
) -> None:
    ids = [register(session, f"托育{n}", number=n) for n in range(30)]
    with count_queries() as statements:
        opening = opening_on(session, ids, MONDAY, MONDAY + timedelta(days=59), CALENDAR)
    assert len(statements) == 3
    assert len(opening) == 30 * 60
