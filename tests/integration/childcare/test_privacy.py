"""What is not yours does not exist; a second guardian may all; a former one nothing."""

import pytest
import sqlalchemy as sa
from flask import Flask

from tests import makers
from tests.client import text_of
from tests.integration.childcare.conftest import Family, a_browser, more_children, states
from ylyx_site.families.kinds import BondState
from ylyx_site.families.models import Bond
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction


def doors(code: str) -> list[str]:
    return [f"/childcare/bookings/{code}{rest}" for rest in ("", ".ics", "/cancellation")]


def test_another_family_finds_neither_ticket_nor_file_nor_form(
    wang: Family, li: Family, house: int
) -> None:
    code = wang.books(house)
    assert [li.browser.get(door).status_code for door in doors(code)] == [404] * 3
    data = {"csrf_token": li.browser.token(), "key": "a-key-of-twenty-letters"}
    for deed in ("cancellation", "undo"):
        assert li.browser.post(f"/childcare/bookings/{code}/{deed}", data=data).status_code == 404
    assert states() == {"11-24": "booked"}


@pytest.mark.parametrize("code", ["7K392F", "x", "7k3-92f", "'; DROP TABLE care_day; --", "明明"])
def test_a_code_of_nobody_is_404(wang: Family, code: str) -> None:
    assert [wang.browser.get(door).status_code for door in doors(code)] == [404] * 3


def second_guardian(app: Flask, wang: Family) -> Family:
    with transaction() as session:
        account_id = makers.an_account(session, "13800000003", "李爸爸").id
        makers.a_bond(session, wang.child_id, account_id)
    return Family(account_id, wang.child_id, a_browser(app, "13800000003"))


def test_a_second_guardian_sees_and_cancels(app: Flask, wang: Family, house: int) -> None:
    code = wang.books(house)
    father = second_guardian(app, wang)
    assert [father.browser.get(door).status_code for door in doors(code)] == [200] * 3
    assert code in father.browser.get("/childcare/bookings").text
    assert father.browser.submit(doors(code)[2]).status_code == 303
    assert states() == {"11-24": "cancelled"}


def test_a_second_guardian_of_one_sibling_sees_and_cancels_only_that_one(
    app: Flask, wang: Family, house: int
) -> None:
    [other] = more_children(wang, "亮亮")
    code = wang.books(house, child_id=[wang.child_id, other])
    father = second_guardian(app, wang)
    words = text_of(father.browser.get(f"/childcare/bookings/{code}"))
    assert ("明明" in words, "亮亮" in words) == (True, False)
    father.browser.submit(doors(code)[2])
    mine = text_of(wang.browser.get("/childcare/bookings"))
    assert mine.index("亮亮") < mine.index("以前的和取消的") < mine.index("明明")


def test_a_guardian_whose_bond_ended_sees_nothing(app: Flask, wang: Family, house: int) -> None:
    code = wang.books(house)
    father = second_guardian(app, wang)
    with transaction() as session:
        session.execute(
            sa.update(Bond)
            .where(Bond.account_id == father.account_id)
            .values(state=BondState.ENDED, ended_at=clock.now())
        )
    assert [father.browser.get(door).status_code for door in doors(code)] == [404] * 3
    for address in ("/", "/family", "/childcare/bookings", f"/childcare/{house}"):
        assert "明明" not in text_of(father.browser.get(address)), address
    assert father.posts(house, date="2026-11-25").status_code == 404
    assert states() == {"11-24": "booked"}


def test_whoever_only_asked_to_be_a_guardian_sees_nothing(
    wang: Family, li: Family, house: int
) -> None:
    code = wang.books(house)
    with transaction() as session:
        makers.a_bond(session, wang.child_id, li.account_id).state = BondState.ASKED
    assert [li.browser.get(door).status_code for door in doors(code)] == [404] * 3
    assert li.posts(house, child_id=wang.child_id).status_code == 404


def test_nobody_signed_in_is_sent_to_sign_in_and_back(app: Flask, wang: Family, house: int) -> None:
    code = wang.books(house)
    nobody = a_browser(app)
    answer = nobody.get(f"/childcare/bookings/{code}")
    assert (answer.status_code, answer.headers["Location"]) == (
        303, f"/sign-in?next=/childcare/bookings/{code}",
    )  # fmt: skip
    assert "明明" not in text_of(nobody.get(f"/childcare/{house}"))
    assert nobody.get("/childcare").status_code == 200


def test_private_pages_are_not_stored(wang: Family, house: int) -> None:
    code = wang.books(house)
    for address in (*doors(code), "/childcare/bookings", wang.asking(house), "/", "/family"):
        assert wang.browser.get(address).headers["Cache-Control"] == "no-store", address
