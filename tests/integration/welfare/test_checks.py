"""A meal that did not reach its person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests.house.races.crowd import all_at_once
from tests.integration.meals.place import Place, a_place, ordered
from tests.makers import a_bond, a_canteen, a_role, an_account, an_elder
from ylyx_site.families.kinds import Relation
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.meals.models import OrderedMeal
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.welfare import service
from ylyx_site.welfare.errors import CheckOver, NobodyReachedYet, WordsMissing
from ylyx_site.welfare.kinds import Outcome, StepKind, Why
from ylyx_site.welfare.models import WelfareCheck, WelfareStep
from ylyx_site.welfare.queries.checks import check_facts, ended_checks, open_checks, open_meals
from ylyx_site.welfare.rules.wishes import Author, OutcomeWish, StepWish
from ylyx_site.welfare.service.news import ARRIVED, PLEASE_CALL, TO_FAMILY, TO_MANAGERS, TO_ONESELF


@pytest.fixture
def place(session: Session) -> Place:
    """A canteen; zhou has ordered Tuesday's lunch twice, li's mother once."""
    place = a_place(session)
    daughter = an_account(session, "13800000003", "赵女士")
    zhou = an_elder(session, daughter.id)
    other = an_elder(session, an_account(session, "13800000002", "李先生").id, "李秀英",
                     phone="13900000083")  # fmt: skip
    ordered(session, place.lunch(zhou.id), daughter.id, "AAAA22")
    ordered(session, place.lunch(other.id), other_daughter(session), "BBBB22")
    return place


def other_daughter(session: Session) -> int:
    """The account of li."""
    return session.scalars(sa.text("SELECT id FROM account WHERE phone = '13800000002'")).one()


def meal(session: Session, code_of: int = 0) -> OrderedMeal:
    """A meal, in the order of ordering."""
    return session.scalars(sa.select(OrderedMeal).order_by(OrderedMeal.id)).all()[code_of]


def opened(session: Session, one: OrderedMeal, why: Why = Why.NOBODY) -> int | None:
    """Open a check for this meal now."""
    return service.open_check(
        session, person_id=one.person_id, meal_id=one.id, facility_id=one.facility_id, why=why,
        now=clock.now(),
    )  # fmt: skip


def clerk_of(session: Session, place: Place) -> Author:
    """The clerk of the canteen."""
    clerk = an_account(session, "13800000021", "陈静")
    return Author(place.canteen.id, clerk.id, clock.now())


def told(session: Session) -> list[tuple[int, str]]:
    """Who was told what, in order."""
    rows = session.execute(sa.select(Notice.account_id, Notice.sentence).order_by(Notice.id))
    return [(row.account_id, row.sentence) for row in rows]


def test_there_is_one_open_check_for_a_meal_however_often_it_is_opened(
    session: Session, place: Place
) -> None:
    first = opened(session, meal(session))
    assert opened(session, meal(session), Why.NOT_COLLECTED) is None
    other = opened(session, meal(session, 1))
    assert [one.id for one in open_checks(session, place.canteen.id)] == [first, other]
    assert open_meals(session, [meal(session).id]) == {meal(session).id: first}


def test_a_check_closes_by_itself_when_the_meal_is_collected(
    session: Session, place: Place
) -> None:
    opened(session, meal(session))
    opened(session, meal(session, 1))
    now = clock.now()
    assert service.close_by_collection(session, meal(session).id, now=now)
    assert not service.close_by_collection(session, meal(session).id, now=now)
    (ended,) = ended_checks(session, place.canteen.id)
    assert (ended.meal_id, ended.outcome, ended.ended_by) == (
        meal(session).id, Outcome.COLLECTED, "",
    )  # fmt: skip
    assert len(open_checks(session, place.canteen.id)) == 1


def test_a_collection_taken_back_opens_the_same_check_again(session: Session, place: Place) -> None:
    first, one, now = opened(session, meal(session)), meal(session), clock.now()
    service.take_step(session, first or 0, StepWish(StepKind.CALL, reached=False),
                      clerk_of(session, place))  # fmt: skip
    assert not service.reopen(session, one.id, now=now)
    service.close_by_collection(session, one.id, now=now)
    assert service.reopen(session, one.id, now=now)
    (check,) = open_checks(session, place.canteen.id)
    assert (check.id, check.outcome, len(check.steps)) == (first, None, 1)


def test_a_slip_of_the_finger_ends_its_check(session: Session, place: Place) -> None:
    opened(session, meal(session))
    assert service.take_back(session, meal(session).id, now=clock.now())
    (ended,) = ended_checks(session, place.canteen.id)
    assert ended.outcome is Outcome.MISTAKE
    assert opened(session, meal(session)) is not None


def test_steps_and_their_end_are_written_down_with_who_and_when(
    session: Session, place: Place
) -> None:
    check_id, author = opened(session, meal(session)) or 0, clerk_of(session, place)
    for kind, reached, words in (
        (StepKind.CALL, False, ""),
        (StepKind.NEIGHBOUR, True, "王阿姨看到他在医院门口"),
    ):
        service.take_step(session, check_id, StepWish(kind, reached, words), author)
    service.end_check(session, check_id, OutcomeWish(Outcome.HOSPITAL, "儿子陪着"), author)
    found = check_facts(session, place.canteen.id, check_id)
    assert [(one.kind, one.reached, one.words, one.by) for one in found.steps] == [
        (StepKind.CALL, False, "", "陈静"),
        (StepKind.NEIGHBOUR, True, "王阿姨看到他在医院门口", "陈静"),
    ]
    assert (found.outcome, found.words, found.ended_by) == (Outcome.HOSPITAL, "儿子陪着", "陈静")
    sealed = session.scalars(sa.select(WelfareStep.words_sealed)).all()
    assert not any("医院" in (one or "") for one in sealed)


@pytest.mark.parametrize(
    ("wish", "refusal"),
    [
        (OutcomeWish(Outcome.FINE), NobodyReachedYet),
        (OutcomeWish(Outcome.OTHER), WordsMissing),
    ],
)
def test_an_end_that_says_nothing_is_refused(
    session: Session, place: Place, wish: OutcomeWish, refusal: type[Refusal]
) -> None:
    check_id, author = opened(session, meal(session)) or 0, clerk_of(session, place)
    with pytest.raises(refusal):
        service.end_check(session, check_id, wish, author)


def test_an_ended_check_takes_nothing_more(session: Session, place: Place) -> None:
    check_id, author = opened(session, meal(session)) or 0, clerk_of(session, place)
    service.end_check(session, check_id, OutcomeWish(Outcome.AWAY), author)
    with pytest.raises(CheckOver):
        service.end_check(session, check_id, OutcomeWish(Outcome.AWAY), author)
    with pytest.raises(CheckOver):
        service.take_step(session, check_id, StepWish(StepKind.CALL, reached=True), author)


def test_the_check_of_another_canteen_does_not_exist(session: Session, place: Place) -> None:
    check_id = opened(session, meal(session)) or 0
    stranger = Author(place.canteen.id + 1, clerk_of(session, place).actor_id, clock.now())
    with pytest.raises(NotFound):
        service.take_step(session, check_id, StepWish(StepKind.CALL, reached=True), stranger)
    with pytest.raises(NotFound):
        service.end_check(session, check_id, OutcomeWish(Outcome.AWAY), stranger)
    assert open_checks(session, stranger.facility_id) == []


def test_after_half_an_hour_the_manager_and_the_family_are_told_once(
    session: Session, place: Place
) -> None:
    one = meal(session)
    manager = an_account(session, "13800000020", "食堂经理")
    a_role(session, manager, Role.CANTEEN_MANAGER, facility_id=place.canteen.id)
    elsewhere = an_account(session, "13800000029", "别处的经理")
    a_role(session, elsewhere, Role.CANTEEN_MANAGER, facility_id=a_canteen(session).id)
    own = an_account(session, "13800000004", "周奶奶")
    a_bond(session, one.person_id, own.id).relation = Relation.SELF
    session.flush()
    daughter = session.scalars(sa.text("SELECT id FROM account WHERE phone='13800000003'")).one()
    opened(session, one)
    start = clock.now()
    assert service.escalate(session, start + timedelta(minutes=30, microseconds=-1)) == 0
    assert service.escalate(session, start + timedelta(minutes=30)) == 1
    assert service.escalate(session, start + timedelta(minutes=31)) == 0
    assert told(session) == [
        (manager.id, TO_MANAGERS),
        (daughter, TO_FAMILY[Why.NOBODY]),
        (own.id, TO_ONESELF),
    ]
    notice = session.scalars(sa.select(Notice).where(Notice.account_id == daughter)).one()
    assert (notice.link, notice.filling) == ("/meals/orders/AAAA22", "{}")


@pytest.mark.parametrize(
    ("end", "sentence"),
    [
        (lambda session, one, _author: service.close_by_collection(
            session, one.id, now=clock.now()), ARRIVED),
        (lambda session, _one, author: service.end_check(
            session, open_checks(session, author.facility_id)[0].id,
            OutcomeWish(Outcome.HOSPITAL, "摔了一跤"), author), PLEASE_CALL),
    ],
)  # fmt: skip
def test_a_family_that_was_told_is_told_the_end_without_what_happened(
    session: Session,
    place: Place,
    end: Callable[[Session, OrderedMeal, Author], object],
    sentence: str,
) -> None:
    opened(session, meal(session))
    service.escalate(session, clock.now() + timedelta(hours=1))
    end(session, meal(session), clerk_of(session, place))
    assert [words for _account, words in told(session)] == [TO_FAMILY[Why.NOBODY], sentence]


def test_a_family_that_was_not_told_is_not_worried_afterwards(
    session: Session, place: Place
) -> None:
    opened(session, meal(session))
    service.close_by_collection(session, meal(session).id, now=clock.now())
    assert told(session) == []


def test_every_deed_is_in_the_journal(session: Session, place: Place) -> None:
    check_id, author = opened(session, meal(session)) or 0, clerk_of(session, place)
    service.take_step(session, check_id, StepWish(StepKind.CALL, reached=True, words="他说摔了"),
                      author)  # fmt: skip
    service.end_check(session, check_id, OutcomeWish(Outcome.FINE), author)
    rows = session.execute(
        sa.select(JournalEntry.action, JournalEntry.detail)
        .where(JournalEntry.subject == f"welfare_check:{check_id}")
        .order_by(JournalEntry.id)
    )
    assert [tuple(row) for row in rows] == [
        ("welfare.opened", "nobody"),
        ("welfare.step", "call reached"),
        ("welfare.ended_fine", ""),
    ]


def test_eight_at_once_open_one_check(app: Flask) -> None:
    with transaction() as session:
        place = a_place(session)
        account = an_account(session, "13800000003", "赵女士")
        ordered(session, place.lunch(an_elder(session, account.id).id), account.id)
        meal_id = meal(session).id

    def go() -> int | None:
        with app.app_context(), transaction() as session:
            return opened(session, session.get_one(OrderedMeal, meal_id))

    numbers = [one for one in all_at_once([go] * 8) if one is not None]
    assert len(numbers) == 1
    with app.app_context():
        found = db.session().scalars(sa.select(WelfareCheck.id)).all()
    assert list(found) == numbers
