"""Several guardians to one child: invited, asking, confirmed, leaving."""

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests import makers
from tests.client import find_form, text_of
from tests.integration.families.conftest import NUMBER, Family, count
from ylyx_site.families import queries, service
from ylyx_site.families.errors import WrongCode
from ylyx_site.families.kinds import BondState, Relation
from ylyx_site.families.models import Bond, GuardianInvitation, Person
from ylyx_site.families.wishes import ChildWish, JoinWish
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.identifiers import id_number

WRONG = "邀请码不对，或者已经用过、过期了。"


def _invite(family: Family, child_id: int) -> str:
    answer = family.browser.submit(f"/family/people/{child_id}", "/invitations")
    return str(html.fromstring(answer.text).xpath("//*[@class='code']/text()")[0])


def _join(family: Family, code: str) -> TestResponse:
    return family.browser.submit("/family/people/join", code=code, relation="father")


def _states(session: Session, child_id: int) -> dict[int, str]:
    session.rollback()
    return {one.account_id: one.state for one in queries.guardians_of(session, child_id)}


def _page(child_id: int, end: str = "") -> str:
    return f"/family/people/{child_id}{end}"


def test_the_invited_guardian_is_in_at_once(wang: Family, li: Family, reader: Session) -> None:
    child_id = wang.child_id()
    code = _invite(wang, child_id)
    assert re.fullmatch(r"\w{3}-\w{3}", code)
    answer = _join(li, code.lower())
    assert answer.headers["Location"] == _page(child_id)
    assert [one.relation for one in queries.children_of(reader, li.account_id)] == ["father"]
    assert (
        reader.scalar(sa.select(Bond.confirmed_by).where(Bond.account_id == li.account_id))
        == wang.account_id
    )


def test_an_invitation_is_used_once(wang: Family, li: Family, reader: Session, app: Flask) -> None:
    child_id = wang.child_id()
    code = _invite(wang, child_id)
    _join(li, code)
    li_leaves = queries.handle_of(child_id, li.account_id)
    li.browser.submit(_page(child_id, f"/guardians/{li_leaves}/ending"))
    answer = _join(li, code)
    assert answer.status_code == 422
    assert WRONG in text_of(answer)
    assert queries.people_of(reader, li.account_id) == []


def test_an_invitation_lasts_a_day(wang: Family, li: Family, reader: Session) -> None:
    child_id = wang.child_id()
    code = _invite(wang, child_id)
    with clock.moved(timedelta(days=1)):
        answer = _join(li, code)
    assert (answer.status_code, _states(reader, child_id)) == (422, {wang.account_id: "live"})
    with clock.moved(timedelta(days=1, microseconds=-1)):
        assert _join(li, code).status_code == 303


def test_a_double_tap_invites_once_and_shows_the_same_code(wang: Family, reader: Session) -> None:
    page = wang.browser.page(_page(wang.child_id()))
    form = find_form(page, "/invitations")
    answers = [wang.browser.post(form.action, data=dict(form.form_values())) for _ in range(2)]
    assert text_of(answers[0]) == text_of(answers[1])
    assert count(reader, GuardianInvitation) == 1


def test_codes_are_kept_as_digests(wang: Family, reader: Session) -> None:
    code = _invite(wang, wang.child_id()).replace("-", "")
    kept = reader.scalars(sa.select(GuardianInvitation.code_hash)).one()
    assert code not in kept.upper()
    assert len(kept) == 64


def test_five_open_invitations_and_no_more(wang: Family, reader: Session) -> None:
    child_id = wang.child_id()
    for _ in range(5):
        _invite(wang, child_id)
    answer = wang.browser.submit(_page(child_id), "/invitations")
    assert answer.status_code == 422
    assert "您有 5 个邀请码还没有用。" in text_of(answer)
    assert count(reader, GuardianInvitation) == 5
    with clock.moved(timedelta(days=1)):
        assert wang.browser.submit(_page(child_id), "/invitations").status_code == 200


def test_an_invitation_dies_with_the_bond_of_its_giver(
    wang: Family, li: Family, reader: Session, app: Flask
) -> None:
    child_id = wang.child_id()
    _join(li, _invite(wang, child_id))
    code = _invite(li, child_id)
    handle = queries.handle_of(child_id, li.account_id)
    wang.browser.submit(_page(child_id, f"/guardians/{handle}/ending"), reason="custody")
    assert _join(li, code).status_code == 422
    assert _states(reader, child_id) == {wang.account_id: "live"}


def test_whoever_is_a_guardian_does_not_use_up_the_code(
    wang: Family, li: Family, reader: Session
) -> None:
    child_id = wang.child_id()
    code = _invite(wang, child_id)
    answer = _join(wang, code)
    assert answer.status_code == 422
    assert "您已经是这个孩子的监护人了。" in text_of(answer)
    assert _join(li, code).status_code == 303


def test_ten_wrong_codes_within_the_hour_and_no_more(
    wang: Family, li: Family, reader: Session
) -> None:
    child_id = wang.child_id()
    code = _invite(wang, child_id)
    for _ in range(10):
        assert WRONG in text_of(_join(li, "222222"))
    for tried in ("222222", code):
        answer = _join(li, tried)
        assert answer.status_code == 422
        assert "邀请码连续填错太多次。" in text_of(answer)
    assert reader.scalar(
        sa.select(sa.func.count())
        .select_from(JournalEntry)
        .where(JournalEntry.action == "families.wrong_code")
    ) == 10  # fmt: skip
    with clock.moved(timedelta(hours=1)):
        assert _join(li, code).status_code == 303


def test_two_who_enter_one_code_at_once_make_one_bond(app: Flask, reader: Session) -> None:
    with transaction() as session:
        people = [makers.an_account(session, f"1380000000{n}").id for n in range(1, 4)]
        child_id = makers.a_child(session, people[0]).id
        service.invite_guardian(session, child_id, "A2C3D4", actor_id=people[0], now=clock.now())
    results = _at_once(app, [_joining(one, "A2C3D4") for one in people[1:]])
    assert sorted(results) == sorted([str(child_id), "WrongCode"])
    assert count(reader, Bond) == 2


def test_one_who_enters_a_code_twice_at_once_makes_one_bond(app: Flask, reader: Session) -> None:
    with transaction() as session:
        wang, li = (makers.an_account(session, f"1380000000{n}").id for n in (1, 2))
        child_id = makers.a_child(session, wang).id
        for code in ("A2C3D4", "E6F7G8"):
            service.invite_guardian(session, child_id, code, actor_id=wang, now=clock.now())
    results = _at_once(app, [_joining(li, code) for code in ("A2C3D4", "E6F7G8")])
    assert sorted(results) == sorted([str(child_id), "AlreadyGuardian"])
    assert count(reader, Bond) == 2


def _joining(account_id: int, code: str) -> Callable[[], str]:
    def join() -> str:
        wish = JoinWish(code, Relation.FATHER)
        with transaction() as session:
            child_id = service.join_by_invitation(
                session, wish, actor_id=account_id, now=clock.now()
            )
        return str(child_id)

    return join


def _at_once(app: Flask, deeds: list[Callable[[], str]]) -> list[str]:
    """Do the deeds in threads that start together; a refusal's name stands for its result."""
    results: list[str] = []
    start = Barrier(len(deeds))

    def run(deed: Callable[[], str]) -> None:
        with app.app_context():
            start.wait()
            try:
                results.append(deed())
            except Exception as error:  # noqa: BLE001 the test compares what came
                results.append(type(error).__name__)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_the_second_parent_asks_and_the_first_confirms(
    wang: Family, li: Family, reader: Session
) -> None:
    child_id = wang.child_id(id_number=NUMBER, note="花生过敏")
    answer = li.add(name="李小满", id_number=NUMBER, relation="father")
    assert answer.headers["Location"] == "/family/people/asked"
    for address in ("/family/people/asked", "/family/people"):
        words = text_of(li.browser.get(address))
        assert [leak for leak in ("王", "满", "花生", "1380") if leak in words] == []
    li.browser.page(_page(child_id), status=404)
    assert _states(reader, child_id) == {wang.account_id: "live", li.account_id: "asked"}
    assert "有人申请一起照看" in text_of(wang.browser.get("/family/people"))

    answer = wang.browser.submit(_page(child_id), "/confirmation")
    assert answer.headers["Location"] == _page(child_id)
    reader.rollback()
    assert [one.name for one in queries.children_of(reader, li.account_id)] == ["王小满"]
    assert "王小满" in text_of(li.browser.get(_page(child_id)))


def test_both_parents_who_enter_the_child_at_once_make_one_child(
    app: Flask, reader: Session
) -> None:
    with transaction() as session:
        parents = [makers.an_account(session, f"1380000000{n}").id for n in (1, 2)]
    results = _at_once(app, [_adding(one) for one in parents])
    assert sorted(results) == ["added", "asked"]
    assert (count(reader, Person), count(reader, Bond)) == (1, 2)


def _adding(account_id: int) -> Callable[[], str]:
    number = id_number(NUMBER, clock.today())
    wish = ChildWish("王小满", number.born_on, Relation.MOTHER, "1", id_number=number)

    def add() -> str:
        with transaction() as session:
            child = service.add_child(session, wish, actor_id=account_id, now=clock.now())
        return "added" if child else "asked"

    return add


def test_asking_again_changes_nothing(wang: Family, li: Family, reader: Session) -> None:
    child_id = wang.child_id(id_number=NUMBER)
    answers = [li.add(id_number=NUMBER).headers["Location"] for _ in range(2)]
    assert answers == ["/family/people/asked"] * 2
    assert _states(reader, child_id) == {wang.account_id: "live", li.account_id: "asked"}


def test_whoever_is_declined_sees_nothing_and_may_ask_again(
    wang: Family, li: Family, reader: Session
) -> None:
    child_id = wang.child_id(id_number=NUMBER)
    li.add(id_number=NUMBER)
    wang.browser.submit(_page(child_id), "/declination")
    assert _states(reader, child_id) == {wang.account_id: "live"}
    li.browser.page(_page(child_id), status=404)
    li.add(id_number=NUMBER)
    assert _states(reader, child_id) == {wang.account_id: "live", li.account_id: "asked"}


def test_whoever_asked_cannot_confirm_alone(wang: Family, li: Family, reader: Session) -> None:
    child_id = wang.child_id(id_number=NUMBER)
    li.add(id_number=NUMBER)
    handle = queries.handle_of(child_id, li.account_id)
    form = {"csrf_token": li.browser.token(), "key": "a-key-of-lis-own"}
    answer = li.browser.post(_page(child_id, f"/guardians/{handle}/confirmation"), data=form)
    assert answer.status_code == 404
    assert _states(reader, child_id)[li.account_id] == BondState.ASKED


def test_confirming_what_is_settled_shows_the_child_anew(
    wang: Family, li: Family, reader: Session
) -> None:
    child_id = wang.child_id(id_number=NUMBER)
    li.add(id_number=NUMBER)
    form = find_form(wang.browser.page(_page(child_id)), "/confirmation")
    wang.browser.submit(_page(child_id), "/declination")
    answer = wang.browser.post(form.action, data=dict(form.form_values()))
    assert (answer.status_code, answer.headers["Location"]) == (303, _page(child_id))
    assert _states(reader, child_id) == {wang.account_id: "live"}


def test_a_guardian_leaves_and_the_double_tap_is_answered_alike(
    wang: Family, li: Family, reader: Session
) -> None:
    child_id = wang.child_id()
    _join(li, _invite(wang, child_id))
    handle = queries.handle_of(child_id, li.account_id)
    form = find_form(li.browser.page(_page(child_id, f"/guardians/{handle}/ending")), "/ending")
    answers = [li.browser.post(form.action, data=dict(form.form_values())) for _ in range(2)]
    assert [one.headers["Location"] for one in answers] == ["/family/people"] * 2
    assert _states(reader, child_id) == {wang.account_id: "live"}
    li.browser.page(_page(child_id), status=404)


def test_another_guardian_is_ended_for_a_reason_that_the_journal_keeps(
    wang: Family, li: Family, reader: Session
) -> None:
    child_id = wang.child_id()
    _join(li, _invite(wang, child_id))
    page = _page(child_id, f"/guardians/{queries.handle_of(child_id, li.account_id)}/ending")
    answer = wang.browser.submit(page)
    assert answer.status_code == 422
    assert "请选一个原因。" in text_of(answer)
    assert wang.browser.submit(page, reason="safety").headers["Location"] == _page(child_id)
    assert _states(reader, child_id) == {wang.account_id: "live"}
    assert reader.scalars(
        sa.select(JournalEntry.detail).where(JournalEntry.action == "families.bond_ended")
    ).all() == [f"safety account:{li.account_id}"]


def test_the_last_guardian_cannot_leave(wang: Family, li: Family, reader: Session) -> None:
    child_id = wang.child_id(id_number=NUMBER)
    li.add(id_number=NUMBER)  # only asks, so does not count
    page = _page(child_id, f"/guardians/{queries.handle_of(child_id, wang.account_id)}/ending")
    assert wang.browser.page(page).xpath("//a[contains(@href,'/withdrawal')]")
    form = {"csrf_token": wang.browser.token(), "key": "a-key-of-wangs-own"}
    answer = wang.browser.post(page, data=form)
    assert answer.status_code == 422
    assert "您是唯一的监护人，不能退出。" in text_of(answer)
    assert _states(reader, child_id)[wang.account_id] == BondState.LIVE


def test_two_guardians_who_leave_at_once_leave_one_behind(app: Flask, reader: Session) -> None:
    with transaction() as session:
        wang, li = (makers.an_account(session, f"1380000000{n}").id for n in (1, 2))
        child_id = makers.a_child(session, wang).id
        makers.a_bond(session, child_id, li)
    results = _at_once(app, [_leaving(child_id, one) for one in (wang, li)])
    assert sorted(results) == ["LastGuardian", "left"]
    assert len(_states(reader, child_id)) == 1


def _leaving(child_id: int, account_id: int) -> Callable[[], str]:
    def leave() -> str:
        handle = queries.handle_of(child_id, account_id)
        with transaction() as session:
            service.end_bond(session, child_id, handle, None, actor_id=account_id, now=clock.now())
        return "left"

    return leave


def test_the_giver_withdraws_the_consent_and_the_child_is_gone_for_all(
    wang: Family, li: Family, reader: Session
) -> None:
    child_id = wang.child_id()
    _join(li, _invite(wang, child_id))
    answer = li.browser.submit(_page(child_id, "/withdrawal"), sure="y")
    assert answer.status_code == 422
    assert "同意是另一位监护人给的" in text_of(answer)
    assert wang.browser.submit(_page(child_id, "/withdrawal"), sure="y").status_code == 303
    assert queries.people_of(reader, li.account_id) == []


def test_once_the_giver_has_left_another_guardian_withdraws(
    wang: Family, li: Family, reader: Session
) -> None:
    child_id = wang.child_id()
    _join(li, _invite(wang, child_id))
    mine = queries.handle_of(child_id, wang.account_id)
    wang.browser.submit(_page(child_id, f"/guardians/{mine}/ending"))
    assert li.browser.submit(_page(child_id, "/withdrawal"), sure="y").status_code == 303


def test_a_code_for_a_withdrawn_child_is_worth_nothing(session: Session) -> None:
    wang, li = (makers.an_account(session, f"1380000000{n}").id for n in (1, 2))
    child_id = makers.a_child(session, wang).id
    service.invite_guardian(session, child_id, "A2C3D4", actor_id=wang, now=clock.now())
    service.withdraw_consent(session, child_id, actor_id=wang, now=clock.now())
    with pytest.raises(WrongCode):
        service.join_by_invitation(
            session, JoinWish("A2C3D4", Relation.FATHER), actor_id=li, now=clock.now()
        )
