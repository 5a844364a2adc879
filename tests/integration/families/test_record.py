"""A child's record: changed by its guardians, ended by withdrawing the consent."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.client import text_of
from tests.integration.families.conftest import NUMBER, Family, count
from ylyx_site.families import queries
from ylyx_site.families.models import Bond, Consent, Person
from ylyx_site.shared.refusals import NotFound

NOW = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)


def test_a_child_is_changed(wang: Family, reader: Session) -> None:
    child_id = wang.child_id(note="花生过敏")
    page = f"/family/people/{child_id}/edit"
    changed = wang.browser.submit(
        page, "/edit", name="王大满", relation="guardian", id_number=NUMBER, note="牛奶过敏"
    )
    assert changed.headers["Location"] == f"/family/people/{child_id}"
    record = queries.record_of(reader, wang.account_id, child_id)
    assert (record.facts.name, record.facts.relation) == ("王大满", "guardian")
    assert (record.masked_id, record.sex, record.note) == ("5001**********1021", "f", "牛奶过敏")
    assert reader.scalar(sa.select(Person.search_text)) == "wangdaman wdm yudaman ydm"


def test_an_empty_number_keeps_and_a_tick_removes_it(wang: Family, reader: Session) -> None:
    child_id = wang.child_id(id_number=NUMBER)
    page = f"/family/people/{child_id}/edit"
    wang.browser.submit(page, "/edit")
    assert queries.record_of(reader, wang.account_id, child_id).masked_id != ""
    reader.rollback()
    wang.browser.submit(page, "/edit", forget_id_number="y")
    assert queries.record_of(reader, wang.account_id, child_id).masked_id == ""
    assert reader.scalar(sa.select(Person.id_number_index)) is None


def test_a_change_must_agree_with_the_number_that_is_kept(wang: Family, reader: Session) -> None:
    page = f"/family/people/{wang.child_id(id_number=NUMBER)}/edit"
    answer = wang.browser.submit(page, "/edit", born_on="2025-03-11")
    assert answer.status_code == 422
    assert "身份证号码里的出生日期和上面填的不一样。" in text_of(answer)
    reader.rollback()
    assert str(reader.scalar(sa.select(Person.born_on))) == "2025-03-10"


def test_a_number_of_another_child_is_refused(wang: Family, li: Family, reader: Session) -> None:
    li.child_id(name="李小果", id_number=NUMBER)
    page = f"/family/people/{wang.child_id()}/edit"
    answer = wang.browser.submit(page, "/edit", id_number=NUMBER)
    assert answer.status_code == 422
    assert "这个身份证号码已经登记过。" in text_of(answer)
    assert "李" not in text_of(answer)
    assert reader.scalars(sa.select(Person.id_number_index.is_not(None))).all().count(True) == 1


def test_a_withdrawn_child_is_gone(wang: Family, reader: Session) -> None:
    child_id = wang.child_id(id_number=NUMBER, note="花生过敏")
    page = f"/family/people/{child_id}/withdrawal"
    assert wang.browser.submit(page).status_code == 422
    answer = wang.browser.submit(page, sure="y")
    assert answer.headers["Location"] == "/family/people"
    row = reader.execute(
        sa.select(
            Consent.withdrawn_at, Person.ended_at, Person.id_number_sealed,
            Person.id_number_index, Person.note_sealed,
        ).join(Consent)
    ).one()  # fmt: skip
    assert row == (NOW, NOW, None, None, None)
    assert queries.people_of(reader, wang.account_id) == []
    with pytest.raises(NotFound):
        queries.child_of(reader, wang.account_id, child_id)
    for address in ("", "/edit", "/withdrawal"):
        wang.browser.page(f"/family/people/{child_id}{address}", status=404)


def test_after_withdrawing_the_same_child_may_be_added_anew(wang: Family, reader: Session) -> None:
    child_id = wang.child_id(id_number=NUMBER)
    wang.browser.submit(f"/family/people/{child_id}/withdrawal", sure="y")
    again = wang.child_id(id_number=NUMBER)
    assert again != child_id
    assert [child.id for child in queries.children_of(reader, wang.account_id)] == [again]


ADDRESSES = ["", "/edit", "/withdrawal", "/guardians/{handle}/ending"]
POSTS = [
    "/edit",
    "/reveal",
    "/invitations",
    "/withdrawal",
    "/guardians/{handle}/ending",
    "/guardians/{handle}/confirmation",
    "/guardians/{handle}/declination",
]
FORM = {
    "key": "a-key-of-lis-own", "name": "李小果", "born_on": "2025-03-10", "relation": "father",
    "reason": "other", "sure": "y",
}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_another_family_does_not_see_the_child(
    wang: Family, li: Family, reader: Session, address: str
) -> None:
    child_id = wang.child_id()
    handle = queries.handle_of(child_id, wang.account_id)
    li.browser.page(f"/family/people/{child_id}{address.format(handle=handle)}", status=404)


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("address", POSTS)
def test_another_family_cannot_act_on_the_child(
    wang: Family, li: Family, reader: Session, address: str, *, filled: bool
) -> None:
    child_id = wang.child_id(id_number=NUMBER)
    before = _rows(reader)
    handle = queries.handle_of(child_id, wang.account_id)
    form = {"csrf_token": li.browser.token()} | (FORM if filled else {})
    answer = li.browser.post(f"/family/people/{child_id}{address.format(handle=handle)}", data=form)
    assert answer.status_code == 404
    assert _rows(reader) == before


@pytest.mark.parametrize("child_id", ["0", "2147483648", "99999999999999999999", "1"])
def test_a_number_that_nobody_has_is_not_found(wang: Family, child_id: str) -> None:
    wang.browser.page(f"/family/people/{child_id}", status=404)


@pytest.mark.parametrize("child_id", [-1, 0, 2**31, 10**30])
def test_any_number_may_be_asked_for(session: Session, child_id: int) -> None:
    with pytest.raises(NotFound):
        queries.child_of(session, 1, child_id)


def _rows(session: Session) -> list[object]:
    session.rollback()
    tables = (Consent, Person, Bond)
    return [
        tuple(row) for model in tables for row in session.execute(sa.select(*model.__table__.c))
    ]


def test_nobody_else_is_in_the_list(wang: Family, li: Family, reader: Session) -> None:
    wangs, lis = wang.child_id(), li.child_id(name="李小果")
    assert [one.id for one in queries.people_of(reader, wang.account_id)] == [wangs]
    assert [one.id for one in queries.people_of(reader, li.account_id)] == [lis]
    assert count(reader, Person) == 2
