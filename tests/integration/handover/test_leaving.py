"""A child leaves with a guardian, an authorised adult, the bringer of today's code, or not."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from lxml import html
from werkzeug.test import TestResponse

from tests.client import SiteClient, text_of
from tests.house.races.crowd import all_at_once
from tests.integration.attendance.test_board import LIST, figures, row_of, taps
from tests.integration.childcare.conftest import Family
from tests.integration.entry.conftest import a_photo, actions, fresh, sends
from tests.integration.handover.conftest import Father
from ylyx_site.attendance.models import Attendance
from ylyx_site.families.models import Bond
from ylyx_site.families.queries import handle_of
from ylyx_site.handover.models import PickupAdult, PickupBlock, PickupCode, PickupPhoto
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.shared.once import new_key

GRANDMOTHER = {
    "name": "周桂芳", "relation": "奶奶", "phone": "13900000082", "valid_from": "2026-11-23",
}  # fmt: skip
CODE = {"name": "张三", "day": "2026-11-23"}
STRANGER = {"name": "张三", "looks": "开白色面包车", "reason": "safety"}
PAPER = {"paper": "court", "number": "(2026)渝01号"}


def pickup(family: Family) -> str:
    return f"/family/people/{family.child_id}/pickup"


def leaving(day: int) -> str:
    return f"{LIST}/{day}/leaving"


def takers(browser: SiteClient, day: int) -> dict[str, str]:
    """Handles of those whom the page offers, by their words."""
    found = browser.page(leaving(day)).xpath("//form[input[@name='taker']]")
    return {
        " ".join(form.xpath("string(.//b)").split()): form.xpath("input[@name='taker']/@value")[0]
        for form in found
    }


def leaves(browser: SiteClient, day: int, **fields: object) -> TestResponse:
    return sends(browser, leaving(day), **fields)


def gives_code(family: Family, **fields: str) -> str:
    """A guardian makes a code; returns it as the page shows it."""
    answer = sends(family.browser, f"{pickup(family)}/code", **(CODE | fields))
    assert answer.status_code == 200, text_of(answer)
    (shown,) = html.fromstring(answer.text).xpath("//p[@class='code']")
    return str(shown.text_content()).replace(" ", "")


def handed() -> str:
    """By what right the child left; empty while it is there."""
    return str(fresh().query(Attendance.left_with).scalar() or "")


def test_a_guardian_takes_the_child_with_one_tap(
    wang: Family, father: Father, day: int, chen: SiteClient
) -> None:
    assert list(takers(chen, day)) == ["妈妈 王女士", "爸爸 王先生"]
    assert leaves(chen, day, taker=takers(chen, day)["爸爸 王先生"]).status_code == 303
    assert "爸爸 王先生" in row_of(chen, day)
    assert handed() == "father"
    again = leaves(chen, day, taker=handle_of(wang.child_id, wang.account_id))
    assert (again.status_code, "不在园里" in text_of(again)) == (422, True)


def test_leaving_from_the_list_needs_somebody_to_go_with(day: int, chen: SiteClient) -> None:
    for taker, sentence in (("", "请选是谁来接"), ("123456789abc", "现在不能接孩子")):
        answer = taps(chen, day, "leave", taker=taker)
        assert (answer.status_code, sentence in text_of(answer)) == (422, True)
    assert figures(chen) == [1, 1, 0, 0, 0]


def test_an_authorised_adult_takes_the_child_and_the_family_sees_who(
    wang: Family, day: int, chen: SiteClient
) -> None:
    assert sends(wang.browser, f"{pickup(wang)}/new", **GRANDMOTHER).status_code == 303
    handle = takers(chen, day)["奶奶 周桂芳"]
    assert leaves(chen, day, taker=handle).status_code == 303
    (code,) = fresh().execute(_code()).scalars()
    record = text_of(wang.browser.get(f"/childcare/bookings/{code}/attendance"))
    assert "奶奶 周桂芳（家长授权）接走" in record
    row = fresh().query(Attendance).one()
    assert row.handed_sealed is not None and "周桂芳" not in row.handed_sealed


def _code() -> object:
    import sqlalchemy as sa  # noqa: PLC0415 here only

    return sa.text("SELECT code FROM care_booking")


@pytest.mark.parametrize(
    "period", [{"valid_from": "2026-11-24"}, {"valid_from": "2026-11-20", "valid_to": "2026-11-23"}]
)
def test_an_adult_may_come_on_the_days_of_the_period_only(
    wang: Family, day: int, chen: SiteClient, period: dict[str, str]
) -> None:
    assert sends(wang.browser, f"{pickup(wang)}/new", **(GRANDMOTHER | period)).status_code == 303
    is_valid_today = "valid_to" in period
    assert ("奶奶 周桂芳" in takers(chen, day)) is is_valid_today


def test_an_adult_who_is_ended_or_whose_guardian_has_gone_is_refused_at_once(
    wang: Family, father: Father, day: int, chen: SiteClient
) -> None:
    form = GRANDMOTHER | {"csrf_token": father.browser.token(), "key": new_key()}
    assert father.browser.post(f"{pickup(wang)}/new", data=form).status_code == 303
    handle = takers(chen, day)["奶奶 周桂芳"]
    with transaction() as session:
        bond = session.get_one(Bond, (wang.child_id, father.account_id))
        bond.state, bond.ended_at = "ended", clock.now()
    answer = leaves(chen, day, taker=handle)
    assert (answer.status_code, "现在不能接孩子" in text_of(answer)) == (422, True)
    sends(wang.browser, f"{pickup(wang)}/new", **GRANDMOTHER | {"phone": "13900000083"})
    handle = takers(chen, day)["奶奶 周桂芳"]
    adult = fresh().query(PickupAdult).filter_by(added_by=wang.account_id).one()
    assert sends(wang.browser, f"{pickup(wang)}/{adult.id}/ending").status_code == 303
    assert leaves(chen, day, taker=handle).status_code == 422
    assert handed() == ""


def test_a_photo_needs_that_adults_consent_and_is_shown_to_family_and_nursery_only(
    wang: Family, li: Family, day: int, chen: SiteClient, zhao: SiteClient
) -> None:
    asked = f"{pickup(wang)}/new"
    refused = sends(wang.browser, asked, {"picture": a_photo()}, **GRANDMOTHER)
    assert (refused.status_code, "放照片要本人同意" in text_of(refused)) == (422, True)
    sends(wang.browser, asked, {"picture": a_photo()}, **GRANDMOTHER, consent="y")
    adult = fresh().query(PickupAdult).one()
    ours, theirs = (
        f"{pickup(wang)}/{adult.id}/photo",
        (f"/desk/children/{wang.child_id}/pickup/{adult.id}/photo"),
    )
    assert ours in wang.browser.get(pickup(wang)).text and theirs in chen.get(leaving(day)).text
    for browser, address in ((wang.browser, ours), (chen, theirs)):
        shown = browser.get(address)
        assert (shown.status_code, shown.mimetype) == (200, "image/webp")
        assert shown.headers["Cache-Control"] == "no-store"
    for browser, address in ((li.browser, ours), (zhao, theirs), (chen, ours)):
        assert browser.get(address).status_code == 404
    assert actions("handover.photo_read") == ["handover.photo_read"]
    sends(wang.browser, f"{pickup(wang)}/{adult.id}/ending")
    assert fresh().query(PickupPhoto).count() == 0


def test_a_code_is_good_once_today_and_kept_as_a_digest(
    wang: Family, day: int, chen: SiteClient
) -> None:
    code = gives_code(wang)
    row = fresh().query(PickupCode).one()
    assert code not in row.code_hash and "张三" not in row.sealed
    assert code not in text_of(wang.browser.get(pickup(wang)))
    typed = f"{code[:3]} {code[3:]}"
    assert leaves(chen, day, code=typed).status_code == 303
    assert (handed(), "张三（凭接送码）" in row_of(chen, day)) == ("code", True)
    taps(chen, day, "undo")
    again = leaves(chen, day, code=code)
    assert (again.status_code, "接送码不对" in text_of(again)) == (422, True)


def test_a_double_tap_shows_the_same_code(wang: Family, day: int) -> None:
    form = CODE | {"csrf_token": wang.browser.token(), "key": "one-key-for-both"}
    first, second = (wang.browser.post(f"{pickup(wang)}/code", data=form) for _tap in range(2))
    code = html.fromstring(first.text).xpath("string(//p[@class='code'])")
    assert html.fromstring(second.text).xpath("string(//p[@class='code'])") == code
    assert fresh().query(PickupCode).count() == 1


def test_guessing_ends_after_five_tries_even_with_the_right_one(
    wang: Family, day: int, chen: SiteClient
) -> None:
    code = gives_code(wang)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _guess in range(5):
        assert leaves(chen, day, code=wrong).status_code == 422
    assert leaves(chen, day, code=code).status_code == 422
    assert actions("handover.wrong_code") == ["handover.wrong_code"] * 6
    assert handed() == ""
    assert leaves(chen, day, code=gives_code(wang)).status_code == 303


def test_a_code_of_another_day_or_child_or_before_the_last_one_is_wrong(
    wang: Family, li: Family, day: int, chen: SiteClient
) -> None:
    tomorrow = gives_code(wang, day="2026-11-24")
    old, others = gives_code(wang), gives_code(li)
    new = gives_code(wang)
    for code in {tomorrow, old, others} - {new}:
        assert leaves(chen, day, code=code).status_code == 422
    assert leaves(chen, day, code=new).status_code == 303


@pytest.mark.parametrize("day_asked", ["2026-11-22", "2026-12-01", "2026-02-30", ""])
def test_a_code_is_for_today_and_the_week_ahead(wang: Family, day: int, day_asked: str) -> None:
    answer = sends(wang.browser, f"{pickup(wang)}/code", **(CODE | {"day": day_asked}))
    assert answer.status_code == 422
    assert fresh().query(PickupCode).count() == 0


def test_a_code_dies_with_its_givers_bond_and_raises_an_alarm(
    wang: Family, father: Father, day: int, chen: SiteClient
) -> None:
    code = gives_code(Family(father.account_id, wang.child_id, father.browser))
    with transaction() as session:
        bond = session.get_one(Bond, (wang.child_id, father.account_id))
        bond.state, bond.ended_at = "ended", clock.now()
    assert leaves(chen, day, code=code).status_code == 422
    (alarm,) = fresh().query(Notice).filter(Notice.key.startswith("handover.")).all()
    assert (alarm.account_id, "已经失效的接送码" in alarm.sentence) == (wang.account_id, True)


def test_of_two_who_bring_the_code_at_once_one_is_refused(
    wang: Family, day: int, chen: SiteClient, head: SiteClient
) -> None:
    code = gives_code(wang)
    forms = [
        (who, {"csrf_token": who.token(), "key": new_key(), "code": code}) for who in (chen, head)
    ]
    answers = all_at_once([
        lambda who=who, form=form: who.post(leaving(day), data=form).status_code
        for who, form in forms
    ])  # fmt: skip
    assert sorted(answers) == [303, 422]
    assert fresh().query(PickupCode.used_at).scalar() is not None


def test_a_code_is_not_used_up_by_a_child_that_is_not_there(
    wang: Family, day: int, chen: SiteClient
) -> None:
    code = gives_code(wang)
    taps(chen, day, "undo")
    assert leaves(chen, day, code=code).status_code == 422
    assert fresh().query(PickupCode.used_at, PickupCode.tries).one() == (None, 0)


def test_somebody_else_is_the_heads_decision_with_a_reason(
    day: int, chen: SiteClient, head: SiteClient
) -> None:
    someone = {"name": "刘同事", "reason": "妈妈电话里说请同事代接"}
    answer = leaves(chen, day, **someone)
    assert (answer.status_code, "只有园长" in text_of(answer)) == (422, True)
    assert leaves(head, day, name="刘同事").status_code == 422
    assert leaves(head, day, reason="急").status_code == 422
    assert leaves(head, day, **someone).status_code == 303
    assert (handed(), "刘同事（园长同意）" in row_of(chen, day)) == ("overruled", True)


def test_whoever_is_blocked_is_a_warning_at_the_door(
    wang: Family, day: int, chen: SiteClient
) -> None:
    assert sends(wang.browser, f"{pickup(wang)}/blocks/new", **STRANGER).status_code == 303
    page = text_of(chen.get(leaving(day)))
    assert "不能交给 张三" in page and "开白色面包车" in page
    assert "张三" in text_of(wang.browser.get(pickup(wang)))
    block = fresh().query(PickupBlock).one()
    assert "张三" not in block.sealed
    assert sends(wang.browser, f"{pickup(wang)}/blocks/{block.id}/ending").status_code == 303
    assert "不能交给" not in text_of(chen.get(leaving(day)))


def test_one_guardian_does_not_shut_out_the_other_without_a_paper(
    wang: Family, father: Father, day: int
) -> None:
    for known in ({"phone": "13800000009"}, {}):
        him = STRANGER | {"name": "王先生"} | known
        answer = sends(wang.browser, f"{pickup(wang)}/blocks/new", **him)
        assert (answer.status_code, "把法院或公安的文书拿给园长看" in text_of(answer)) == (
            422,
            True,
        )
    assert fresh().query(PickupBlock).count() == 0


def test_a_guardian_whom_the_head_has_blocked_sees_nothing_and_opens_no_door(
    wang: Family, father: Father, day: int, chen: SiteClient, head: SiteClient
) -> None:
    his = Family(father.account_id, wang.child_id, father.browser)
    code = gives_code(his)
    sends(father.browser, f"{pickup(wang)}/new", **GRANDMOTHER)
    blocks = f"/desk/children/{wang.child_id}/blocks"
    him = {"name": "王先生", "phone": "13800000009"} | PAPER
    assert sends(head, blocks, **him).status_code == 303
    assert list(takers(chen, day)) == ["妈妈 王女士"]
    assert leaves(chen, day, taker=handle_of(wang.child_id, father.account_id)).status_code == 422
    assert leaves(chen, day, code=code).status_code == 422
    shown = text_of(father.browser.get(pickup(wang)))
    assert "没有登记。有人绝对不能接走孩子" in shown and "文书" not in shown
    refused = sends(father.browser, f"{pickup(wang)}/code", **CODE)
    assert (refused.status_code, "请打电话给托育机构" in text_of(refused)) == (422, True)
    assert sends(father.browser, f"{pickup(wang)}/new", **GRANDMOTHER).status_code == 422
    block = fresh().query(PickupBlock).one()
    for browser in (father.browser, wang.browser):  # the head's row is ended by the head
        ended = sends(browser, f"{pickup(wang)}/blocks/{block.id}/ending")
        assert ended.status_code != 200
    assert "王先生" in text_of(wang.browser.get(pickup(wang)))
    assert sends(head, f"{blocks}/{block.id}/ending").status_code == 303
    assert "爸爸 王先生" in takers(chen, day)


def test_other_families_other_nurseries_and_carers_find_no_page(
    wang: Family, li: Family, day: int, chen: SiteClient, zhao: SiteClient
) -> None:
    for page in ("", "/new", "/code", "/blocks/new"):
        assert li.browser.get(pickup(wang) + page).status_code == 404
        assert chen.get(pickup(wang) + page).status_code == 404
    for page, fields in (("/new", GRANDMOTHER), ("/code", CODE), ("/blocks/new", STRANGER)):
        assert sends(li.browser, pickup(wang) + page, **fields).status_code == 404
    assert zhao.get(leaving(day)).status_code == 404
    handle = handle_of(wang.child_id, wang.account_id)
    assert leaves(zhao, day, taker=handle).status_code == 404
    assert chen.get(f"/desk/children/{wang.child_id}/blocks").status_code == 404
    assert fresh().query(PickupAdult).count() == 0
    assert handed() == ""


def test_the_same_telephone_twice_too_many_and_a_period_that_is_over_are_422(
    wang: Family, day: int
) -> None:
    def answers() -> Iterator[tuple[int, str]]:
        for fields in (
            {}, {}, {"valid_to": "2026-11-22", "phone": "13900000001"},
            *({"phone": f"1390000010{n}"} for n in range(7)), {"phone": "13900000200"},
        ):  # fmt: skip
            answer = sends(wang.browser, f"{pickup(wang)}/new", **(GRANDMOTHER | fields))
            yield answer.status_code, text_of(answer)

    statuses = list(answers())
    assert [one for one, _text in statuses] == [303, 422, 422, *[303] * 7, 422]
    assert "已经登记在接送人里" in statuses[1][1]
    assert "最多登记 8 位" in statuses[-1][1]


def test_who_took_the_child_is_undone_with_the_leaving(day: int, chen: SiteClient) -> None:
    taps(chen, day, "leave")
    with clock.moved(timedelta(minutes=5)):
        assert taps(chen, day, "undo").status_code == 303
    row = fresh().query(Attendance).one()
    assert (row.left_with, row.handed_sealed) == ("", None)


def test_opening_the_list_of_takers_is_journaled(day: int, chen: SiteClient) -> None:
    chen.page(leaving(day))
    assert actions("handover.takers_read") == ["handover.takers_read"]


def test_withdrawing_the_consent_erases_who_fetches(wang: Family, day: int) -> None:
    sends(wang.browser, f"{pickup(wang)}/new", {"picture": a_photo()}, **GRANDMOTHER, consent="y")
    gives_code(wang)
    sends(wang.browser, f"{pickup(wang)}/blocks/new", **STRANGER)
    sends(wang.browser, f"/family/people/{wang.child_id}/withdrawal", sure="y")
    session = fresh()
    kept = (PickupAdult, PickupPhoto, PickupCode, PickupBlock)
    assert [session.query(one).count() for one in kept] == [0, 0, 0, 0]
