"""Roles: where one lands, choosing among several, losing one."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.client import SiteClient, text_of
from tests.integration.identity.conftest import CHEN, WANG, Cast
from tests.makers import a_nursery, a_role
from ylyx_site.identity import service
from ylyx_site.identity.models import Grant
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction


def _nursery(name: str = "金星托育中心") -> int:
    with transaction() as session:
        return a_nursery(session, name=name, publish_until=None).id


def _grant(cast: Cast, role: Role, **scope: object) -> Grant:
    with transaction() as session:
        return a_role(session, cast.chen, role, **scope)  # type: ignore[arg-type]


def _end(grant: Grant, actor_id: int) -> None:
    with transaction() as session:
        service.end_role(session, grant.account_id, grant.id, actor_id=actor_id, now=clock.now())


@pytest.mark.parametrize(
    ("role", "landing"),
    [(Role.CARER, "/desk"), (Role.HEALTH_SUPERVISOR, "/supervision"),
     (Role.ADMINISTRATOR, "/admin/accounts")],
)  # fmt: skip
def test_each_role_lands_where_it_works(
    client: SiteClient, cast: Cast, role: Role, landing: str
) -> None:
    nursery = _nursery()
    scopes: dict[Role, dict[str, object]] = {
        Role.CARER: {"facility_id": nursery},
        Role.HEALTH_SUPERVISOR: {"division_code": "500111001"},
    }
    _grant(cast, role, **scopes.get(role, {}))
    assert client.sign_in_as(CHEN).location == landing


def test_two_roles_are_chosen_between(client: SiteClient, cast: Cast) -> None:
    first = _grant(cast, Role.CARER, facility_id=_nursery())
    second = _grant(cast, Role.CARER, facility_id=_nursery("北街幼儿园托班"))
    assert client.sign_in_as(CHEN).location == "/sign-in/role"
    page = client.page("/sign-in/role")
    assert page.xpath("//button[@name='grant']/@value") == [
        str(first.id), str(second.id), "family",
    ]  # fmt: skip
    answer = client.submit("/sign-in/role", "/sign-in/role", grant=str(second.id))
    assert answer.location == "/desk"


def test_nobody_takes_another_persons_role(client: SiteClient, cast: Cast) -> None:
    chens = _grant(cast, Role.ADMINISTRATOR)
    client.sign_in_as(WANG)
    data = {"grant": str(chens.id), "csrf_token": client.token()}
    assert client.post("/sign-in/role", data=data).status_code == 404
    assert client.get("/admin/accounts").status_code == 404


def test_ended_role_is_gone_at_the_next_request(client: SiteClient, cast: Cast) -> None:
    grant = _grant(cast, Role.ADMINISTRATOR)
    client.sign_in_as(CHEN)
    assert client.get("/admin/accounts").status_code == 200
    _end(grant, cast.wang.id)
    assert client.get("/admin/accounts").status_code == 404
    assert client.get("/account").status_code == 200


def test_shift_ends_after_twelve_hours(client: SiteClient, cast: Cast) -> None:
    _grant(cast, Role.ADMINISTRATOR)
    client.sign_in_as(CHEN)
    with clock.moved(timedelta(hours=12)):
        assert client.get("/account").location == "/sign-in?next=/account"


def test_role_taken_up_in_a_familys_session_lasts_a_shift(client: SiteClient, cast: Cast) -> None:
    client.sign_in_as(CHEN)
    grant = _grant(cast, Role.ADMINISTRATOR)
    client.submit("/sign-in/role", "/sign-in/role", grant=str(grant.id))
    assert client.get("/admin/accounts").status_code == 200
    with clock.moved(timedelta(hours=12)):
        assert client.get("/account").location == "/sign-in?next=/account"


def test_staff_may_come_for_their_own_family(client: SiteClient, cast: Cast) -> None:
    _grant(cast, Role.ADMINISTRATOR)
    client.sign_in_as(CHEN)
    answer = client.submit("/sign-in/role", "/sign-in/role", grant="family")
    assert answer.location == "/"
    assert client.get("/admin/accounts").status_code == 404


def test_desk_shows_the_tasks_of_the_role(client: SiteClient, cast: Cast) -> None:
    _grant(cast, Role.ADMINISTRATOR)
    client.sign_in_as(CHEN)
    page = client.page("/admin/accounts")
    assert page.xpath("//nav[@class='side']/a/@href") == [
        "/supervision/waiting", "/supervision/diseases", "/admin/accounts", "/admin/worker",
        "/supervision/journal", "/account",
    ]  # fmt: skip
    assert "账号" in text_of(client.get("/admin/accounts"))


def test_nobody_is_let_in_without_signing_in(app: Flask, client: SiteClient) -> None:
    for address in ("/account", "/admin/accounts", "/sign-in/role"):
        assert client.get(address).location == f"/sign-in?next={address}"
