"""Whom a queue asks and until when: over night, close to a limit, by age, priority and guardian."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask

from tests.integration.childcare.conftest import (
    MONDAY,
    TUESDAY,
    WEDNESDAY,
    Family,
    a_family,
    a_house,
    more_children,
)
from tests.integration.waiting.conftest import (
    agrees,
    cancels,
    entry_states,
    events,
    joins,
    offer_of,
    offers,
    sweeps,
)
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.families.kinds import BondState
from ylyx_site.families.models import Bond
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.waiting.models import (
    PriorityClaim,
    PriorityGroup,
    WaitingChild,
    WaitingEntry,
)
from ylyx_site.waiting.rules.wishes import EvidenceWish
from ylyx_site.waiting.service.ruling import claim_priority, confirm_priority
from ylyx_site.waiting.service.sweeps import end_entries, forget_ended

FRIDAY = date(2026, 11, 27)


def at(day: date, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """A moment in Shanghai."""
    return clock.instant_at(day, hour * 60 + minute) + timedelta(seconds=second)


def filled(app: Flask, day: date) -> int:
    """A nursery of one place, taken on that day."""
    house = a_house(app, registered_places=1)
    a_family(app, "13800000099", "周先生", "东东").books(house, date=day)
    return house


@pytest.mark.parametrize(
    ("freed", "until", "sent"),
    [
        (at(MONDAY, 8), at(MONDAY, 12), at(MONDAY, 8, 1)),
        (at(MONDAY, 20, 58), at(TUESDAY, 11, 28), at(MONDAY, 20, 59)),
        (at(MONDAY, 20, 59), at(TUESDAY, 11, 29), at(TUESDAY, 7, 30)),
        (at(MONDAY, 21), at(TUESDAY, 11, 30), at(TUESDAY, 7, 30)),
        (at(TUESDAY, 0), at(TUESDAY, 11, 30), at(TUESDAY, 7, 30)),
        (at(TUESDAY, 7, 29), at(TUESDAY, 11, 30), at(TUESDAY, 7, 30)),
        (at(TUESDAY, 7, 30), at(TUESDAY, 11, 30), at(TUESDAY, 7, 31)),
    ],
)
def test_at_night_nothing_is_sent_and_no_time_to_answer_passes(
    app: Flask, wang: Family, freed: datetime, until: datetime, sent: datetime
) -> None:
    house = filled(app, FRIDAY)
    mine = joins(wang, house, days=(FRIDAY,))
    with clock.standing_at(freed):
        cancels(house)
        sweeps()
    offer = offer_of(mine)
    notice = db.session().query(Notice).filter(Notice.key.startswith("waiting.offered")).one()
    assert (offer.offered_at, offer.expires_at, notice.due_at) == (freed, until, sent)


@pytest.mark.parametrize(
    ("freed", "until"),
    [
        (at(MONDAY, 19), at(TUESDAY, 0)),
        (at(MONDAY, 20, 58, 59), at(TUESDAY, 0)),
        (at(MONDAY, 20, 59), None),  # its message would leave in the morning, after the limit
        (at(MONDAY, 21), None),
        (at(MONDAY, 23, 45), None),
    ],
)
def test_an_offer_ends_with_the_limit_for_booking_and_none_is_made_too_late(
    app: Flask, wang: Family, freed: datetime, until: datetime | None
) -> None:
    house = filled(app, TUESDAY)
    mine = joins(wang, house)
    with clock.standing_at(freed):
        cancels(house)
        sweeps()
        if until is None:
            assert (offers(), entry_states()) == ([], {mine: "waiting"})
        else:
            assert offer_of(mine).expires_at == until


def test_a_place_in_a_class_for_older_children_is_a_question_of_age(
    app: Flask, wang: Family, li: Family
) -> None:
    house = a_house(
        app, registered_places=5, caps={ClassKind.YOUNGER: 1, ClassKind.OLDER: 1}
    )  # fmt: skip
    a_family(app, "13800000098", "吴先生", "西西").books(house)
    fills = a_family(app, "13800000099", "周先生", "东东")
    older = [more_children(one, "大大", born_on=date(2024, 5, 1))[0] for one in (fills, li)]
    code = fills.books(house, child_id=older[0])
    younger = joins(wang, house)
    second = joins(li, house, child_ids=(older[1],))
    assert fills.browser.submit(f"/childcare/bookings/{code}/cancellation").status_code == 303
    sweeps()
    assert entry_states() == {younger: "waiting", second: "offered"}
    assert events(house)[2:] == ["1 skipped age", "2 offered"]
    assert agrees(house) == []


def a_priority(family: Family, code: str, house: int, valid_to: date) -> None:
    """The family's priority, seen by the head and valid to that day."""
    with transaction() as session:
        group = PriorityGroup(
            division_code="500111", name="双职工困难家庭", paper="社区证明", rank=10,
            valid_from=date(2026, 1, 1),
        )  # fmt: skip
        session.add(group)
        session.flush()
        claim_priority(session, code, group.id, actor_id=family.account_id, now=clock.now())
        number = 2
        wish = EvidenceWish(number, group.id, "社区证明原件", valid_to)
        confirm_priority(session, house, wish, actor_id=1, now=clock.now())


@pytest.mark.parametrize(("day", "first"), [(TUESDAY, "li"), (WEDNESDAY, "wang")])
def test_a_priority_counts_until_its_last_day_and_no_longer(
    app: Flask, wang: Family, li: Family, day: date, first: str
) -> None:
    house = filled(app, FRIDAY)
    codes = {"wang": joins(wang, house, days=(FRIDAY,)), "li": joins(li, house, days=(FRIDAY,))}
    a_priority(li, codes["li"], house, valid_to=TUESDAY)
    with clock.standing_at(at(day, 9)):
        page = wang.browser.get(f"/waiting/{codes['wang']}").text
        assert ("其中 1 家按规则优先" in page) == (first == "li")
        cancels(house)
        sweeps()
        states = entry_states()
    assert {name: states[code] for name, code in codes.items()} == {
        name: "offered" if name == first else "waiting" for name in codes
    }
    assert agrees(house) == []


def test_whose_child_has_left_is_not_asked_and_leaves_the_queue(
    app: Flask, wang: Family, li: Family, full: int
) -> None:
    gone, second = joins(wang, full), joins(li, full)
    with transaction() as session:
        bond = session.query(Bond).filter_by(account_id=wang.account_id).one()
        bond.state, bond.ended_at = BondState.ENDED, clock.now()
    cancels(full)
    sweeps()
    assert entry_states() == {gone: "waiting", second: "offered"}
    assert events(full)[2:] == ["1 skipped gone", "2 offered"]
    with transaction() as session:
        assert end_entries(session, clock.now()) == 1
    assert entry_states() == {gone: "ended", second: "offered"}


def test_days_that_have_passed_end_the_entry(app: Flask, wang: Family, full: int) -> None:
    mine = joins(wang, full)
    for moment, done in ((at(TUESDAY, 23, 59), 0), (at(WEDNESDAY, 0), 1), (at(WEDNESDAY, 0), 0)):
        with transaction() as session:
            assert end_entries(session, moment) == done
    assert entry_states() == {mine: "ended"}


def test_half_a_year_later_nobody_knows_which_child_waited(
    app: Flask, wang: Family, full: int
) -> None:
    mine = joins(wang, full)
    with transaction() as session:
        end_entries(session, at(WEDNESDAY, 0))
    for days, left in ((179, 1), (181, 0)):
        with transaction() as session:
            forget_ended(session, at(WEDNESDAY, 0) + timedelta(days=days))
            assert session.query(WaitingChild).count() == left
            assert session.query(PriorityClaim).count() == 0
    with transaction() as session:
        assert session.query(WaitingEntry).one().code == mine
    assert events(full) == ["1 joined", "1 ended"]


def test_two_offers_never_overlap_for_one_child(app: Flask, wang: Family, full: int) -> None:
    other = a_house(app, registered_places=1, name="木星托育中心")
    a_family(app, "13800000098", "吴先生", "西西").books(other)
    first, second = joins(wang, full), joins(wang, other)
    cancels(full)
    cancels(other)
    sweeps()
    assert sorted(entry_states().values()) == ["offered", "waiting"]
    assert {first, second} == set(entry_states())
    assert agrees(full) == agrees(other) == []
