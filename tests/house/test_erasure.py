"""Who withdraws leaves no word behind (P24), and nothing that is still to come.

A marker is written into every column where people write about a child or an elder, sealed or not;
after the withdrawal no row of any table has it, whatever key it would be opened with.
"""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from cryptography.fernet import InvalidToken
from flask import Flask
from sqlalchemy.orm import Session

from tests.house.entry_samples import of_entry
from tests.house.races.crowd import audit
from tests.integration.meals.place import a_place, ordered
from tests.makers import a_child, a_nursery, an_account, an_elder
from ylyx_site.attendance.kinds import CheckKind, Result
from ylyx_site.attendance.models import Absence, DailyNote, HealthCheck
from ylyx_site.childcare.models import CareBooking, CareDay
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import book
from ylyx_site.counter.kinds import PaperKind
from ylyx_site.counter.models import DeskPaper
from ylyx_site.entry.models import PaperPicture
from ylyx_site.facilities.kinds import CareKind, Meal, Serving
from ylyx_site.families import erasure
from ylyx_site.families import service as families
from ylyx_site.families.kinds import Relation
from ylyx_site.families.models import Bond, ElderProfile, Person
from ylyx_site.handover.models import PickupPhoto
from ylyx_site.meals.kinds import Wish
from ylyx_site.meals.models import MealOrder, MealPlan, OrderedMeal
from ylyx_site.places.models import PlaceSlot
from ylyx_site.shared import clock, vault
from ylyx_site.shared.db import Model, db, transaction
from ylyx_site.welfare.kinds import StepKind, Why
from ylyx_site.welfare.models import WelfareCheck, WelfareStep

pytestmark = pytest.mark.slow
MARKER = "肩上有一块胎记"
TUESDAY = date(2026, 11, 24)


def left_behind() -> list[str]:
    """Where the marker stands, in clear or sealed."""
    db.session.rollback()
    return [
        f"{table.name}.{column}"
        for table in Model.metadata.sorted_tables
        for row in db.session.execute(sa.select(table)).mappings()
        for column, value in row.items()
        if MARKER in opened(value)
    ]


def opened(value: object) -> str:
    """A value as text; what is sealed is opened."""
    try:
        if isinstance(value, bytes):
            return vault.unseal_bytes(value).decode(errors="replace")
        return vault.unseal(value) if isinstance(value, str) else ""
    except (InvalidToken, ValueError):
        return str(value)


def a_marked_child(session: Session, account_id: int) -> int:
    """A child booked for Tuesday, about whom the marker was written everywhere."""
    now, sealed = clock.now(), vault.seal(f'{{"words": "{MARKER}"}}')
    nursery = a_nursery(session)
    child = a_child(session, account_id)
    wish = CareWish(nursery.id, (child.id,), (TUESDAY,), CareKind.FULL_DAY)
    book(session, wish, actor_id=account_id, code="7K392F", now=now)
    day = session.scalars(sa.select(CareDay)).one()
    session.execute(sa.update(CareBooking).values(note=MARKER))
    child.note_sealed = child.id_number_sealed = sealed
    of_entry(session, child.id, account_id)
    session.add_all([
        Absence(care_day_id=day.id, told_by=account_id, told_at=now, reason_sealed=sealed),
        HealthCheck(
            care_day_id=day.id, kind=CheckKind.MORNING, result=next(iter(Result)), sealed=sealed,
            by_id=account_id, at=now,
        ),
        DailyNote(care_day_id=day.id, sealed=sealed, by_id=account_id, at=now),
    ])  # fmt: skip
    for table in ("child_paper", "pickup_adult", "pickup_block", "child_case", "pickup_code"):
        columns = Model.metadata.tables[table].columns
        if "sealed" in columns:
            session.execute(sa.text(f"UPDATE {table} SET sealed = :s"), {"s": sealed})  # noqa: S608 our tables
    for picture in (PaperPicture, PickupPhoto):
        session.execute(sa.update(picture).values(sealed=vault.seal_bytes(MARKER.encode())))
    session.add(a_photographed_paper(nursery.id, child.id, account_id))
    session.flush()
    return child.id


def a_photographed_paper(facility_id: int, person_id: int, account_id: int) -> DeskPaper:
    """A signed paper whose photograph shows the marker."""
    return DeskPaper(
        facility_id=facility_id, person_id=person_id, kind=PaperKind.CONSENT, number="2026-7",
        photo_sealed=vault.seal_bytes(MARKER.encode()), filed_by=account_id, filed_at=clock.now(),
    )  # fmt: skip


def a_marked_elder(session: Session, account_id: int) -> int:
    """An elder, bound to the own account, with a lunch on Tuesday and a weekly plan."""
    now, sealed = clock.now(), vault.seal(MARKER)
    place, elder = a_place(session), an_elder(session, account_id)
    session.execute(sa.update(Bond).values(relation=Relation.SELF))
    ordered(session, place.lunch(elder.id), account_id)
    meal = session.scalars(sa.select(OrderedMeal)).one()
    session.execute(sa.update(MealOrder).values(note=MARKER))
    session.execute(sa.update(ElderProfile).values(avoids_sealed=sealed))
    check = WelfareCheck(
        facility_id=place.canteen.id, person_id=elder.id, meal_id=meal.id, day=TUESDAY,
        meal=Meal.LUNCH, why=next(iter(Why)), opened_at=now, words_sealed=sealed,
    )  # fmt: skip
    plan = MealPlan(
        code="7K392H", account_id=account_id, person_id=elder.id, facility_id=place.canteen.id,
        meal=Meal.LUNCH, weekdays="12345", wish=next(iter(Wish)), serving=Serving.PICK_UP,
        created_at=now,
    )  # fmt: skip
    session.add_all([check, plan, a_photographed_paper(place.canteen.id, elder.id, account_id)])
    session.flush()
    session.add(
        WelfareStep(
            check_id=check.id, kind=next(iter(StepKind)), reached=True, words_sealed=sealed,
            by_id=account_id, at=now,
        )
    )  # fmt: skip
    return elder.id


def test_p24_a_child_whose_consent_is_withdrawn_leaves_no_word_behind(app: Flask) -> None:
    with transaction() as session:
        wang = an_account(session, "13800000001", "王芳", None).id
        child = a_marked_child(session, wang)
    assert len(left_behind()) >= 8
    with transaction() as session:
        families.withdraw_consent(session, child, actor_id=wang, now=clock.now())
    assert left_behind() == []
    assert [one.value for one in db.session.scalars(sa.select(CareDay.state))] == ["cancelled"]
    assert db.session.scalar(sa.select(sa.func.sum(PlaceSlot.taken))) == 0
    assert audit(app) == []


def test_p24_an_elder_who_withdraws_leaves_no_word_and_no_meal_behind(app: Flask) -> None:
    with transaction() as session:
        zhou = an_account(session, "13800000004", "周桂兰", None).id
        elder = a_marked_elder(session, zhou)
    assert len(left_behind()) == 5
    with transaction() as session:
        families.erase_elder(session, elder, actor_id=zhou, now=clock.now())
    assert left_behind() == []
    assert db.session.scalars(sa.select(DeskPaper.number)).all() == ["2026-7"]
    assert [one.value for one in db.session.scalars(sa.select(OrderedMeal.state))] == ["cancelled"]
    assert db.session.scalars(sa.select(MealPlan.ended_at)).one() == clock.now()
    assert audit(app) == []


@pytest.mark.parametrize("room", ["childcare", "attendance", "counter", "entry", "handover"])
def test_p24_a_room_that_forgets_no_child_is_caught(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    with transaction() as session:
        wang = an_account(session, "13800000001", "王芳", None).id
        child = a_marked_child(session, wang)
    monkeypatch.delitem(erasure._erasers, room)
    with transaction() as session:
        families.withdraw_consent(session, child, actor_id=wang, now=clock.now())
    assert left_behind() != []


@pytest.mark.parametrize("room", ["meals", "counter", "welfare"])
def test_p24_a_room_that_forgets_no_elder_is_caught(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch, room: str
) -> None:
    with transaction() as session:
        zhou = an_account(session, "13800000004", "周桂兰", None).id
        elder = a_marked_elder(session, zhou)
    monkeypatch.delitem(erasure._erasers, room)
    with transaction() as session:
        families.erase_elder(session, elder, actor_id=zhou, now=clock.now())
    assert left_behind() != []


def test_a_child_that_is_in_the_house_stays_until_it_is_fetched(app: Flask) -> None:
    with transaction() as session:
        wang = an_account(session, "13800000001", "王芳", None).id
        child = a_marked_child(session, wang)
        session.execute(sa.update(CareDay).values(arrived_at=clock.now()))
    with transaction() as session:
        families.withdraw_consent(session, child, actor_id=wang, now=clock.now())
    assert [one.value for one in db.session.scalars(sa.select(CareDay.state))] == ["booked"]


def test_what_is_past_stays_for_what_was_paid(app: Flask) -> None:
    with transaction() as session:
        wang = an_account(session, "13800000001", "王芳", None).id
        child = a_marked_child(session, wang)
    later = clock.now() + timedelta(days=30)
    with transaction() as session:
        families.withdraw_consent(session, child, actor_id=wang, now=later)
    assert [one.value for one in db.session.scalars(sa.select(CareDay.state))] == ["booked"]
    assert db.session.scalars(sa.select(Person.name)).one() == "明明"
