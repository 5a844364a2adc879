"""A new elder at the window, without anybody; families' papers; what is recognised."""

import io
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
from PIL import Image

from tests.client import SiteClient, text_of
from tests.integration.counter.conftest import HE, LI, WANG, Town, journal, meals
from ylyx_site.counter.models import DeskPaper
from ylyx_site.families.kinds import Group, Means, Purpose
from ylyx_site.families.models import Bond, Consent, ElderProfile, Person, PersonGroup
from ylyx_site.shared.db import db

NEW = "/desk/phone/new"
ELDER = {
    "name": "钱素珍", "born_on": "1940-05-06", "phone": "023-43700009", "id_number": "",
    "texture": "soft", "avoids": "鱼、香菜", "division_code": "500111001", "street": "平安路9号",
    "building": "1栋", "floor": "3", "door": "301", "paper": "2026-017", "seen": "y",
}  # fmt: skip


def a_photo() -> tuple[io.BytesIO, str]:
    """A photograph of a paper."""
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "JPEG")
    return io.BytesIO(out.getvalue()), "../paper.jpg"


def enter(he: SiteClient, **fields: Any) -> Any:
    """Fill in the short form."""
    return he.submit(NEW, NEW, **ELDER | fields)


def only(model: Any, **facts: Any) -> Any:
    """The one row of a model."""
    db.session.rollback()
    return db.session.scalars(sa.select(model).filter_by(**facts)).one()


def test_an_elder_without_anybody_is_entered_and_fed(he: SiteClient, town: Town) -> None:
    answer = enter(he, diet=["low_salt"])
    person = only(Person, name="钱素珍")
    assert (answer.status_code, answer.headers["Location"]) == (
        303, f"/desk/phone/people/{person.id}",
    )  # fmt: skip
    consent = only(Consent, person_id=person.id)
    assert (consent.purpose, consent.means, consent.evidence, consent.account_id) == (
        Purpose.ELDER_DATA, Means.PAPER, "2026-017", town.clerk,
    )  # fmt: skip
    assert db.session.scalars(sa.select(Bond).filter_by(person_id=person.id)).all() == []
    assert he.submit(answer.headers["Location"], "/orders").status_code == 303
    made = meals()[-1]
    assert (made.person_id, made.facility_id) == (person.id, town.ours)


def test_the_photograph_is_sealed_and_only_this_desk_opens_it(
    he: SiteClient, zhao: SiteClient, town: Town
) -> None:
    enter(he, photo=a_photo())
    paper = only(DeskPaper)
    assert b"WEBP" not in paper.photo_sealed
    address = f"/desk/elders/{paper.person_id}/paper?number={paper.id}"
    answer = he.get(address)
    assert (answer.mimetype, answer.data[8:12]) == ("image/webp", b"WEBP")
    assert answer.headers["Cache-Control"] == "no-store"
    assert journal("counter.paper_read") == [
        (town.clerk, town.ours, f"person:{paper.person_id}")
    ]  # fmt: skip
    assert zhao.get(address).status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"paper": ""}, "请填同意书的存档编号"),
        ({"phone": "", "id_number": ""}, "至少填一个电话"),
        ({"name": "X"}, "姓名应为"),
        ({"born_on": "2030-01-01"}, "在今天以后"),
        ({"division_code": ""}, "没有找到这个街镇"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_kept(
    he: SiteClient, town: Town, fields: dict[str, Any], words: str
) -> None:
    answer = enter(he, **fields)
    assert answer.status_code == 422
    assert words in text_of(answer)
    db.session.rollback()
    assert db.session.scalars(sa.select(Person).filter_by(name="钱素珍")).all() == []
    assert db.session.scalars(sa.select(DeskPaper)).all() == []


def test_a_file_that_is_no_picture_is_refused(he: SiteClient, town: Town) -> None:
    answer = enter(he, photo=(io.BytesIO(b"%PDF-1.4"), "paper.jpg"))
    assert (answer.status_code, "不是能打开的照片" in text_of(answer)) == (422, True)
    db.session.rollback()
    assert db.session.scalars(sa.select(Person).filter_by(name="钱素珍")).all() == []


def test_without_the_tick_that_the_paper_was_seen_nobody_is_entered(
    he: SiteClient, town: Town
) -> None:
    assert he.submit(NEW, NEW, drop=("seen",), **{**ELDER, "seen": ""}).status_code == 422


def test_who_is_here_already_is_found_again(he: SiteClient, town: Town) -> None:
    fields = {"name": "周国发", "born_on": "1944-03-08", "phone": "13900004321"}
    answer = enter(he, **fields)
    assert answer.headers["Location"] == f"/desk/phone/people/{town.stranger}"


def test_a_group_is_recognised_corrected_and_ended_and_the_price_follows(
    he: SiteClient, town: Town
) -> None:
    base = f"/desk/elders/{town.zhou}"
    fields = {
        "group": "minimum_living",
        "evidence": "低保证 第 0123 号",
        "valid_from": "2026-01-01",
    }
    assert he.submit(f"{base}/groups", "/groups", **fields).status_code == 303
    row = only(PersonGroup)
    assert (row.group, row.verified_by, row.valid_to) == (Group.MINIMUM_LIVING, town.clerk, None)
    assert he.submit(f"{base}/groups", "/groups", **fields).status_code == 422  # once is enough
    edit = f"{base}/groups?group={row.id}"
    answer = he.submit(edit, "/groups", group="minimum_living", evidence="低保证 第 0124 号")
    assert (answer.status_code, only(PersonGroup).evidence) == (303, "低保证 第 0124 号")
    assert he.submit(edit, "/groups/ending", last="2026-11-23").status_code == 303
    assert only(PersonGroup).valid_to == date(2026, 11, 23)
    assert he.get(f"{base}/groups?group={row.id + 1}").status_code == 404
    assert [actor for actor, _f, _s in journal("families.group_corrected")] == [town.clerk]


def test_hukou_changes_what_is_ordered_from_then_on(he: SiteClient, town: Town) -> None:
    he.submit(town.card, "/orders")
    base = f"/desk/elders/{town.zhou}/divisions"
    assert he.submit(base, base, hukou="500112", residence="500112").status_code == 303
    he.submit(town.card, "/orders")
    before, after = meals()[-2:]
    assert before.benefit_fen > after.benefit_fen
    assert journal("families.divisions_changed") == [(town.clerk, None, f"person:{town.zhou}")]


def test_an_account_is_bound_by_paper_and_ended_by_paper(he: SiteClient, town: Town) -> None:
    base = f"/desk/elders/{town.zhou}"
    fields = {"account_phone": LI, "relation": "child", "paper": "2026-018", "seen": "y"}
    assert he.submit(f"{base}/bindings", "/bindings", **fields).status_code == 303
    page = he.page(base)
    ends = page.xpath("//a[contains(@href, 'handle=')]/@href")
    assert len(ends) == 2  # wang's and li's
    paper = {"paper": "2026-019", "seen": "y"}
    assert he.submit(ends[-1], "/withdrawal", **paper).status_code == 303
    assert len(he.page(base).xpath("//a[contains(@href, 'handle=')]")) == 1
    kinds = [row.kind.value for row in db.session.scalars(sa.select(DeskPaper))]
    assert sorted(kinds) == ["binding", "withdrawal"]


def test_everything_is_withdrawn_by_paper_and_the_desk_knows_nobody_any_more(
    he: SiteClient, town: Town
) -> None:
    base = f"/desk/elders/{town.zhou}"
    answer = he.submit(f"{base}/withdrawal", "/withdrawal", paper="2026-020", seen="y")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/desk/phone")
    assert he.get(town.card).status_code == 404
    db.session.rollback()
    assert db.session.scalars(sa.select(ElderProfile).filter_by(person_id=town.zhou)).all() == []


def test_the_family_sees_what_was_recognised_and_by_which_document(
    he: SiteClient, town: Town, app: Any
) -> None:
    fields = {"group": "living_alone", "evidence": "社区证明 8 号", "valid_from": "2026-01-01"}
    he.submit(f"/desk/elders/{town.zhou}/groups", "/groups", **fields)
    family = app.test_client()
    family.sign_in_as(WANG)
    text = text_of(family.get(f"/family/people/{town.zhou}"))
    assert "独居" in text
    assert "社区证明 8 号" in text
    assert HE not in text
