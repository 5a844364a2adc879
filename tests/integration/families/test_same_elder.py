"""The same elder entered by two children: one person, each by the elder's consent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.orm import Session

from tests import makers
from tests.client import text_of
from tests.integration.families.conftest import Family
from tests.integration.families.elders import (
    ELDERS_NUMBER,
    ELDERS_PHONE,
    agree,
    ask,
    asked,
    bound,
    elders,
    errors,
    everything,
    last_code,
    messages,
)
from ylyx_site.families import queries, service
from ylyx_site.families.elder_wishes import AgreementWish, ElderWish
from ylyx_site.families.errors import AlreadyBound
from ylyx_site.families.kinds import Relation
from ylyx_site.families.models import Consent, Person
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.refusals import Refusal

LATER = timedelta(minutes=2)


@pytest.mark.parametrize(
    "second",
    [
        pytest.param({"id_number": ""}, id="same telephone, name and birth date"),
        pytest.param({"id_number": ELDERS_NUMBER, "name": "陈贵芳"}, id="same number"),
    ],
)
def test_the_second_child_is_bound_to_the_same_person_by_the_elders_code(
    wang: Family, li: Family, reader: Session, second: dict[str, str]
) -> None:
    elder_id = bound(wang, id_number=ELDERS_NUMBER)
    with clock.moved(LATER):
        request = asked(li, **second)
        assert li.browser.get(f"/family/people/{elder_id}").status_code == 404
        answer = agree(li, request, last_code())
    assert answer.headers["Location"] == f"/family/people/{elder_id}"
    assert elders(reader) == ["陈桂芳"]
    assert reader.scalar(sa.select(sa.func.count()).select_from(Consent)) == 3


def test_whoever_knows_a_number_gets_nowhere_and_learns_nothing(
    wang: Family, li: Family, reader: Session
) -> None:
    """The code goes to the telephone on record; the page reads as for an unknown elder."""
    elder_id = bound(wang, id_number=ELDERS_NUMBER)
    with clock.moved(LATER):
        request = asked(li, id_number=ELDERS_NUMBER, phone="13911112222")
        assert messages()[-1][0] == ELDERS_PHONE
        known = text_of(li.browser.get(request))
    with clock.moved(LATER * 2):
        unknown = text_of(li.browser.get(asked(li, phone="13911112222")))
    assert known == unknown
    assert li.browser.get(f"/family/people/{elder_id}").status_code == 404
    assert queries.eaters_of(reader, li.account_id) == []


def test_a_number_given_later_completes_the_record(
    wang: Family, li: Family, reader: Session
) -> None:
    elder_id = bound(wang)
    with clock.moved(LATER):
        assert bound(li, id_number=ELDERS_NUMBER) == elder_id
    reader.rollback()
    kept = reader.execute(sa.select(Person.id_number_index.is_not(None), Person.sex)).one()
    assert tuple(kept) == (True, "f")
    assert ELDERS_NUMBER not in everything(reader)


def test_the_same_child_is_told(wang: Family) -> None:
    bound(wang)
    with clock.moved(LATER):
        answer = ask(wang)
    assert errors(answer.text) == ["这位老人已经在您的家庭里了，不用再添加一次。"]
    assert len(messages()) == 1


def test_another_person_with_the_same_telephone_is_another(wang: Family, reader: Session) -> None:
    bound(wang)
    with clock.moved(LATER):
        bound(wang, name="赵德明")
    with clock.moved(LATER * 2):
        bound(wang, born_on="1944-03-09", name="陈桂芳")
    assert sorted(elders(reader)) == ["赵德明", "陈桂芳", "陈桂芳"]


WISH = ElderWish("陈桂芳", makers.date(1944, 3, 8), Relation.CHILD, ELDERS_PHONE)


def _at_once(app: Flask, works: list[Callable[[], str]]) -> list[str]:
    barrier = Barrier(len(works))

    def run(work: Callable[[], str]) -> str:
        with app.app_context():
            barrier.wait()
            try:
                return work()
            except Refusal as refusal:
                return type(refusal).__name__
            finally:
                db.session.remove()

    db.session.remove()
    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def _agreeing(account_id: int, request_id: int, code: str) -> Callable[[], str]:
    def confirm() -> str:
        with clock.standing_at("2026-11-23T08:05:00+08:00"), transaction() as session:
            wish = AgreementWish(request_id, code)
            elder = service.agree(session, wish, "", actor_id=account_id, now=clock.now())
        return str(elder)

    return confirm


def _request(account_id: int, minutes: int = 0) -> tuple[int, int, str]:
    with clock.moved(timedelta(minutes=minutes)), transaction() as session:
        made = service.ask_elder(session, WISH, "", actor_id=account_id, now=clock.now())
    return account_id, made.request_id, made.code


def _accounts() -> list[int]:
    with transaction() as session:
        return [makers.an_account(session, f"1380000000{n}").id for n in (1, 2)]


def test_two_who_confirm_the_same_request_at_once_make_one_person(
    app: Flask, reader: Session
) -> None:
    wang, _li = _accounts()
    request = _request(wang)
    answers = _at_once(app, [_agreeing(*request) for _ in range(4)])
    assert len(set(answers)) == 1
    assert elders(reader) == ["陈桂芳"]
    assert reader.scalar(sa.select(sa.func.count()).select_from(Consent)) == 2


def test_two_children_at_once_make_one_person_with_two_bonds(app: Flask, reader: Session) -> None:
    wang, li = _accounts()
    works = [_agreeing(*_request(one, minutes)) for one, minutes in ((wang, 0), (li, 2))]
    answers = _at_once(app, works)
    assert len(set(answers)) == 1
    assert elders(reader) == ["陈桂芳"]
    (person_id,) = reader.scalars(sa.select(Person.id))
    assert queries.live_guardians(reader, person_id) == {wang, li}


def test_a_request_is_no_way_around_the_check_of_what_is_bound(session: Session) -> None:
    wang = makers.an_account(session).id
    elder = makers.an_elder(session, wang)
    with pytest.raises(AlreadyBound):
        service.ask_elder(session, WISH, "", actor_id=wang, now=clock.now())
    assert [one.id for one in queries.eaters_of(session, wang)] == [elder.id]
