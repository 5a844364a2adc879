"""Who works at one house sees no child of another and changes nothing there, at any address.

And every page that shows how a child's health is leaves a line in the journal, whoever reads it.
"""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from tests.client import SiteClient
from tests.house.access_table import DOORS
from tests.house.conftest import House, address_of
from tests.house.races.crowd import signed_in
from tests.makers import a_canteen, a_role, an_account
from ylyx_site.attendance.kinds import CheckKind
from ylyx_site.attendance.models import Attendance
from ylyx_site.attendance.rules.notes import NoteWish
from ylyx_site.attendance.rules.wishes import Author, CheckWish
from ylyx_site.attendance.service.checks import record_check
from ylyx_site.attendance.service.notes import write_note
from ylyx_site.childcare.models import CareDay
from ylyx_site.entry.models import ChildCase
from ylyx_site.families.models import Person
from ylyx_site.identity import service as identity
from ylyx_site.identity.access import access_of
from ylyx_site.identity.models import Grant
from ylyx_site.identity.roles import Role
from ylyx_site.journal.models import JournalEntry
from ylyx_site.shared import clock, vault
from ylyx_site.shared.db import Model, db, transaction
from ylyx_site.shared.once import new_key

pytestmark = pytest.mark.slow
OURS = ("明明", "陈桂芳", "锅炉房漏气", "水管冻裂")
TODAY = date(2026, 11, 23)
KEYS = frozenset({"session", "form_key", "journal_entry"})  # which every visit writes
ILL, WARM, WRITTEN, ALLERGY = "手足口病", "38.6", "午睡时咳了几声", "花生过敏"
OWNED = frozenset({
    "child_id", "day_id", "class_id", "carer_id", "shift_id", "certificate_id", "closure_id",
    "closing_id", "hazard_id", "invitation_id", "grant_id", "paper_id", "adult_id", "block_id",
})  # fmt: skip
SIGNS = (ILL, WARM, WRITTEN, ALLERGY)
WHO = {
    "head": Role.HEAD, "carer": Role.CARER, "manager": Role.CANTEEN_MANAGER,
    "clerk": Role.CLERK, "courier": Role.COURIER,
}  # fmt: skip


@pytest.fixture
def strangers(house: House) -> dict[str, tuple[SiteClient, Role]]:
    """Everybody who works at other houses: a nursery and a canteen."""
    app = house.browsers["nobody"].application
    tokens = {}
    with transaction() as session:
        nursery = int(str(house.arguments["other_id"]))
        canteen = a_canteen(session, "幸福里老年食堂").id
        for number, (name, role) in enumerate(WHO.items()):
            account = an_account(session, f"1370000000{number}", name, None)
            at = nursery if role in (Role.HEAD, Role.CARER) else canteen
            a_role(session, account, role, facility_id=at)
            tokens[name] = identity.start_session(session, account.id, now=clock.now())
    return {name: (a_browser(app, tokens[name]), role) for name, role in WHO.items()}


def a_browser(app: Flask, token: str) -> SiteClient:
    """A browser with this session."""
    client = app.test_client()
    assert isinstance(client, SiteClient)
    client.set_cookie("ylyx", signed_in(app, token)[0])
    return client


def desk_rules(app: Flask, method: str, role: Role) -> Iterator[Rule]:
    """The addresses of the desk that this role may use."""
    for rule in app.url_map.iter_rules():
        roles = access_of(app.view_functions[rule.endpoint]).roles
        if rule.rule.startswith("/desk") and method in (rule.methods or ()) and role in roles:
            yield rule


def told(house: House) -> dict[str, object]:
    """Ids of the other house under every name that a form or an address may give them."""
    of = house.arguments
    return of | {
        "class": of["class_id"], "child": of["child_id"], "carer": of["carer_id"],
        "person": of["person_id"], "date": TODAY, "step": "arrive", "words": "看一看",
        "reason": "因为停水", "how": "拧紧了", "name": "张三", "first_day": TODAY,
        "last_day": TODAY, "month": "2026-11",
    }  # fmt: skip


def seen(browser: SiteClient, address: str, query: dict[str, object]) -> tuple[int, str]:
    """The status and the words of a page, or of a spreadsheet's cells."""
    with browser.get(address, query_string=query) as answer:
        body = answer.get_data()
        if body.startswith(b"PK"):
            parts = zipfile.ZipFile(io.BytesIO(body))
            body = b"".join(map(parts.read, parts.namelist()))
        return answer.status_code, body.decode(errors="replace")


def rows_of_others(own: frozenset[int]) -> Counter[tuple[str, ...]]:
    """Every row of every table but the visitors' own houses' and what each visit writes."""
    db.session.rollback()
    return Counter(
        (table.name, *map(repr, row))
        for table in Model.metadata.sorted_tables
        if table.name not in KEYS
        for row in db.session().execute(sa.select(table))
        if getattr(row, "facility_id", getattr(row, "canteen_id", None)) not in own
    )


def test_no_address_of_the_desk_shows_anything_of_another_house(
    house: House, strangers: dict[str, tuple[SiteClient, Role]]
) -> None:
    wrong = []
    for name, (browser, role) in strangers.items():
        for rule in desk_rules(browser.application, "GET", role):
            address = address_of(rule, house.arguments)
            for query in ({}, told(house)):
                status, text = seen(browser, address, query)
                shown = [one for one in OURS if one in text]
                if shown or (rule.arguments & OWNED and status != 404):
                    wrong.append(f"{rule.endpoint} {name} {status} {shown}")
    assert wrong == []


def test_no_form_of_the_desk_changes_anything_of_another_house(
    house: House, strangers: dict[str, tuple[SiteClient, Role]]
) -> None:
    with transaction() as session:
        grants = session.scalars(sa.select(Grant.facility_id).order_by(Grant.id.desc()))
        own = frozenset(one for one in grants.all()[: len(WHO)] if one)
    before, wrong = rows_of_others(own), []
    for name, (browser, role) in strangers.items():
        for rule in desk_rules(browser.application, "POST", role):
            data = told(house) | {"csrf_token": browser.token(), "key": new_key()}
            answer = browser.post(address_of(rule, house.arguments), data=data)
            now = rows_of_others(own)
            lost, before = before - now, now
            if lost or (rule.arguments & OWNED and answer.status_code != 404):
                wrong.append(f"{rule.endpoint} {name} {answer.status_code} {list(lost)[:2]}")
    assert wrong == []


def with_health(house: House) -> None:
    """The child is here today; a note, a temperature and an illness are on record."""
    of, now = house.arguments, clock.now()
    day_id = int(str(of["day_id"]))
    author = Author(int(str(of["facility_id"])), int(str(of["chen_id"])), now, new_key())
    with transaction() as session:
        session.execute(sa.update(CareDay).values(day=TODAY))
        child = session.get_one(Person, of["child_id"])
        child.note_sealed = vault.seal(ALLERGY)
        session.flush()
        record_check(session, day_id, CheckWish(CheckKind.MORNING, 386, ()), author)
        session.execute(sa.update(CareDay).values(arrived_at=now))
        session.add(Attendance(care_day_id=day_id, arrived_by=author.actor_id))
        session.expire_all()
        write_note(session, day_id, NoteWish(tenths=386, words=WRITTEN), author)
        session.add(
            ChildCase(
                child_id=child.id, facility_id=author.facility_id, fell_ill_on=TODAY,
                sealed=vault.seal(json.dumps({"disease": ILL, "source": "family"})),
                back_on=date(2026, 12, 1), needs_paper=True,
                recorded_by=author.actor_id, recorded_at=now,
            )
        )  # fmt: skip


def reads() -> int:
    """How many reads the journal has."""
    db.session.rollback()
    count = sa.select(sa.func.count()).where(JournalEntry.action.endswith("_read"))
    return db.session().scalar(count) or 0


def test_every_page_that_shows_health_data_is_journaled(house: House) -> None:
    with_health(house)
    app = house.browsers["nobody"].application
    shown, silent = set(), []
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint not in DOORS:
            continue
        for name in ("wang", "chen", "carer"):
            before = reads()
            _, text = seen(house.browsers[name], address_of(rule, house.arguments), {})
            found = [one for one in SIGNS if one in text]
            if found:
                shown.add(rule.endpoint)
                if reads() == before:
                    silent.append(f"{rule.endpoint} {name}: {found}")
    assert silent == []
    assert shown == {
        "absences.show_attendance", "desk_attendance.show_list",
        "desk_child.checks_page", "desk_entry.papers_page", "desk_notes.show_notes",
        "entry_family.papers_page", "families.child", "families.edit_child",
        "family_notes.show_own", "own_data.download",
    }  # fmt: skip
