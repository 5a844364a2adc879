"""Papers: sent by a family, looked at by staff, seen by nobody else."""

import io
from datetime import timedelta

import pytest
from PIL import Image

from tests.client import SiteClient, text_of
from tests.house.races.crowd import all_at_once
from tests.integration.attendance.test_board import taps
from tests.integration.childcare.conftest import Family
from tests.integration.entry.conftest import (
    MONDAY,
    a_photo,
    actions,
    all_papers,
    books,
    fresh,
    sends,
)
from ylyx_site.entry.kinds import PaperKind, PaperState
from ylyx_site.entry.models import ChildPaper, DistrictEntry, PaperPicture
from ylyx_site.entry.service.forgetting import forget_old
from ylyx_site.families.queries import handle_of
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction


def papers_of(family: Family) -> str:
    return f"/family/people/{family.child_id}/papers"


def desk_of(family: Family) -> str:
    return f"/desk/children/{family.child_id}/papers"


def uploads(family: Family, kind: str = "health_check", house: int | None = None) -> int:
    """Send a photograph; returns the paper's id."""
    asked = f"{papers_of(family)}/new?kind={kind}" + (f"&facility_id={house}" if house else "")
    answer = sends(family.browser, asked, {"picture": a_photo()})
    assert answer.status_code == 303, text_of(answer)
    return next(one.id for one in stored() if one.state is PaperState.WAITING)


def stored() -> list[ChildPaper]:
    """All papers that were sent, in order."""
    session = db.session()
    session.rollback()
    found = session.query(ChildPaper).execution_options(populate_existing=True)
    return found.order_by(ChildPaper.filed_at, ChildPaper.state.desc()).all()


def pictures() -> list[PaperPicture]:
    session = db.session()
    session.rollback()
    return session.query(PaperPicture).all()


def test_what_a_family_sends_counts_once_staff_have_confirmed_it(
    wang: Family, house: int, day: int, chen: SiteClient
) -> None:
    all_papers(wang.child_id, house, leave_out=[PaperKind.HEALTH_CHECK])
    paper = uploads(wang)
    assert "等老师核对" in text_of(wang.browser.get(papers_of(wang)))
    assert taps(chen, day, "arrive").status_code == 422
    assert "1 份等核对" in text_of(chen.get("/desk/children"))
    answer = sends(chen, f"{desk_of(wang)}/{paper}/confirmation", dated_on="2026-11-20")
    assert answer.status_code == 303, text_of(answer)
    assert "材料都齐了" in text_of(wang.browser.get(papers_of(wang)))
    assert taps(chen, day, "arrive").status_code == 303


def test_a_picture_is_drawn_anew_sealed_and_shown_to_those_entitled_only(
    wang: Family, li: Family, house: int, day: int, chen: SiteClient, zhao: SiteClient
) -> None:
    exif = Image.Exif()
    exif[0x010E] = "GPS of the flat"
    with_place = a_photo(exif=exif)
    asked = f"{papers_of(wang)}/new?kind=health_check"
    sends(wang.browser, asked, {"picture": with_place})
    (paper,), (picture,) = stored(), pictures()
    assert b"WEBP" not in picture.sealed and b"GPS" not in picture.sealed
    for browser, folder in ((wang.browser, papers_of(wang)), (chen, desk_of(wang))):
        shown = browser.get(f"{folder}/{paper.id}/picture")
        assert (shown.status_code, shown.mimetype) == (200, "image/webp")
        assert shown.headers["Cache-Control"] == "no-store"
        assert b"GPS" not in shown.data
        assert Image.open(io.BytesIO(shown.data)).size == (300, 200)
    assert actions("entry.picture_read") == ["entry.picture_read"] * 2
    for browser, folder in (
        (li.browser, papers_of(wang)), (zhao, desk_of(wang)), (chen, papers_of(wang)),
        (wang.browser, desk_of(wang)), (li.browser, papers_of(li)),
    ):  # fmt: skip
        assert browser.get(f"{folder}/{paper.id}/picture").status_code == 404
    assert actions("entry.picture_read") == ["entry.picture_read"] * 2


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "不是能打开的照片"),
        (b"%PDF-1.7 <script>", "不是能打开的照片"),
        (b"GIF89a", "不是能打开的照片"),
    ],
)
def test_what_is_no_picture_is_422(wang: Family, day: int, content: bytes, sentence: str) -> None:
    asked = f"{papers_of(wang)}/new?kind=health_check"
    answer = sends(wang.browser, asked, {"picture": io.BytesIO(content)})
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    nothing = sends(wang.browser, asked)
    assert (nothing.status_code, "请选一张照片" in text_of(nothing)) == (422, True)
    assert stored() == []


@pytest.mark.parametrize(
    ("address", "megabytes", "status"),
    [("papers/new?kind=health_check", 8, 400), ("papers/new?kind=health_check", 9, 413),
     ("edit", 2, 413)],
)  # fmt: skip
def test_only_a_form_with_a_picture_may_be_larger_than_a_form(
    wang: Family, day: int, address: str, megabytes: int, status: int
) -> None:
    """400: the body that was announced was read, and had no token."""
    answer = wang.browser.post(
        f"/family/people/{wang.child_id}/{address}",
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(megabytes * 2**20)},
    )
    assert answer.status_code == status


@pytest.mark.parametrize(
    "query",
    ["kind=passport", "kind=agreement", "kind=agreement&facility_id=99999",
     "kind=agreement&facility_id=x", "kind=return", "kind=return&case_id=123456789",
     "kind=health_check&facility_id=1", "", "kind=health_check&case_id=99999999999"],
)  # fmt: skip
def test_a_paper_that_nobody_asked_for_is_404(
    wang: Family, day: int, chen: SiteClient, query: str
) -> None:
    for browser, folder in ((wang.browser, papers_of(wang)), (chen, desk_of(wang))):
        assert browser.get(f"{folder}/new?{query}").status_code == 404
        assert sends(browser, f"{folder}/new?{query}", dated_on="2026-11-20").status_code == 404
    assert stored() == []


def test_an_upload_goes_back_with_a_reason_and_a_message_without_a_word_of_it(
    wang: Family, day: int, chen: SiteClient
) -> None:
    paper = uploads(wang)
    answer = sends(chen, f"{desk_of(wang)}/{paper}/return", reason="unreadable")
    assert answer.status_code == 303
    assert "照片看不清楚" in text_of(wang.browser.get(papers_of(wang)))
    assert pictures() == []
    (notice,) = fresh().query(Notice).filter(Notice.key.startswith("entry.")).all()
    assert notice.sentence == "老师看了您上传的材料，需要重新传一张。请打开看原因。"
    assert (notice.account_id, notice.link) == (wang.account_id, papers_of(wang))
    again = sends(chen, f"{desk_of(wang)}/{paper}/confirmation", dated_on="2026-11-20")
    assert (again.status_code, "已经处理过" in text_of(again)) == (422, True)


def test_staff_write_down_what_they_have_seen(
    wang: Family, house: int, day: int, chen: SiteClient
) -> None:
    folder = desk_of(wang)
    signer = handle_of(wang.child_id, wang.account_id)
    assert sends(chen, f"{folder}/new?kind=health_check", dated_on="2026-11-20").status_code == 303
    lasting = {"kind": "deferral", "dated_on": "2026-11-20", "valid_until": "2026-12-31"}
    assert sends(chen, f"{folder}/new?kind=vaccination", **lasting).status_code == 303
    agreed = {"dated_on": "2026-11-20", "version": "2026-1", "signed_by": signer}
    asked = f"{folder}/new?kind=agreement&facility_id={house}"
    assert sends(chen, asked, **agreed).status_code == 303
    assert taps(chen, day, "arrive").status_code == 303
    text = text_of(wang.browser.get(papers_of(wang)))
    assert "版本 2026-1" in text and "王女士签" in text and "缓种证明" in text
    assert actions("entry.recorded") == ["entry.recorded"] * 3


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("health_check", {"dated_on": "2026-11-24"}, "日期在今天以后"),
        ("health_check", {"dated_on": ""}, "请填材料上的日期"),
        ("health_check", {"dated_on": "2026-02-30"}, "没有这一天"),
        ("vaccination", {"dated_on": "2026-11-20"}, "请填有效到哪天"),
        ("vaccination", {"dated_on": "2026-11-20", "valid_until": "2026-11-19"}, "有效日期早于"),
        ("agreement", {"dated_on": "2026-11-20"}, "请填协议的版本"),
        ("agreement", {"dated_on": "2026-11-20", "version": "1"}, "请选是哪位监护人签的"),
    ],
)
def test_dates_that_cannot_be_are_422(
    wang: Family, house: int, day: int, chen: SiteClient, kind: str, fields: dict[str, str],
    sentence: str,
) -> None:  # fmt: skip
    of_house = f"&facility_id={house}" if kind == "agreement" else ""
    answer = sends(chen, f"{desk_of(wang)}/new?kind={kind}{of_house}", **fields)
    assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert stored() == []


def test_staff_of_another_nursery_and_another_family_find_no_page(
    wang: Family, li: Family, house: int, day: int, zhao: SiteClient, chen: SiteClient
) -> None:
    paper = uploads(wang)
    for page in ("", f"/{paper}", f"/{paper}/picture", "/new?kind=health_check"):
        assert zhao.get(desk_of(wang) + page).status_code == 404
    for deed, fields in (("confirmation", {"dated_on": "2026-11-20"}),
                         ("return", {"reason": "too_old"})):  # fmt: skip
        assert sends(zhao, f"{desk_of(wang)}/{paper}/{deed}", **fields).status_code == 404
    for page in ("", f"/{paper}/picture", "/new?kind=health_check"):
        assert li.browser.get(papers_of(wang) + page).status_code == 404
    asked = f"{papers_of(wang)}/new?kind=health_check"
    assert sends(li.browser, asked, {"picture": a_photo()}).status_code == 404
    assert chen.get(f"/desk/children/{li.child_id}/papers").status_code == 404
    assert "明明" not in text_of(zhao.get("/desk/children"))
    assert [one.state for one in stored()] == [PaperState.WAITING]


def test_a_nursery_sees_the_agreement_with_itself_only(
    wang: Family, house: int, day: int, chen: SiteClient, zhao: SiteClient
) -> None:
    paper = uploads(wang, "agreement", house)
    with clock.standing_at("2026-11-23T06:50:00+08:00"):
        session = db.session()
        other = session.execute(_other_house(house)).scalar_one()
        wang.books(other, kind="temporary", half="", date="2026-11-26")
    assert "入托材料" in text_of(zhao.get(desk_of(wang)))
    assert zhao.get(f"{desk_of(wang)}/{paper}").status_code == 404
    assert zhao.get(f"{desk_of(wang)}/{paper}/picture").status_code == 404
    assert chen.get(f"{desk_of(wang)}/{paper}").status_code == 200


def _other_house(house: int) -> object:
    import sqlalchemy as sa  # noqa: PLC0415 here only

    return sa.text("SELECT id FROM facility WHERE id <> :one").bindparams(one=house)


def test_a_newer_upload_takes_the_place_of_the_one_nobody_looked_at(wang: Family, day: int) -> None:
    first = uploads(wang)
    with clock.moved(timedelta(minutes=1)):
        uploads(wang)
    states = {one.id: one.state for one in stored()}
    assert states.pop(first) is PaperState.REPLACED
    assert list(states.values()) == [PaperState.WAITING]
    assert len(pictures()) == 1


def test_of_two_who_decide_at_once_one_is_told(
    wang: Family, day: int, chen: SiteClient, head: SiteClient
) -> None:
    paper = uploads(wang)
    forms = [
        (chen, "confirmation", {"dated_on": "2026-11-20"}), (head, "return", {"reason": "too_old"})
    ]  # fmt: skip
    keyed = [(who, deed, fields | {"csrf_token": who.token(), "key": f"key-{deed}"})
             for who, deed, fields in forms]  # fmt: skip
    answers = all_at_once([
        lambda who=who, deed=deed, data=data: who.post(
            f"{desk_of(wang)}/{paper}/{deed}", data=data
        ).status_code
        for who, deed, data in keyed
    ])  # fmt: skip
    assert sorted(answers) == [303, 422]


def test_reading_papers_is_journaled(wang: Family, day: int, chen: SiteClient) -> None:
    wang.browser.page(papers_of(wang))
    chen.page(desk_of(wang))
    assert actions("entry.papers_read") == ["entry.papers_read"] * 2


def test_withdrawing_the_consent_erases_papers_and_pictures(
    wang: Family, house: int, day: int, chen: SiteClient, diseases: int
) -> None:
    uploads(wang)
    fields = {"disease": diseases, "fell_ill_on": MONDAY.isoformat(), "source": "family"}
    sends(chen, f"/desk/children/{wang.child_id}/cases/new", **fields)
    answer = sends(wang.browser, f"/family/people/{wang.child_id}/withdrawal", sure="y")
    assert answer.status_code == 303
    session = db.session()
    session.rollback()
    left = [session.execute(_count(name)).scalar_one()
            for name in ("child_paper", "paper_picture", "child_case")]  # fmt: skip
    assert left == [0, 0, 0]


def _count(table: str) -> object:
    import sqlalchemy as sa  # noqa: PLC0415 here only

    return sa.select(sa.func.count()).select_from(sa.table(table))


def test_papers_go_some_months_after_the_last_day(wang: Family, li: Family, house: int) -> None:
    books(wang, house)
    books(li, house)
    for family in (wang, li):
        uploads(family)
    with clock.standing_at("2027-11-22T08:00:00+08:00"), transaction() as session:
        assert forget_old(session, clock.now()) == 0
    with clock.standing_at("2027-11-25T08:00:00+08:00"), transaction() as session:
        assert forget_old(session, clock.now()) == 2
        assert forget_old(session, clock.now()) == 0
    assert (stored(), pictures()) == ([], [])


def test_the_months_of_keeping_are_the_districts(wang: Family, house: int) -> None:
    books(wang, house)
    uploads(wang)
    with transaction() as session:
        session.add(DistrictEntry(division_code="500111", away_months=3, keep_months=1))
    with clock.standing_at("2026-12-25T08:00:00+08:00"), transaction() as session:
        assert forget_old(session, clock.now()) == 1
