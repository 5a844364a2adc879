"""The disk is full: writes are refused in words, pages are served, nothing that was told is lost.

When there is room again the same form is accepted, without anybody restarting anything (P13).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

import pytest
from flask import Flask
from flask_migrate import upgrade
from sqlalchemy.exc import DBAPIError

from tests.client import SiteClient, text_of
from tests.conftest import POSTGRES, settings_for
from tests.house.races.cluster import a_cluster
from tests.house.races.crowd import Family, audit, booking, browser_of, crowd, post
from tests.house.races.disks import Disk, limited_pages, small_tablespace
from tests.house.races.test_killed import codes
from tests.makers import a_nursery
from ylyx_site.app import create_app
from ylyx_site.facilities.kinds import ClassKind
from ylyx_site.journal.reads import remember_read
from ylyx_site.shared.db import db, transaction

pytestmark = [pytest.mark.race, pytest.mark.slow]
REFUSED = "系统正忙，您的操作没有提交。请过一会儿再试。"
FORTNIGHT = [f"2026-12-{day:02d}" for day in (1, 2, 3, 4, 7, 8, 9, 10, 11, 14)]
views = import_module("ylyx_site.childcare.views.bookings")


@dataclass(frozen=True, slots=True)
class Site:
    """A site, its disk, a nursery with room for all, and families."""

    app: Flask
    disk: Disk
    address: str
    families: list[Family]


def _databases() -> list[object]:
    postgres = pytest.param("postgresql", marks=pytest.mark.postgres)
    return ["sqlite", postgres] if POSTGRES else ["sqlite"]


@pytest.fixture(params=_databases())
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """On SQLite, and on a PostgreSQL of its own."""
    if request.param == "sqlite":
        app = request.getfixturevalue("sqlite_app")
        with limited_pages(app) as disk:
            yield _with_families(app, disk)
        return
    with a_cluster("fsync=off") as cluster, small_tablespace(cluster) as disk:
        app = create_app(settings_for(cluster.url.removesuffix("postgres") + "small"))
        app.testing, app.test_client_class = True, SiteClient
        with app.app_context():
            upgrade()
            yield _with_families(app, disk)
            db.session.remove()
            db.engine.dispose()


def _with_families(app: Flask, disk: Disk) -> Site:
    with app.app_context(), transaction() as session:
        house = a_nursery(session, registered_places=300, caps={ClassKind.YOUNGER: 300}).id
    return Site(app, disk, f"/childcare/{house}/bookings", crowd(app, 250))


def booked_until_refused(site: Site) -> tuple[set[str], Family, dict[str, object]]:
    """Book ten days each until one is refused: the codes told, the refused family and its form."""
    told = set()
    for family in site.families:
        form = booking(family, date=FORTNIGHT)
        answer = post(site.app, family, site.address, form)
        if answer.status_code == 503:
            assert REFUSED in text_of(answer)
            return told, family, form
        assert answer.status_code == 303, text_of(answer)
        told.add(answer.location.rpartition("/")[2])
    raise AssertionError("the disk is never full")


def test_on_a_full_disk_writes_are_refused_and_pages_served_and_then_all_is_well(
    site: Site,
) -> None:
    site.disk.fill()
    told, family, form = booked_until_refused(site)
    browser = browser_of(site.app, family)
    for page in ("/", "/childcare", "/family", f"{site.address}/new"):
        assert browser.get(page).status_code == 200, page
    assert codes(site.app) == told
    assert read_until_refused(site, family) == {503}
    site.disk.free()
    assert post(site.app, family, site.address, form).status_code == 303
    assert len(codes(site.app)) == len(told) + 1
    assert browser.get(journaled(family)).status_code == 200
    assert audit(site.app) == []


def journaled(family: Family) -> str:
    """A page of their child: whoever opens it stands in the journal."""
    return f"/family/people/{family.child_id}/pickup"


def read_until_refused(site: Site, family: Family) -> set[int]:
    """Read what is journaled until that is refused: the answers but 200, which show nothing."""
    site.app.testing, site.app.config["PROPAGATE_EXCEPTIONS"] = False, False  # as it is served
    browser = browser_of(site.app, family)
    answers = [browser.get(journaled(family)) for _time in range(150)]
    site.app.testing, site.app.config["PROPAGATE_EXCEPTIONS"] = True, None
    refused = [answer for answer in answers if answer.status_code != 200]
    assert {"孩子" in text_of(answer) for answer in refused} == {False}
    return {answer.status_code for answer in refused}


def test_what_was_done_is_not_told_undone_because_its_page_cannot_be_journaled(
    sqlite_app: Flask,
) -> None:
    [wang] = crowd(sqlite_app, 1)

    def answer_of(method: str) -> str:
        with sqlite_app.test_request_context("/", method=method):
            remember_read("families.child_read", "person:1", actor_id=wang.account_id)
            done = sqlite_app.make_response(("孩子的资料", 200))
            return sqlite_app.process_response(done).get_data(as_text=True)

    with limited_pages(sqlite_app) as disk:
        disk.fill()
        while answer_of("GET") == "孩子的资料":
            pass
        assert "您的操作没有提交" in answer_of("GET")
        assert "可能已经办好。请把同一张表再提交一次" in answer_of("POST")


def test_p13_a_site_that_takes_no_answer_for_a_yes_is_caught(
    sqlite_app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = views._book

    def book(wish: object, key: str) -> str:
        try:
            return str(real(wish, key))
        except DBAPIError:
            return "/childcare/bookings/NEVER2"

    monkeypatch.setattr(views, "_book", book)
    with limited_pages(sqlite_app) as disk:
        site, told = _with_families(sqlite_app, disk), set()
        disk.fill()
        for family in site.families:
            answer = post(sqlite_app, family, site.address, booking(family, date=FORTNIGHT))
            told.add(answer.location.rpartition("/")[2])
            if told - codes(sqlite_app):
                break
    assert told - codes(sqlite_app) == {"NEVER2"}
