"""An infectious disease keeps a child away everywhere; a check that is not all right tells."""

import pytest
import sqlalchemy as sa

from tests.client import SiteClient, text_of
from tests.integration.attendance.conftest import TUESDAY, at
from tests.integration.attendance.test_board import LIST, row_of, taps
from tests.integration.childcare.conftest import Family
from tests.integration.entry.conftest import (
    MONDAY,
    a_photo,
    actions,
    all_papers,
    books,
    day_ids,
    fresh,
    sends,
)
from ylyx_site.entry.models import ChildCase, ChildPaper
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.once import new_key

ILL = {"fell_ill_on": MONDAY.isoformat(), "source": "check"}
HEALTH_WORDS = ("手足口", "病", "体温", "发热", "检查", "℃", "健康", "隔离")


def cases(family: Family) -> str:
    return f"/desk/children/{family.child_id}/cases"


def notices() -> list[Notice]:
    return fresh().query(Notice).order_by(Notice.id).all()


@pytest.fixture
def ill(wang: Family, house: int, day: int, chen: SiteClient, diseases: int) -> int:
    """Wang's child has 手足口病 (14 days, with a paper) since Monday; returns the case."""
    all_papers(wang.child_id, house)
    assert sends(chen, f"{cases(wang)}/new", disease=diseases, **ILL).status_code == 303
    return int(fresh().query(ChildCase.id).scalar())


def test_a_case_bars_the_child_at_every_nursery_until_its_day_and_its_paper(
    wang: Family, house: int, ill: int, chen: SiteClient, zhao: SiteClient
) -> None:
    other = fresh().execute(sa.text("SELECT max(id) FROM facility")).scalar_one()
    all_papers(wang.child_id, other)
    books(wang, other, TUESDAY)
    with clock.standing_at(at("08:00", TUESDAY)):
        zhao.sign_in_as("13800000012")
        answer = taps(zhao, day_ids()[-1], "arrive")
        assert (answer.status_code, "还在休息的日子里" in text_of(answer)) == (422, True)
    back = MONDAY.replace(month=12, day=7)
    books(wang, house, back)
    with clock.standing_at(at("08:00", back)):
        chen.sign_in_as("13800000011")
        day = day_ids()[-1]
        assert "缺返园证明 —— 不能入托" in row_of(chen, day)
        assert taps(chen, day, "arrive").status_code == 422
        seen = f"/desk/children/{wang.child_id}/papers/new?kind=return&case_id={ill}"
        assert sends(chen, seen, dated_on="2026-12-06").status_code == 303
        assert taps(chen, day, "arrive").status_code == 303


def test_the_lists_never_name_the_disease_and_the_childs_page_is_journaled(
    wang: Family, ill: int, day: int, chen: SiteClient
) -> None:
    for page in (LIST, f"{LIST}/list", "/desk/children"):
        assert "手足口" not in chen.get(page).text
    assert "还要在家休息" in row_of(chen, day)
    assert actions("entry.papers_read") == []
    page = text_of(chen.get(f"/desk/children/{wang.child_id}/papers"))
    assert "手足口病" in page and "12月7日 周一 起可以再来" in page
    assert actions("entry.papers_read") == ["entry.papers_read"]
    case = fresh().query(ChildCase).one()
    assert "手足口" not in case.sealed


def test_the_family_is_told_without_a_word_of_it_and_sees_until_when_and_what_to_bring(
    wang: Family, li: Family, ill: int
) -> None:
    (notice,) = notices()
    assert (notice.account_id, notice.link) == (
        wang.account_id, f"/family/people/{wang.child_id}/papers",
    )  # fmt: skip
    assert [word for word in HEALTH_WORDS if word in notice.sentence] == []
    page = text_of(wang.browser.get(f"/family/people/{wang.child_id}/papers"))
    assert "12月7日 周一 起可以再来" in page and "返园证明" in page and "手足口病" in page
    asked = f"/family/people/{wang.child_id}/papers/new?kind=return&case_id={ill}"
    assert sends(wang.browser, asked, {"picture": a_photo()}).status_code == 303
    assert fresh().query(ChildPaper).filter_by(case_id=ill).count() == 1
    other = f"/family/people/{li.child_id}/papers/new?kind=return&case_id={ill}"
    assert li.browser.get(other).status_code == 404


def test_a_case_written_by_mistake_is_withdrawn_by_the_nursery_that_wrote_it(
    wang: Family, house: int, ill: int, day: int, chen: SiteClient, zhao: SiteClient
) -> None:
    assert sends(zhao, f"{cases(wang)}/{ill}/withdrawal").status_code == 404
    assert sends(chen, f"{cases(wang)}/{ill}/withdrawal").status_code == 303
    assert taps(chen, day, "arrive").status_code == 303
    assert actions("entry.case") == ["entry.case_recorded", "entry.case_withdrawn"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"fell_ill_on": "2026-11-24"}, "发病日期要在最近 60 天里"),
        ({"fell_ill_on": "2026-09-23"}, "发病日期要在最近 60 天里"),
        ({"fell_ill_on": ""}, "请填发病的日期"),
        ({"disease": 99999}, ""),
        ({"disease": "x"}, ""),
        ({"source": "rumour"}, ""),
        ({}, "已经记过了"),
    ],
)
def test_a_case_that_cannot_be_is_422(
    wang: Family, ill: int, diseases: int, chen: SiteClient, fields: dict[str, object],
    sentence: str,
) -> None:  # fmt: skip
    form = {"disease": diseases} | ILL | fields
    answer = sends(chen, f"{cases(wang)}/new", **form)
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert fresh().query(ChildCase).count() == 1


def test_staff_of_another_nursery_write_no_case(
    wang: Family, li: Family, day: int, diseases: int, chen: SiteClient, zhao: SiteClient
) -> None:
    assert zhao.get(f"{cases(wang)}/new").status_code == 404
    assert sends(zhao, f"{cases(wang)}/new", disease=diseases, **ILL).status_code == 404
    assert sends(chen, f"{cases(li)}/new", disease=diseases, **ILL).status_code == 404
    assert fresh().query(ChildCase).count() == 0


@pytest.mark.parametrize("kind", ["morning", "midday"])
def test_a_check_that_is_not_all_right_asks_the_guardian_to_call_and_then_to_come(
    wang: Family, house: int, day: int, chen: SiteClient, kind: str
) -> None:
    all_papers(wang.child_id, house)
    if kind == "midday":
        taps(chen, day, "arrive")
    checks = f"{LIST}/{day}/checks"
    sends(chen, checks, kind=kind, temperature="36.6")
    assert notices() == []
    for degrees in ("37.3", "37.4"):
        sends(chen, checks, kind=kind, temperature=degrees)
    told = notices()
    assert ["给老师打" in one.sentence for one in told] == [True, True]
    assert ["来接孩子" in one.sentence for one in told] == [False, True]
    assert [word for one in told for word in HEALTH_WORDS if word in one.sentence] == []
    assert {one.account_id for one in told} == {wang.account_id}
    if kind == "morning":
        assert taps(chen, day, "arrive").status_code == 422
    else:
        assert "午检 已隔离" in row_of(chen, day)


def test_the_same_check_sent_twice_tells_once(day: int, chen: SiteClient) -> None:
    form = {"csrf_token": chen.token(), "key": new_key(), "kind": "morning", "temperature": "38.0"}
    for _tap in range(2):
        assert chen.post(f"{LIST}/{day}/checks", data=form).status_code == 303
    assert len(notices()) == 1
