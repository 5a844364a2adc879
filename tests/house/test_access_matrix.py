"""Every endpoint, every visitor: who is let in, who is sent to sign in, who sees nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Blueprint, Flask
from werkzeug.routing import Rule

from tests.client import SiteClient
from tests.house.access_table import ANYONE, DOORS, OTHERWISE, SIGNED_IN
from tests.house.entry_samples import of_entry
from tests.house.races.crowd import signed_in
from tests.integration.staffing.house import a_carer, on_duty, only_shift
from tests.makers import a_canteen, a_child, a_nursery, a_role, a_town, an_account, an_elder
from ylyx_site.childcare.models import CareDay
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import book
from ylyx_site.facilities.kinds import CareKind, ClosureKind
from ylyx_site.facilities.models import CareClass, Closure
from ylyx_site.families.models import ElderRequest
from ylyx_site.families.queries import handle_of
from ylyx_site.identity import service as identity
from ylyx_site.identity.access import (
    UndeclaredAccessError,
    access,
    access_of,
    check_all_declared,
)
from ylyx_site.identity.models import Grant
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock
from ylyx_site.shared.db import transaction
from ylyx_site.staffing.models import Certificate

VISITORS = ("nobody", "wang", "li", "chen", "zhao", "carer", "sun", "qian", "admin")
ROLES = {
    "chen": Role.HEAD, "zhao": Role.HEAD, "carer": Role.CARER, "sun": Role.HEALTH_SUPERVISOR,
    "qian": Role.HEALTH_SUPERVISOR, "admin": Role.ADMINISTRATOR,
}  # fmt: skip
TUESDAY = date(2026, 11, 24)
CODE = "7K392F"
OF_ELDERS = ("bindings.", "elders.")  # whose addresses name an elder where others name a child


@dataclass(frozen=True, slots=True)
class House:
    """A site with something of everything: browsers by visitor, and a value for each argument."""

    browsers: dict[str, SiteClient]
    arguments: dict[str, object]


@pytest.fixture
def house(sqlite_app: Flask) -> House:
    """Wang's child is booked at the nursery that chen heads; zhao heads another.

    Sun supervises the district of both, qian another district.
    """
    now = clock.now()
    with transaction() as session:
        ours, theirs = a_nursery(session), a_nursery(session, name="木星托育中心")
        elsewhere = a_town(session, "500112001", "龙岗街道")
        accounts = {
            name: an_account(session, f"1390000000{number}", name, None)
            for number, name in enumerate(VISITORS[1:])
        }
        for name, role in ROLES.items():
            at = {"chen": ours.id, "carer": ours.id, "zhao": theirs.id}.get(name)
            division = {"sun": "500111", "qian": elsewhere}.get(name)
            a_role(session, accounts[name], role, facility_id=at, division_code=division)
        child, elder = (make(session, accounts["wang"].id) for make in (a_child, an_elder))
        canteen = a_canteen(session)
        asked = ElderRequest(
            asked_by=accounts["wang"].id, sealed=None, asked_at=now,
            expires_at=now + timedelta(days=1),
        )  # fmt: skip
        wish = CareWish(ours.id, (child.id,), (TUESDAY,), CareKind.FULL_DAY)
        book(session, wish, actor_id=accounts["wang"].id, code=CODE, now=now)
        closure = Closure(
            facility_id=ours.id, first_day=date(2026, 12, 7), last_day=date(2026, 12, 7),
            kind=ClosureKind.OWN, reason="教研日",
        )  # fmt: skip
        session.add_all([closure, asked])
        session.flush()
        arguments: dict[str, object] = {
            "facility_id": ours.id, "child_id": child.id, "account_id": accounts["wang"].id,
            "closure_id": closure.id, "invitation_id": 999, "hazard_id": 999, "closing_id": 999, "meal_id": 999,
            "round_id": 999, "person_id": elder.id, "check_id": 999,
            "guest_id": 999, "sample_id": 999, "elder_id": elder.id, "request_id": asked.id,
            "canteen_id": canteen.id, "code": CODE, "day": TUESDAY.isoformat(),
            "class_id": session.scalar(sa.select(CareClass.id).filter_by(facility_id=ours.id)),
            "grant_id": session.scalar(sa.select(sa.func.min(Grant.id))),
            "day_id": session.scalar(sa.select(CareDay.id).filter_by(child_id=child.id)),
            "handle": handle_of(child.id, accounts["wang"].id),
            "kind": "full_day", "half": "any", "deed": "cancel", "meal": "lunch",
            "digest": "0" * 64, "token": "0" * 64, "group_id": 999, "shelf": "dishes", "number": 999,
        }  # fmt: skip
        carer_id = a_carer(session, ours.id)
        on_duty(session, ours.id, carer_id, int(str(arguments["class_id"])), [TUESDAY])
        arguments |= {
            "carer_id": carer_id, "shift_id": only_shift(session, carer_id, TUESDAY).id,
            "certificate_id": session.scalar(sa.select(sa.func.min(Certificate.id))),
        }  # fmt: skip
        arguments |= of_entry(session, child.id, accounts["wang"].id)
        tokens = {
            name: identity.start_session(session, account.id, now=now)
            for name, account in accounts.items()
        }
    return House(dict(browsers(sqlite_app, tokens)), arguments)


def browsers(app: Flask, tokens: dict[str, str]) -> Iterator[tuple[str, SiteClient]]:
    """A browser for each visitor, signed in with a session's token, but for nobody."""
    for name in VISITORS:
        client = app.test_client()
        assert isinstance(client, SiteClient)
        if name in tokens:
            client.set_cookie("ylyx", signed_in(app, tokens[name])[0])
        yield name, client


def door_of(app: Flask, endpoint: str) -> str:
    """What the view of an endpoint declares, as the table says it."""
    declared = access_of(app.view_functions[endpoint])
    return " ".join(sorted(role.value for role in declared.roles)) or declared.door


def expected(endpoint: str, visitor: str) -> int:
    """The status that the table gives."""
    door = DOORS[endpoint]
    own = OTHERWISE.get(endpoint, {}).get(visitor, 200)
    if door == ANYONE:
        return own
    if visitor == "nobody":
        return 303
    role = ROLES.get(visitor)
    return own if door == SIGNED_IN or (role and role.value in door.split()) else 404


def rules(app: Flask, method: str) -> list[Rule]:
    """The addresses in the table that answer a method; another test tells of the others."""
    every = app.url_map.iter_rules()
    return [rule for rule in every if method in (rule.methods or ()) and rule.endpoint in DOORS]


def unlisted(app: Flask) -> list[str]:
    """Endpoints that are not in the table, or there with another door, as lines for it."""
    doors = {name: door_of(app, name) for name in app.view_functions}
    return sorted(f'"{one}": "{door}",' for one, door in doors.items() if DOORS.get(one) != door)


def test_the_table_lists_every_endpoint_with_its_door(sqlite_app: Flask) -> None:
    assert unlisted(sqlite_app) == []
    assert sorted(set(DOORS) - set(sqlite_app.view_functions)) == []


def test_every_page_answers_each_visitor_as_the_table_says(house: House) -> None:
    app = house.browsers["nobody"].application
    wrong = []
    for rule in rules(app, "GET"):
        address = address_of(rule, house.arguments)
        for visitor, browser in house.browsers.items():
            status = browser.get(address).status_code
            if status != expected(rule.endpoint, visitor):
                wrong.append(f"{rule.endpoint} {visitor}: {status}")
    assert wrong == []


def test_no_form_is_taken_without_its_token(house: House) -> None:
    app = house.browsers["nobody"].application
    taken = [
        f"{rule.endpoint} {visitor}: {status}"
        for rule in rules(app, "POST")
        for visitor, browser in house.browsers.items()
        if (status := browser.post(address_of(rule, house.arguments)).status_code) != 400
    ]
    assert taken == []


def test_a_form_with_its_token_is_answered_by_its_door(house: House) -> None:
    """What is not one's own does not exist: only the door's refusals are looked at here."""
    app = house.browsers["nobody"].application
    let_in = []
    for rule in rules(app, "POST"):
        door = DOORS[rule.endpoint]
        for visitor, browser in house.browsers.items():
            role = ROLES.get(visitor)
            if door in (ANYONE, SIGNED_IN) or (role and role.value in door.split()):
                continue
            data = {"csrf_token": browser.token()}
            status = browser.post(address_of(rule, house.arguments), data=data).status_code
            if status != (303 if visitor == "nobody" else 404):
                let_in.append(f"{rule.endpoint} {visitor}: {status}")
    assert let_in == []


def address_of(rule: Rule, arguments: dict[str, object]) -> str:
    """The address of a rule with sample arguments; a new argument needs its sample first."""
    missing = rule.arguments - set(arguments)
    assert not missing, f"{rule.endpoint}: give the house a sample for {missing}"
    values = {name: arguments[name] for name in rule.arguments}
    if rule.endpoint.startswith(OF_ELDERS):
        values["child_id"] = arguments["elder_id"]
    built = rule.build(values, append_unknown=False)
    assert built is not None
    return str(built[1])


def test_p19_an_endpoint_without_a_door_keeps_the_site_from_starting(sqlite_app: Flask) -> None:
    forgotten = Flask("forgotten", static_folder=None)
    forgotten.add_url_rule("/all-children", view_func=all_children)
    with pytest.raises(UndeclaredAccessError, match=r"test_access_matrix\.all_children"):
        check_all_declared(forgotten)


def all_children() -> str:
    """A view that somebody forgot to give a door."""
    return "明明 亮亮"


def test_p19_an_endpoint_that_is_not_in_the_table_is_told(sqlite_app: Flask) -> None:
    grown = Flask("grown", static_folder=None)
    pages = Blueprint("children", __name__)
    pages.get("/all-children")(access(SIGNED_IN)(lambda: "明明 亮亮"))
    grown.register_blueprint(pages)
    assert unlisted(grown) == ['"children.<lambda>": "signed in",']
