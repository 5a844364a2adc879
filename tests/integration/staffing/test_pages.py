"""The pages of the roster: who may, what stands there, what is another house's is not there."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import SiteClient, text_of
from tests.integration.places.desk import book
from tests.integration.staffing.house import (
    HEAD,
    LIN,
    MONDAY,
    NEXT_MONDAY,
    TUESDAY,
    ZHAO,
    House,
    a_carer,
    limits,
    on_duty,
    only_shift,
)
from ylyx_site.places.queries import over_booked
from ylyx_site.shared.db import db, transaction
from ylyx_site.staffing.kinds import ShiftKind
from ylyx_site.staffing.models import Carer, Certificate, Shift


def head(client: SiteClient) -> SiteClient:
    client.sign_in_as(HEAD)
    return client


@pytest.fixture
def full(house: House) -> House:
    """Two carers of the younger on Tuesday, and eight children."""
    with transaction() as session:
        for carer_id in house.carers[:2]:
            on_duty(session, house.ours, carer_id, house.younger, [TUESDAY])
        book(session, house.ours, house.younger, [TUESDAY], 8)
    return house


def fields(house: House, **others: object) -> dict[str, object]:
    shift = {
        "carer_id": house.carers[2], "class_id": house.younger, "days": [str(TUESDAY)],
        "starts": "08:00", "ends": "12:00", "kind": "duty",
    }  # fmt: skip
    return shift | others


def test_a_shift_is_planned_by_a_form(client: SiteClient, full: House) -> None:
    answer = head(client).submit(
        f"/desk/duty/shifts/new?day={TUESDAY}", "/desk/duty/shifts", **fields(full)
    )
    assert answer.status_code == 303
    assert answer.location == f"/desk/duty?week={MONDAY}&day={TUESDAY}&saved=1"
    shift = only_shift(db.session(), full.carers[2], TUESDAY)
    assert (shift.starts, shift.ends, shift.class_id) == (480, 720, full.younger)
    assert limits(db.session(), full.younger, TUESDAY) == {10, 15}
    assert "林三" in text_of(client.get(answer.location))


def test_twice_on_a_roster_is_refused_in_words(client: SiteClient, full: House) -> None:
    answer = head(client).submit(
        f"/desk/duty/shifts/new?day={TUESDAY}", "/desk/duty/shifts",
        **fields(full, carer_id=full.carers[0]),
    )  # fmt: skip
    assert answer.status_code == 422
    assert "林一 11月24日 的这个时间已经排了别的班（也可能在另一家机构）" in text_of(answer)


def test_ids_of_another_house_are_nowhere(client: SiteClient, full: House) -> None:
    with transaction() as session:
        stranger = a_carer(session, full.theirs, "周一", "13900000020")
        on_duty(session, full.theirs, stranger, full.their_class, [TUESDAY])
        shift = only_shift(session, stranger, TUESDAY).id
    head(client)
    addresses = (
        f"/desk/duty/shifts/{shift}",
        f"/desk/duty/carers/{stranger}",
        f"/desk/duty/absence?carer={stranger}&day={TUESDAY}",
    )
    assert [client.get(one).status_code for one in addresses] == [404] * 3
    new = f"/desk/duty/shifts/new?day={TUESDAY}"
    for foreign in ({"carer_id": stranger}, {"class_id": full.their_class}):
        sent = client.submit(new, "/desk/duty/shifts", **fields(full, **foreign))
        assert sent.status_code == 404
    about = {"csrf_token": client.token(), "key": "a-key-of-16-chars", "day": str(TUESDAY)}
    posts = (
        f"/desk/duty/shifts/{shift}", f"/desk/duty/shifts/{shift}/removal",
        f"/desk/duty/carers/{stranger}/certificates/1/withdrawal", "/desk/duty/absence",
    )  # fmt: skip
    for number, address in enumerate(posts):
        data = about | fields(full) | {"carer": stranger, "key": f"a-key-of-16-{number}"}
        assert client.post(address, data=data).status_code == 404, address


def test_a_shift_moves_and_goes(client: SiteClient, full: House) -> None:
    shift = only_shift(db.session(), full.carers[0], TUESDAY).id
    db.session.rollback()
    address = f"/desk/duty/shifts/{shift}"
    moved = {"class_id": full.older, "starts": "０９：００", "ends": "10:00"}
    asked = head(client).submit(address, address, **moved)
    assert asked.status_code == 422
    assert "还没有保存" in text_of(asked)  # eight children, and five places left
    again = client.submit(address, address, **moved, confirmed="1")
    assert again.status_code == 303
    found = only_shift(db.session(), full.carers[0], TUESDAY)
    assert (found.class_id, found.starts, found.ends) == (full.older, 540, 600)
    db.session.rollback()
    assert client.submit(address, "/removal").status_code == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Shift)) == 1


def test_what_if_tells_who_stands_over_and_who_could_step_in(
    client: SiteClient, full: House
) -> None:
    address = f"/desk/duty/absence?carer={full.carers[0]}&day={TUESDAY}"
    page = text_of(head(client).get(address))
    assert "托小班 07:30–17:30 缺 1 名保育人员" in page
    assert "约了 8 人，现有人手只能照护 5 人" in page
    assert "超出 3 人" in page
    assert "请林三顶班" in page
    assert "请林一顶班" not in page
    assert limits(db.session(), full.younger, TUESDAY) == {10}  # looking changes nothing
    db.session.rollback()
    sent = client.submit(address)
    assert sent.status_code == 303
    session = db.session()
    assert only_shift(session, full.carers[0], TUESDAY).kind is ShiftKind.LEAVE
    assert {(one.taken, one.wanted) for one in over_booked(session, full.ours, MONDAY)} == {(8, 5)}
    session.rollback()
    assert "有 1 处人手不够" in text_of(client.get(sent.location))
    assert "约的孩子比能收的多" in text_of(client.get("/desk"))


def test_a_carer_reads_the_roster_and_changes_nothing(client: SiteClient, full: House) -> None:
    client.sign_in_as(LIN)
    page = client.page(f"/desk/duty?week={TUESDAY}")
    assert "林一" in page.text_content()
    assert page.xpath("//main//form") == []
    assert page.xpath("//main//a[contains(@href, '/shifts/')]") == []
    others = ("/desk/duty/carers", "/desk/duty/start", "/desk/duty/shifts/new")
    assert [client.get(one).status_code for one in others] == [404] * 3


def test_another_head_sees_nobody_of_this_house(client: SiteClient, full: House) -> None:
    client.sign_in_as(ZHAO)
    for address in (f"/desk/duty?week={TUESDAY}", "/desk/duty/carers"):
        assert not [name for name in ("林一", "林二", "林三") if name in client.get(address).text]


def test_a_week_is_copied_by_a_button(client: SiteClient, full: House) -> None:
    answer = head(client).submit(f"/desk/duty?week={NEXT_MONDAY}", "/desk/duty/copies")
    assert answer.location == f"/desk/duty?week={NEXT_MONDAY}&copied=1"
    assert limits(db.session(), full.younger, TUESDAY + timedelta(days=7)) == {10}
    db.session.rollback()
    assert "已从上一周复制" in text_of(client.get(answer.location))
    empty = client.submit("/desk/duty?week=2026-12-21", "/desk/duty/copies")
    assert empty.status_code == 422
    assert "上一周没有可以复制的班" in text_of(empty)


def test_somebody_is_listed_with_a_certificate_and_sealed_numbers(
    client: SiteClient, house: House
) -> None:
    new = {"name": "林四", "phone": "139 0000 0099", "job": "carer", "started_on": "2026-11-23"}
    assert head(client).submit("/desk/duty/carers/new", **new).status_code == 303
    carer = db.session.scalars(sa.select(Carer).where(Carer.name == "林四")).one()
    assert (carer.phone_tail, "13900000099" in carer.phone_sealed) == ("0099", False)
    address = f"/desk/duty/carers/{carer.id}"
    db.session.rollback()
    paper = {
        "kind": "health", "number": "JK-20261234", "valid_from": "2025-12-10",
        "valid_to": "2026-12-10",
    }  # fmt: skip
    assert client.submit(address, "/certificates", **paper).status_code == 303
    page = text_of(client.get("/desk/duty/carers"))
    assert "12月10日 周四 到期，请尽快换证" in page
    assert "JK-20261234" not in client.get(address).text
    found = db.session.scalars(sa.select(Certificate.id).order_by(Certificate.id.desc())).first()
    db.session.rollback()
    assert client.submit(address, f"/{found}/withdrawal").status_code == 303
    assert "没有有效健康证" in text_of(client.get("/desk/duty/carers"))
    assert client.submit(address, "/end", ended_on="2026-11-24").status_code == 303


def test_the_week_costs_the_same_queries_for_more_people(
    app: Flask, client: SiteClient, full: House, count_queries: object
) -> None:
    head(client)
    address = f"/desk/duty?week={TUESDAY}"
    with count_queries() as few:  # type: ignore[operator]
        client.get(address)
    with transaction() as session:
        for n in range(4):
            carer = a_carer(session, full.ours, f"何{n}号", f"1390000003{n}")
            on_duty(session, full.ours, carer, full.older, [TUESDAY, TUESDAY + timedelta(days=1)])
    with count_queries() as many:  # type: ignore[operator]
        client.get(address)
    assert len(many) == len(few)


def test_the_form_that_starts_the_roster(client: SiteClient, house: House) -> None:
    client.sign_in_as(ZHAO)
    assert "名额现在只按班额算" in text_of(client.get("/desk/duty"))
    sent = client.submit("/desk/duty/start", from_day=str(NEXT_MONDAY))
    assert sent.status_code == 303
    assert "11月30日 周一 起名额按排班算" in text_of(client.get("/desk/duty"))
    past = client.submit("/desk/duty/start", from_day="2026-11-20")
    assert past.status_code == 422
