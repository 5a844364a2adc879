"""A new child: consent first, then what is typed, checked and kept."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from lxml import html
from sqlalchemy.orm import Session

from tests.client import find_form, text_of
from tests.integration.families.conftest import BOYS_NUMBER, NUMBER, Family, count
from ylyx_site.families import queries
from ylyx_site.families.kinds import PersonKind, Relation
from ylyx_site.families.models import Bond, Consent, Person
from ylyx_site.families.queries import PersonFacts
from ylyx_site.families.rules import CONSENT_VERSION
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared.db import db

RARE = "买买提·吐尔逊江·阿卜杜热依木·热合曼江·艾尼瓦尔·𬎆𬎆"


def _errors(text: str) -> list[str]:
    found = html.fromstring(text).xpath("//*[contains(@class,'error')]")
    return [" ".join(one.text_content().split()) for one in found]


def test_without_consent_nothing_is_stored(wang: Family, reader: Session) -> None:
    form = {"name": "王小满", "born_on": "2025-03-10", "relation": "mother"}
    answer = wang.browser.submit("/family/people/new?kind=child", "/family/people/new", **form)
    assert answer.status_code == 422
    assert _errors(answer.text) == ["没有您的同意，我们不能保存孩子的信息。同意请打钩。"]
    assert [count(reader, model) for model in (Consent, Person, Bond)] == [0, 0, 0]


def test_the_consent_is_not_ticked_beforehand(wang: Family) -> None:
    form = find_form(wang.browser.page("/family/people/new?kind=child"), "/family/people/new")
    assert "consent" not in dict(form.form_values())


def test_a_child_is_kept_with_an_older_consent(wang: Family, reader: Session) -> None:
    child_id = wang.child_id(sex="female", note="花生过敏😀")
    row = reader.execute(
        sa.select(Person.name, Person.sex, Person.search_text, Consent.account_id,
                  Consent.text_version, Consent.given_at <= Person.created_at)
        .join(Consent)
    ).one()  # fmt: skip
    assert row == (
        "王小满",
        "f",
        "wangxiaoman wxm yuxiaoman yxm",
        wang.account_id,
        CONSENT_VERSION,
        True,
    )
    assert queries.people_of(reader, wang.account_id) == [
        PersonFacts(child_id, PersonKind.CHILD, "王小满", date(2025, 3, 10), Relation.MOTHER)
    ]
    actions = reader.scalars(
        sa.select(JournalEntry.action)
        .where(JournalEntry.action.startswith("families."))
        .order_by(JournalEntry.id)
    )
    assert actions.all() == ["families.consent_given", "families.child_added"]


def test_a_name_of_thirty_characters_is_shown_whole(wang: Family) -> None:
    name = RARE + "江" * (30 - len(RARE))
    child_id = wang.child_id(name=name, note="怕打雷😀")
    page = text_of(wang.browser.get(f"/family/people/{child_id}"))
    assert name in page
    assert "怕打雷😀" in page
    assert name in text_of(wang.browser.get("/family/people"))


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("born_on", "2026-11-24", "出生日期在今天以后。孩子出生以后再来添加，或者改一下日期。"),
        ("born_on", "2020-11-22", "孩子已经满 6 岁，不在托育的年龄里。请核对出生日期。"),
        ("born_on", "2025-02-29", "没有这一天。请选日历上有的日子。"),
        ("name", "王", "姓名应为 2 到 30 个字，请填写完整的姓名。"),
        ("id_number", NUMBER[:-1] + "0", "身份证号码的校验位不对，请逐位核对后重新填写。"),
        (
            "id_number",
            "500111202402291022",
            "身份证号码里的出生日期和上面填的不一样。请核对这两格。",
        ),
        ("id_number", BOYS_NUMBER, "身份证号码里的性别和上面选的不一样。请核对这两格。"),
        ("relation", "", "请选您是孩子的什么人。"),
        ("note", "长" * 501, "备注最多 500 个字，请写短一些。"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    wang: Family, reader: Session, field: str, typed: str, sentence: str
) -> None:
    answer = wang.add(**{"sex": "female", field: typed})
    assert answer.status_code == 422
    assert _errors(answer.text) == [sentence]
    form = find_form(html.fromstring(answer.text), "/family/people/new")
    assert dict(form.form_values())[field].strip() == typed
    assert count(reader, Person) == 0
    assert count(reader, Consent) == 0


def test_a_double_tap_makes_one_child(wang: Family, reader: Session) -> None:
    page = wang.browser.page("/family/people/new?kind=child")
    form = dict(find_form(page, "/family/people/new").form_values())
    form |= {"name": "王小满", "born_on": "2025-03-10", "relation": "mother", "consent": "y"}
    answers = [wang.browser.post("/family/people/new", data=form) for _ in range(2)]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert count(reader, Person) == 1
    other = wang.browser.post("/family/people/new", data=form | {"name": "王大满"})
    assert other.status_code == 422
    assert count(reader, Person) == 1


def test_the_same_child_twice_is_refused(wang: Family, reader: Session) -> None:
    wang.child_id(id_number=NUMBER)
    sentence = "这个孩子已经在您的家庭里了，不用再添加一次。"
    assert _errors(wang.add().text) == [sentence]
    assert _errors(wang.add(name="王小圆", id_number=NUMBER).text) == [sentence]
    assert count(reader, Person) == 1


def test_ten_children_and_no_more(wang: Family, reader: Session) -> None:
    for number in range(10):
        wang.child_id(name=f"王小{'一二三四五六七八九十'[number]}")
    answer = wang.add(name="王十一")
    assert answer.status_code == 422
    assert "一个账号最多添加 10 个孩子。" in text_of(answer)
    assert count(reader, Person) == 10


def test_the_number_stands_nowhere_in_clear(wang: Family, reader: Session) -> None:
    child_id = wang.child_id(id_number=NUMBER)
    wang.browser.submit(f"/family/people/{child_id}", "/reveal", reason="check")
    wang.add(id_number=NUMBER)
    reader.rollback()
    for table in db.metadata.sorted_tables:
        for row in reader.execute(sa.select(table)):
            assert NUMBER not in repr(tuple(row)), table.name


def test_the_number_is_masked_until_asked_for_with_a_reason(wang: Family, reader: Session) -> None:
    address = f"/family/people/{wang.child_id(id_number=NUMBER)}"
    page = wang.browser.get(address).text
    assert NUMBER not in page
    assert "5001**********1021" in page
    assert wang.browser.submit(address, "/reveal").status_code == 422
    assert NUMBER in wang.browser.submit(address, "/reveal", reason="form").text
    seen = reader.execute(
        sa.select(JournalEntry.actor_id, JournalEntry.detail).where(
            JournalEntry.action == "families.id_number_read"
        )
    ).all()
    assert seen == [(wang.account_id, "form")]


def test_a_look_at_a_child_is_journaled(wang: Family, reader: Session) -> None:
    child_id = wang.child_id()
    wang.browser.get(f"/family/people/{child_id}")
    looks = sa.select(JournalEntry.actor_id, JournalEntry.subject).where(
        JournalEntry.action == "families.child_read"
    )
    assert reader.execute(looks).all() == [(wang.account_id, f"person:{child_id}")]


def test_the_list_costs_the_same_for_one_child_and_for_eight(app: Flask, wang: Family) -> None:
    wang.child_id(name="王小一")
    one = _statements(wang)
    for name in "二三四五六七八":
        wang.child_id(name=f"王小{name}")
    assert _statements(wang) == one


def _statements(family: Family) -> int:
    asked: list[str] = []

    def record(*args: object) -> None:
        asked.append(str(args[2]))

    sa.event.listen(db.engine, "before_cursor_execute", record)
    try:
        family.browser.page("/family/people")
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", record)
    return sum(statement.startswith("SELECT") for statement in asked)


def test_a_family_without_children_is_told_what_to_do(wang: Family) -> None:
    page = wang.browser.page("/family/people")
    assert "这里还没有人。加了孩子就可以约托位，加了老人就可以订餐。" in page.text_content()
    assert page.xpath("//main//a[@href='/family/people/new']")


def test_a_stranger_is_asked_to_sign_in(app: Flask) -> None:
    answer = app.test_client().get("/family/people/new")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=/family/people/new"
