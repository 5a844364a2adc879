"""What is kept can be taken along by those whom it is about, and goes when they go."""

import io
import zipfile

import pytest
import sqlalchemy as sa
from flask import Flask

from tests.client import SiteClient, text_of
from tests.house.test_erasure import MARKER, a_marked_child, a_marked_elder, left_behind
from tests.makers import a_child, a_nursery, a_role, an_account
from ylyx_site.families import service as families
from ylyx_site.identity.models import Account
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

WANG, LI = "13800000001", "13800000002"


@pytest.fixture
def accounts(app: Flask) -> dict[str, int]:
    """Wang with a child about whom much is kept, and li with another."""
    with transaction() as session:
        found = {phone: an_account(session, phone, name).id
                 for phone, name in ((WANG, "王芳"), (LI, "李强"))}  # fmt: skip
        found["child"] = a_marked_child(session, found[WANG])
        a_child(session, found[LI], "李亮亮")
    return found


def words_of(browser: SiteClient) -> str:
    """Every cell of the file, one after the other."""
    with browser.get("/account/data/all.xlsx") as answer:
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        parts = zipfile.ZipFile(io.BytesIO(answer.get_data()))
        return "".join(parts.read(name).decode() for name in parts.namelist())


def test_a_family_takes_along_all_that_is_its_own(
    client: SiteClient, accounts: dict[str, int]
) -> None:
    client.sign_in_as(WANG)
    client.page("/account/data")
    words = words_of(client)
    assert [one in words for one in (WANG, "明明", "7K392F", "金星托育中心", MARKER, LI, "李")] == [
        True, True, True, True, True, False, False,
    ]  # fmt: skip
    taken = sa.select(JournalEntry.subject).where(JournalEntry.action == "home.own_data_read")
    assert db.session.scalars(taken).all() == [f"account:{accounts[WANG]}"]


def test_an_elder_takes_along_diet_and_orders(app: Flask, client: SiteClient) -> None:
    with transaction() as session:
        a_marked_elder(session, an_account(session, WANG, "陈桂芳").id)
        session.execute(sa.text("UPDATE elder_profile SET avoids_sealed = NULL"))
    client.sign_in_as(WANG)
    words = words_of(client)
    assert [one in words for one in ("低盐", "平安路8号", "7K392F", "139****0082")] == [True] * 4


def test_an_account_with_family_or_work_is_not_erased(
    client: SiteClient, accounts: dict[str, int]
) -> None:
    client.sign_in_as(WANG)
    answer = client.submit("/account/closing", "/account/closing", sure="y")
    assert answer.status_code == 422
    assert "您的账号里还有家人。请先在下面逐个撤回同意或解除，再来注销。" in text_of(answer)
    with transaction() as session:
        families.withdraw_consent(session, accounts["child"], actor_id=accounts[WANG],
                                  now=clock.now())  # fmt: skip
        house = a_nursery(session, name="木星托育中心").id
        a_role(session, session.get_one(Account, accounts[WANG]), Role.CARER, facility_id=house)
    answer = client.submit("/account/closing", "/account/closing", sure="y")
    assert (answer.status_code, db.session.get_one(Account, accounts[WANG]).name) == (422, "王芳")


def test_an_erased_account_leaves_no_name_and_no_number(
    app: Flask, client: SiteClient, accounts: dict[str, int]
) -> None:
    other = app.test_client()
    assert isinstance(other, SiteClient)
    for browser in (client, other):
        browser.sign_in_as(WANG)
    with transaction() as session:
        families.withdraw_consent(session, accounts["child"], actor_id=accounts[WANG],
                                  now=clock.now())  # fmt: skip
    assert client.submit("/account/closing", "/account/closing", sure="y").status_code == 303
    assert [one.get("/account").status_code for one in (client, other)] == [303, 303]
    assert left_behind() == []
    rows = [
        str(row)
        for table in db.metadata.sorted_tables
        for row in db.session.execute(sa.select(table))
    ]
    assert [row for row in rows if WANG in row or "王芳" in row] == []
    assert db.session.scalars(sa.select(Notice.account_id)).all() == []
    with transaction() as session:
        assert an_account(session, WANG, "王芳", None).id != accounts[WANG]
