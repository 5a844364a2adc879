"""Families, a head and the clock do as they like; after each step the ledger equals what lives.

Forms go the way of the views: one transaction, the key first (P5), then the command.
"""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from tests.conftest import MONDAY, _empty
from tests.house.invariants import broken
from tests.makers import a_bond, a_child, a_nursery, an_account
from ylyx_site.childcare.errors import DayFull
from ylyx_site.childcare.rules.wishes import CareWish, Pattern
from ylyx_site.childcare.service import bookings, endings
from ylyx_site.facilities.kinds import CareKind, ClassKind
from ylyx_site.facilities.models import RegisteredPlaces
from ylyx_site.places.errors import Full
from ylyx_site.places.publishing import republish
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key, once
from ylyx_site.shared.refusals import Refusal
from ylyx_site.shared.spans import DaySpan

FIRST, LAST = date(2026, 11, 23), date(2026, 12, 2)
CAP = 2
KINDS = (
    {"kind": CareKind.FULL_DAY},
    {"kind": CareKind.HALF_DAY, "half": "am"},
    {"kind": CareKind.HALF_DAY, "half": "pm"},
    {"kind": CareKind.HOURLY, "start": 600, "end": 750},
    {"kind": CareKind.TEMPORARY, "half": "am"},
)
days = st.integers(0, 5).map(lambda n: FIRST + timedelta(days=n))


class City(RuleBasedStateMachine):
    """One nursery; wang and li share two siblings, zhao has a child of the younger one's age."""

    app: Flask

    @initialize()
    def begin(self) -> None:
        """Monday morning, nothing booked."""
        self.now, self.codes, self.forms = datetime.fromisoformat(MONDAY), [], []
        with self.app.app_context():
            _empty(self.app)
        with self.app.app_context(), transaction() as session:
            caps = {ClassKind.YOUNGER: CAP, ClassKind.OLDER: CAP}
            house = a_nursery(session, registered_places=2, caps=caps, publish_until=LAST)
            wang, li, zhao = (
                an_account(session, f"1380000000{n}", f"家长{n}", None).id for n in (1, 2, 3)
            )
            small, big = (
                a_child(session, wang, name, born).id
                for name, born in (("明明", date(2025, 3, 10)), ("亮亮", date(2024, 3, 10)))
            )
            a_bond(session, small, li)
            other = a_child(session, zhao, "乐乐").id
            self.house, self.accounts = house.id, (wang, li, zhao)
            self.class_of = {small: "younger", big: "older", other: "younger"}
            self.wishes_of = {wang: [(small,), (big,), (small, big)], li: [(small,)],
                              zhao: [(other,)]}  # fmt: skip
            self.places = 2

    def send(self, key: str, wish: CareWish, actor: int) -> str:
        """Send a form as its view does; returns the address, or the name of the refusal."""
        code = new_key()[:12]
        try:
            with self.app.app_context(), transaction() as session:
                done = once(
                    session, key, wish, actor_id=actor, answer=f"/childcare/bookings/{code}",
                    now=self.now,
                )  # fmt: skip
                if done is not None:
                    return done
                bookings.book(session, wish, actor_id=actor, code=code, now=self.now)
                self.check_room(session, wish)
        except Refusal as refusal:
            if isinstance(refusal, (Full, DayFull)) and len(wish.days) == len(wish.child_ids) == 1:
                assert self.is_full(wish)
            return type(refusal).__name__
        self.codes.append((code, actor))
        self.forms.append((key, wish, actor, f"/childcare/bookings/{code}"))
        return f"/childcare/bookings/{code}"

    def check_room(self, session: Session, wish: CareWish) -> None:
        """Whoever got in left nobody too many on those days, by the limits of now (P8)."""
        over = session.execute(
            sa.text("SELECT s.day FROM place_slot s WHERE s.taken > s.wanted")
        ).scalars()
        assert not {str(day) for day in over} & {str(day) for day in wish.days}

    def is_full(self, wish: CareWish) -> bool:
        """Counted from the bookings themselves: a half hour is full in the house or the class."""
        span = bookings_span(wish)
        with self.app.app_context():
            rows = db.session.execute(
                sa.text(
                    "SELECT d.starts, d.ends, c.kind FROM care_day d"
                    " JOIN care_class c ON c.id = d.class_id"
                    " WHERE d.state = 'booked' AND d.day = :day"
                ).bindparams(sa.bindparam("day", wish.days[0], sa.Date()))
            ).all()
        for minute in range(span[0] // 30 * 30, span[1], 30):
            there = [kind for starts, ends, kind in rows if starts < minute + 30 and minute < ends]
            in_class = there.count(self.class_of[wish.child_ids[0]])
            if len(there) >= self.places or in_class >= CAP:
                return True
        return False

    @rule(who=st.integers(0, 2), whose=st.integers(0, 2), kind=st.sampled_from(KINDS),
          wanted=st.lists(days, min_size=1, max_size=2, unique=True))  # fmt: skip
    def book_days(self, who: int, whose: int, kind: dict, wanted: list[date]) -> None:
        """Some days, for one child or for siblings."""
        actor = self.accounts[who]
        children = self.wishes_of[actor][whose % len(self.wishes_of[actor])]
        wish = CareWish(self.house, children, tuple(sorted(wanted)), **kind)
        self.send(new_key(), wish, actor)

    @rule(who=st.integers(0, 2), kind=st.sampled_from(KINDS), first=days,
          weekdays=st.frozensets(st.integers(1, 5), min_size=1))  # fmt: skip
    def book_pattern(self, who: int, kind: dict, first: date, weekdays: frozenset[int]) -> None:
        """Weekdays from a day to the last."""
        actor = self.accounts[who]
        pattern = Pattern(weekdays, DaySpan(first, LAST))
        wish = CareWish(self.house, self.wishes_of[actor][0], (), pattern=pattern, **kind)
        self.send(new_key(), wish, actor)

    @precondition(lambda self: self.forms)
    @rule(which=st.integers(0, 20))
    def send_again(self, which: int) -> None:
        """The same form twice: the same answer, and nothing new."""
        key, wish, actor, answer = self.forms[which % len(self.forms)]
        before = self.live()
        assert self.send(key, wish, actor) == answer
        assert self.live() == before

    @precondition(lambda self: self.codes)
    @rule(which=st.integers(0, 20), day=st.none() | days, undoes=st.booleans())
    def end(self, which: int, day: date | None, undoes: bool) -> None:
        """Cancel one day or all that is to come, or undo."""
        code, actor = self.codes[which % len(self.codes)]
        wish = endings.CancelWish(code, () if day is None else (day,))
        past = self.live(before=clock.day_of(self.now))
        try:
            with self.app.app_context(), transaction() as session:
                if undoes:
                    endings.undo(session, code, actor_id=actor, now=self.now)
                else:
                    endings.cancel(session, wish, actor_id=actor, now=self.now)
        except Refusal:
            return
        assert undoes or self.live(before=clock.day_of(self.now)) == past

    @rule(minutes=st.sampled_from([1, 9, 60, 510]))
    def time_passes(self, minutes: int) -> None:
        """A minute, the undo time, hours."""
        self.now += timedelta(minutes=minutes)

    @rule(places=st.integers(0, 4))
    def change_places(self, places: int) -> None:
        """The supervisor sets the registered places: nobody who is booked is dropped (P8)."""
        before, today = self.live(), clock.day_of(self.now)
        with self.app.app_context(), transaction() as session:
            session.execute(sa.delete(RegisteredPlaces).where(RegisteredPlaces.from_day >= today))
            session.add(RegisteredPlaces(facility_id=self.house, from_day=today, places=places))
            session.flush()
            republish(session, self.house, today)
        self.places = places
        assert self.live() == before

    def live(self, before: date = date(2100, 1, 1)) -> int:
        """How many days of care stand."""
        with self.app.app_context():
            count = sa.text("SELECT count(*) FROM care_day WHERE state = 'booked' AND day < :day")
            return int(
                db.session.scalar(count.bindparams(sa.bindparam("day", before, sa.Date()))) or 0
            )

    @invariant()
    def everything_adds_up(self) -> None:
        """The ledger's audit and all invariants."""
        with self.app.app_context():
            assert broken(db.session()) == []


def bookings_span(wish: CareWish) -> tuple[int, int]:
    """The minutes of the district's care hours that a wish means."""
    if wish.start is not None and wish.end is not None:
        return wish.start, wish.end
    return {"": (450, 1050), "am": (450, 720), "pm": (720, 1050)}[wish.half]


def run(app: Flask, phases: tuple[Phase, ...] = tuple(Phase)) -> None:
    """Twenty lives of at most fifteen steps, the same ones each time."""
    machine = type("CityOnThisDatabase", (City,), {"app": app})
    bounds = settings(
        max_examples=20, stateful_step_count=15, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck), phases=phases,
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=bounds)


@pytest.mark.slow
def test_whatever_happens_the_ledger_equals_what_lives(app: Flask) -> None:
    run(app)


@pytest.mark.slow
def test_the_machine_tells_when_cancelling_gives_nothing_back(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endings, "give_back", lambda _session, _claims: None)
    with pytest.raises(AssertionError, match="taken is what live bookings claim"):
        run(sqlite_app, (Phase.generate,))
