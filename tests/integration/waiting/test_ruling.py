"""The district publishes its rule on a page of its own, and everybody reads it at once."""

from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask

from tests import makers
from tests.client import SiteClient, text_of
from tests.integration.childcare.conftest import Family, a_browser
from tests.integration.waiting.conftest import joins
from ylyx_site.facilities.models import Division
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared.db import db, transaction
from ylyx_site.waiting.models import PriorityGroup
from ylyx_site.waiting.queries.terms import Terms, terms_of

PAGE = "/supervision/waiting"
GROUP = {"name": "烈士家庭", "paper": "烈属证", "rank": "10", "first": "2026-11-23"}


def a_supervisor(app: Flask, division: str = "500111", phone: str = "13800000030") -> SiteClient:
    """Whoever supervises health there, signed in."""
    with transaction() as session:
        makers.a_town(session)
        if division != "500111":
            session.add(Division(code=division, name="渝北区"))
            session.flush()
        account = makers.an_account(session, phone, "孙监管员")
        makers.a_role(session, account, Role.HEALTH_SUPERVISOR, division_code=division)
    return a_browser(app, phone)


def actions() -> list[tuple[str, str, str]]:
    """(action, object, detail) of what was written down about the rule."""
    db.session.rollback()
    rows = db.session().execute(
        sa.select(JournalEntry.action, JournalEntry.subject, JournalEntry.detail)
        .where(JournalEntry.action.like("waiting.%set") | JournalEntry.action.like("%group%"))
        .order_by(JournalEntry.id)
    )
    return [(action, about, detail) for action, about, detail in rows]


def test_a_group_is_published_and_ended(app: Flask, wang: Family, full: int) -> None:
    sun = a_supervisor(app)
    assert sun.submit(PAGE, "/groups", **GROUP).status_code == 303
    for address in (f"/waiting/rules/{full}", f"/waiting/{joins(wang, full)}"):
        assert "烈士家庭" in text_of(wang.browser.get(address))
    assert sun.submit(PAGE, "/ending").status_code == 303
    assert "烈士家庭" not in text_of(wang.browser.get(f"/waiting/rules/{full}"))
    assert "全部先排先得" in text_of(sun.get(PAGE))
    assert actions() == [
        ("waiting.group_set", "division:500111", "烈士家庭"),
        ("waiting.group_ended", "division:500111", "烈士家庭"),
    ]


def test_the_limits_are_set_for_every_queue_of_the_district(
    app: Flask, wang: Family, full: int
) -> None:
    sun = a_supervisor(app)
    numbers = {"most_waiting": "50", "most_per_child": "2", "answer_minutes": "90"}
    assert sun.submit(PAGE, "/limits", **numbers).status_code == 303
    assert terms_of(db.session(), full) == Terms(50, 2, 90)
    assert "1 小时 30 分钟" in text_of(wang.browser.get(f"/waiting/rules/{full}"))
    detail = "most_waiting=50 most_per_child=2 answer_minutes=90"
    assert actions() == [("waiting.limits_set", "division:500111", detail)]


@pytest.mark.parametrize(
    ("action", "bad"),
    [
        ("/groups", {"name": " "}),
        ("/groups", {"paper": ""}),
        ("/groups", {"rank": "100"}),
        ("/groups", {"rank": "0"}),
        ("/groups", {"first": ""}),
        ("/groups", {"last": "2026-11-22"}),
        ("/limits", {"most_waiting": "0"}),
        ("/limits", {"most_per_child": "51"}),
        ("/limits", {"answer_minutes": "29"}),
    ],
)
def test_what_cannot_be_is_refused_and_stays_on_the_page(
    app: Flask, action: str, bad: dict[str, str]
) -> None:
    sun = a_supervisor(app)
    answer = sun.submit(PAGE, action, **((GROUP if action == "/groups" else {}) | bad))
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
    assert actions() == []


def test_another_district_cannot_be_ruled(app: Flask, full: int) -> None:
    sun, other = a_supervisor(app), a_supervisor(app, "500112", "13800000033")
    sun.submit(PAGE, "/groups", **GROUP)
    assert "烈士家庭" not in other.get(f"{PAGE}?division=500111").text
    group = db.session().scalars(sa.select(PriorityGroup)).one()
    form = {"csrf_token": other.token(), "key": "a-key-of-twenty-letters"}
    assert other.post(f"{PAGE}/groups/{group.id}/ending", data=form).status_code == 404
    db.session.refresh(group)
    assert (group.valid_to, group.valid_from) == (None, date(2026, 11, 23))


def test_the_administrator_chooses_the_district(app: Flask, full: int) -> None:
    with transaction() as session:
        account = makers.an_account(session, "13800000040", "平台管理员")
        makers.a_role(session, account, Role.ADMINISTRATOR)
    admin = a_browser(app, "13800000040")
    answer = admin.submit(f"{PAGE}?division=500111", "/groups?division=500111", **GROUP)
    assert answer.location == f"{PAGE}?division=500111"
    assert "烈士家庭" in text_of(admin.get(answer.location))
    assert admin.get(f"{PAGE}?division=999999").status_code == 404
