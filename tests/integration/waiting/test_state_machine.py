"""Families join, are put first, answer or do not, cancel and stay away, caps move, time passes.

After each step the replay agrees, the audit is clean, nobody has two offers, and nothing is stuck.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from tests.conftest import MONDAY, _empty
from tests.makers import a_child, a_nursery, an_account
from ylyx_site.attendance.service.absences import Telling, excuse
from ylyx_site.childcare.models import CareBooking, CareDay, CareState
from ylyx_site.childcare.rules.wishes import CancelWish, CareWish
from ylyx_site.childcare.service import bookings, endings
from ylyx_site.facilities.kinds import CareKind, ClassKind
from ylyx_site.facilities.models import RegisteredPlaces
from ylyx_site.ledger import findings
from ylyx_site.places.publishing import republish
from ylyx_site.places.queries import over_booked
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import public_code
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.retries import retrying
from ylyx_site.waiting.kinds import EntryState, OfferState
from ylyx_site.waiting.models import PriorityGroup, WaitingEntry, WaitingHouse, WaitingOffer
from ylyx_site.waiting.queries.entries import care_of
from ylyx_site.waiting.queries.lines import lines_of
from ylyx_site.waiting.rules.lines import read, written
from ylyx_site.waiting.rules.replay import faults
from ylyx_site.waiting.rules.wishes import AnswerWish, EvidenceWish, JoinWish
from ylyx_site.waiting.service.answering import accept, decline
from ylyx_site.waiting.service.joining import join
from ylyx_site.waiting.service.ruling import claim_priority, confirm_priority
from ylyx_site.waiting.service.running import run
from ylyx_site.waiting.service.staying import leave, pause, resume
from ylyx_site.waiting.service.sweeps import end_entries, make_offers

FIRST, LAST = date(2026, 11, 24), date(2026, 11, 27)
KINDS: tuple[dict[str, Any], ...] = (
    {"kind": CareKind.FULL_DAY},
    {"kind": CareKind.HALF_DAY, "half": "am"},
    {"kind": CareKind.HALF_DAY, "half": "pm"},
)
days = st.integers(0, 2).map(lambda n: FIRST + timedelta(days=n))
whom = st.integers(0, 4)
which = st.integers(0, 5)


class Queue(RuleBasedStateMachine):
    """Two nurseries of one place each, five families; the first has two children."""

    app: Flask

    @initialize()
    def begin(self) -> None:
        """Monday morning, nothing booked, nobody waits."""
        self.now = datetime.fromisoformat(MONDAY)
        with self.app.app_context():
            _empty(self.app)
        with self.app.app_context(), transaction() as session:
            caps = {ClassKind.YOUNGER: 3}
            self.houses = [
                a_nursery(session, registered_places=1, caps=caps, name=name, publish_until=LAST).id
                for name in ("金星", "木星")
            ]
            group = PriorityGroup(
                division_code="500111",
                name="优先",
                paper="证明",
                rank=10,
                valid_from=date(2026, 1, 1),
            )
            session.add(group)
            session.flush()
            self.group = group.id
            self.accounts = [
                an_account(session, f"1380000000{n}", f"家长{n}", None).id for n in range(5)
            ]
            self.children = [[a_child(session, one).id] for one in self.accounts]
            self.children[0].append(a_child(session, self.accounts[0], "亮亮").id)

    def do(self, command: Any) -> None:
        """Once, as a form does; what is refused changes nothing."""
        with self.app.app_context(), clock.standing_at(self.now):
            try:
                with transaction() as session:
                    command(session)
            except Refusal:
                pass

    def wish(self, who: int, house: int, day: date, kind: dict[str, Any]) -> CareWish:
        """Care of a kind on a day for their children."""
        ids = tuple(self.children[who])
        return CareWish(self.houses[house], ids, (day,), **kind)

    @rule(who=whom, house=st.integers(0, 1), day=days, kind=st.sampled_from(KINDS))
    def book(self, who: int, house: int, day: date, kind: dict[str, Any]) -> None:
        """Somebody books, from outside of the queue."""
        self.do(lambda session: bookings.book(
            session, self.wish(who, house, day, kind),
            actor_id=self.accounts[who], code=public_code(), now=self.now,
        ))  # fmt: skip

    @rule(
        who=whom, both=st.booleans(), day=days, more=st.booleans(), together=st.booleans(),
        kind=st.sampled_from(KINDS),
    )  # fmt: skip
    def join(
        self, who: int, both: bool, day: date, more: bool, together: bool, kind: dict[str, Any]
    ) -> None:
        """Somebody joins one queue or two, for a day or for two."""
        care = self.wish(who, 0, day, kind)
        if more:
            care = replace(care, days=(day, day + timedelta(days=1)))
        houses = tuple(self.houses) if both else (self.houses[who % 2],)
        wish = JoinWish(houses, care, together=together)
        self.do(lambda session: join(session, wish, actor_id=self.accounts[who], now=self.now))

    @rule(number=which, what=st.sampled_from([pause, resume, leave]))
    def step(self, number: int, what: Any) -> None:
        """Somebody pauses, comes back or leaves."""

        def command(session: Session) -> None:
            entries = session.scalars(sa.select(WaitingEntry).order_by(WaitingEntry.id)).all()
            if entries:
                one = entries[number % len(entries)]
                what(session, one.code, actor_id=one.account_id, now=self.now)

        self.do(command)

    @rule(number=which, days=st.integers(0, 1))
    def rank(self, number: int, days: int) -> None:
        """The head of a nursery has seen a paper, valid today or until tomorrow."""

        def command(session: Session) -> None:
            houses = session.scalars(
                sa.select(WaitingHouse).order_by(WaitingHouse.entry_id, WaitingHouse.facility_id)
            ).all()
            if not houses:
                return
            one = houses[number % len(houses)]
            entry = session.get_one(WaitingEntry, one.entry_id)
            until = clock.day_of(self.now) + timedelta(days=days)
            claim_priority(session, entry.code, self.group, actor_id=entry.account_id, now=self.now)
            wish = EvidenceWish(one.number, self.group, "证明", until)
            confirm_priority(session, one.facility_id, wish, actor_id=1, now=self.now)

        self.do(command)

    @rule(number=which, yes=st.booleans())
    def answer(self, number: int, yes: bool) -> None:
        """Somebody answers an offer, in time or not."""

        def command(session: Session) -> None:
            offers = session.scalars(sa.select(WaitingOffer).order_by(WaitingOffer.id.desc())).all()
            if not offers:
                return
            one = offers[number % min(3, len(offers))]
            entry = session.get_one(WaitingEntry, one.entry_id)
            if not yes:
                decline(session, one, actor_id=entry.account_id, now=self.now)
                return
            care = care_of(session, entry, one)
            unit = 6800 if entry.kind is CareKind.FULL_DAY else 3800
            wish = AnswerWish(tuple((day, unit * len(care.child_ids)) for day in care.days))
            accept(session, one, wish, actor_id=entry.account_id, code=public_code(), now=self.now)

        self.do(command)

    @rule(number=which, away=st.booleans())
    def free(self, number: int, away: bool) -> None:
        """Somebody cancels, or a child stays away."""

        def command(session: Session) -> None:
            rows = session.execute(
                sa.select(CareDay, CareBooking)
                .join(CareBooking, CareBooking.id == CareDay.booking_id)
                .where(CareDay.state == CareState.BOOKED)
                .order_by(CareDay.id)
            ).all()
            if not rows:
                return
            day, booking = rows[number % len(rows)]
            who = booking.account_id
            if away:
                excuse(session, [day], Telling(who, self.now))
            else:
                endings.cancel(session, CancelWish(booking.code), actor_id=who, now=self.now)

        self.do(command)

    @rule(house=st.integers(0, 1), places=st.integers(0, 3), day=days)
    def cap(self, house: int, places: int, day: date) -> None:
        """A supervisor moves the registered places."""

        def command(session: Session) -> None:
            key = (self.houses[house], day)
            row = session.get(RegisteredPlaces, key)
            if row is None:
                session.add(RegisteredPlaces(facility_id=key[0], from_day=day, places=places))
            else:
                row.places = places
            session.flush()
            republish(session, self.houses[house], clock.day_of(self.now))

        self.do(command)

    @rule(minutes=st.sampled_from([1, 30, 239, 241, 600]))
    def wait(self, minutes: int) -> None:
        """Time goes by."""
        self.now += timedelta(minutes=minutes)

    def work(self) -> None:
        """What one worker does in a round, as others do the same."""
        for sweep in (make_offers, end_entries, make_offers, make_offers):
            retrying(lambda sweep=sweep: self.in_turn(sweep))

    def in_turn(self, sweep: Callable[[Session, datetime], int]) -> None:
        """One sweep in a context and a transaction of its own."""
        with self.app.app_context(), transaction() as session:
            sweep(session, self.now)

    @rule(workers=st.integers(1, 3))
    def sweep(self, workers: int) -> None:
        """The round of workers at once; after it nothing that could be asked for lies idle."""
        with clock.standing_at(self.now), ThreadPoolExecutor(workers) as together:
            for round_ in [together.submit(self.work) for _worker in range(workers)]:
                round_.result()
        with self.app.app_context(), clock.standing_at(self.now):
            with transaction() as session:
                before = session.scalar(sa.select(sa.func.count(WaitingOffer.id)))
                for house in self.houses:
                    run(session, house, self.now)
                after = session.scalar(sa.select(sa.func.count(WaitingOffer.id)))
            assert after == before, "a place was stuck: running again made an offer"

    @invariant()
    def everything_agrees(self) -> None:
        """Replay, audit, one open offer an entry, states that belong together."""
        with self.app.app_context(), clock.standing_at(self.now):
            session = db.session()
            for house in self.houses:
                lines = read("".join(written(lines_of(session, house))))
                assert faults(lines) == []
                assert all(one.over > 0 for one in over_booked(session, house, FIRST))
            assert findings(session) == []
            open_of = session.scalars(
                sa.select(WaitingOffer.entry_id).where(WaitingOffer.state == OfferState.OPEN)
            ).all()
            offered = session.scalars(
                sa.select(WaitingEntry.id).where(WaitingEntry.state == EntryState.OFFERED)
            ).all()
            assert sorted(open_of) == sorted(offered)


@pytest.mark.slow
def test_whatever_they_do_the_order_is_kept(app: Flask) -> None:
    Queue.app = app
    run_state_machine_as_test(
        Queue,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )
