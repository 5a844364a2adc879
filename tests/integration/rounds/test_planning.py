"""Who is in which round, in which order; nobody with a delivery is forgotten."""

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.rounds.conftest import NAMES, NOON, Town, a_town, staff_of
from ylyx_site.identity.roles import Role
from ylyx_site.rounds import service
from ylyx_site.rounds.errors import NameTaken, NoSuchCourier
from ylyx_site.rounds.models import DeliveryRound, RoundCourier, RoundStop
from ylyx_site.rounds.rules.wishes import Author, RoundWish, StopWish
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key
from ylyx_site.shared.refusals import NotFound

PLAN = "/desk/rounds/plan"


def order_of(session: Session, round_id: int) -> list[tuple[int, int]]:
    """(position, person) of a round."""
    rows = session.execute(
        sa.select(RoundStop.position, RoundStop.person_id)
        .where(RoundStop.round_id == round_id)
        .order_by(RoundStop.position)
    )
    return [(row[0], row[1]) for row in rows]


def planner(town: Town) -> Author:
    """Whoever plans there."""
    return Author(town.canteen_id, town.courier_id, clock.now(), is_manager=True)


def posts(browser: SiteClient, address: str, **fields: object) -> int:
    """Send a form; the status."""
    data = {"csrf_token": browser.token(), "key": new_key()} | fields
    return browser.post(address, data=data).status_code


@pytest.mark.parametrize(
    ("person", "position", "order"),
    [(2, 1, [2, 0, 1]), (0, 99, [1, 2, 0]), (0, 2, [1, 0, 2]), (1, 0, [1, 0, 2])],
)
def test_a_stop_moves_to_its_place_and_the_others_make_room(
    session: Session, person: int, position: int, order: list[int]
) -> None:
    town = a_town(session)
    wish = StopWish(town.people[person], town.round_id, position)
    service.place_stop(session, wish, planner(town))
    assert order_of(session, town.round_id) == [
        (n, town.people[one]) for n, one in enumerate(order, 1)
    ]


def test_a_person_is_in_one_round_of_a_canteen(session: Session) -> None:
    town = a_town(session)
    second = service.add_round(session, RoundWish("二线", ()), planner(town))
    service.place_stop(session, StopWish(town.people[0], second, 1), planner(town))
    assert order_of(session, second) == [(1, town.people[0])]
    assert [person for _, person in order_of(session, town.round_id)] == list(town.people[1:])


def test_an_ended_round_gives_its_people_back_to_the_list(session: Session) -> None:
    town = a_town(session)
    service.end_round(session, town.round_id, planner(town))
    assert order_of(session, town.round_id) == []
    with pytest.raises(NotFound):
        service.end_round(session, town.round_id, planner(town))


def test_two_rounds_have_two_names_and_couriers_of_the_house(session: Session) -> None:
    town = a_town(session)
    with pytest.raises(NameTaken):
        service.add_round(session, RoundWish("平安线", ()), planner(town))
    stranger = makers.an_account(session, "13800000099", "路人")
    with pytest.raises(NoSuchCourier):
        service.add_round(session, RoundWish("二线", (stranger.id,)), planner(town))


def test_what_is_another_canteens_cannot_be_planned(session: Session) -> None:
    town, other = a_town(session), a_town(session, "13800000029", "别处的食堂")
    for deed in (
        lambda: service.place_stop(
            session, StopWish(town.people[0], town.round_id, 1), planner(other)
        ),
        lambda: service.place_stop(
            session, StopWish(town.people[0], other.round_id, 1), planner(other)
        ),
        lambda: service.remove_stop(session, town.people[0], planner(other)),
        lambda: service.end_round(session, town.round_id, planner(other)),
        lambda: service.change_round(session, town.round_id, RoundWish("新", ()), planner(other)),
    ):
        with pytest.raises(NotFound):
            deed()


def test_whoever_has_a_delivery_and_no_stop_is_listed_and_put_in(
    noon: Town, manager: SiteClient
) -> None:
    with transaction() as session:
        session.execute(sa.delete(RoundStop).where(RoundStop.person_id == noon.people[1]))
    assert "今天有 1 位要送餐的老人还没有排进线路" in text_of(manager.get("/desk/rounds"))
    page = manager.page(PLAN)
    (card,) = page.xpath("//section[@aria-labelledby='notyet']")
    assert [name for name in NAMES if name in card.text_content()] == [NAMES[1]]
    assert posts(manager, f"{PLAN}/stops", person_id=noon.people[1], round_id=noon.round_id) == 303
    assert "还没有排进线路" not in text_of(manager.get("/desk/rounds"))
    db.session.rollback()
    assert [person for _, person in order_of(db.session(), noon.round_id)] == [
        noon.people[0], noon.people[2], noon.people[1],
    ]  # fmt: skip


def test_a_round_is_made_changed_and_ended_by_forms(noon: Town, manager: SiteClient) -> None:
    answer = manager.submit(f"{PLAN}/new", name="水峰线", courier=[str(noon.courier_id)])
    assert answer.status_code == 303
    db.session.rollback()
    made = db.session().scalars(
        sa.select(DeliveryRound.id).where(DeliveryRound.name == "水峰线")
    ).one()  # fmt: skip
    assert (
        manager.submit(
            f"{PLAN}/{made}", f"{PLAN}/{made}", name="东线", drop=("courier",)
        ).status_code
        == 303
    )
    db.session.rollback()
    assert db.session().scalars(sa.select(RoundCourier.round_id)).all() == [noon.round_id]
    assert manager.submit(f"{PLAN}/{made}", "/ending").status_code == 303
    assert "东线" not in manager.get(PLAN).text
    refused = manager.submit(f"{PLAN}/new", name="平安线")
    assert refused.status_code == 422 and "已经有一条线叫这个名字" in text_of(refused)


def test_another_canteens_manager_reaches_nothing_of_the_plan(app: Flask, town: Town) -> None:
    with transaction() as session:
        elsewhere = a_town(session, "13800000029", "别处的食堂")
    with clock.standing_at(NOON):
        stranger = staff_of(app, elsewhere.canteen_id, "13800000026", Role.CANTEEN_MANAGER)
        statuses = [
            stranger.get(f"{PLAN}/{town.round_id}").status_code,
            posts(stranger, f"{PLAN}/{town.round_id}", name="别人的"),
            posts(stranger, f"{PLAN}/{town.round_id}/ending"),
            posts(stranger, f"{PLAN}/stops", person_id=town.people[0], round_id=town.round_id),
            posts(stranger, f"{PLAN}/stops", person_id=town.people[0], round_id=elsewhere.round_id),
            posts(stranger, f"{PLAN}/stops/{town.people[0]}/removal"),
        ]
        assert statuses == [404] * 6
        assert "平安线" in stranger.get(PLAN).text  # its own of the same name
    db.session.rollback()
    assert [one for _, one in order_of(db.session(), town.round_id)] == list(town.people)
