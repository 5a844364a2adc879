"""A site with something of everything, and a browser for everybody: for walks over all pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.routing import Rule

from tests.client import SiteClient
from tests.house.entry_samples import of_entry
from tests.house.nursery_samples import of_nursery
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
OF_CANTEENS = {"manager": Role.CANTEEN_MANAGER, "clerk": Role.CLERK, "courier": Role.COURIER}
TUESDAY = date(2026, 11, 24)
CODE = "7K392F"
OF_ELDERS = ("bindings.", "elders.")  # whose addresses name an elder where others name a child


@dataclass(frozen=True, slots=True)
class House:
    """A site with something of everything: browsers by visitor, and a value for each argument."""

    browsers: dict[str, SiteClient]
    arguments: dict[str, object]


@pytest.fixture
def walked_app(sqlite_app: Flask) -> Flask:
    """The site that is walked over; a module may put another database under it."""
    return sqlite_app


@pytest.fixture
def house(walked_app: Flask) -> House:
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
            "facility_id": ours.id, "other_id": theirs.id, "chen_id": accounts["chen"].id,
            "child_id": child.id, "account_id": accounts["wang"].id, "closure_id": closure.id,
            "meal_id": 999, "round_id": 999, "check_id": 999, "guest_id": 999, "sample_id": 999,
            "group_id": 999, "person_id": elder.id, "elder_id": elder.id, "request_id": asked.id,
            "canteen_id": canteen.id, "code": CODE, "day": TUESDAY.isoformat(),
            "class_id": session.scalar(sa.select(CareClass.id).filter_by(facility_id=ours.id)),
            "grant_id": session.scalar(sa.select(sa.func.min(Grant.id))),
            "day_id": session.scalar(sa.select(CareDay.id).filter_by(child_id=child.id)),
            "handle": handle_of(child.id, accounts["wang"].id),
            "kind": "full_day", "half": "any", "deed": "cancel", "meal": "lunch",
            "digest": "0" * 64, "token": "0" * 64, "shelf": "dishes",
        }  # fmt: skip
        carer_id = a_carer(session, ours.id)
        on_duty(session, ours.id, carer_id, int(str(arguments["class_id"])), [TUESDAY])
        arguments |= {
            "carer_id": carer_id, "shift_id": only_shift(session, carer_id, TUESDAY).id,
            "certificate_id": session.scalar(sa.select(sa.func.min(Certificate.id))),
        }  # fmt: skip
        arguments |= of_entry(session, child.id, accounts["wang"].id)
        arguments |= of_nursery(session, ours.id, child.id, accounts["chen"].id)
        tokens = {
            name: identity.start_session(session, account.id, now=now)
            for name, account in accounts.items()
        }
    return House(dict(browsers(walked_app, tokens)), arguments)


@pytest.fixture
def full_house(house: House) -> House:
    """The house, and browsers of those who work at its canteen."""
    app, canteen = house.browsers["nobody"].application, int(str(house.arguments["canteen_id"]))
    with transaction() as session:
        for number, (name, role) in enumerate(OF_CANTEENS.items()):
            account = an_account(session, f"1370000000{number}", name, None)
            a_role(session, account, role, facility_id=canteen)
            token = identity.start_session(session, account.id, now=clock.now())
            house.browsers[name] = dict(browsers(app, {"wang": token}))["wang"]
    return house


def browsers(app: Flask, tokens: dict[str, str]) -> Iterator[tuple[str, SiteClient]]:
    """A browser for each visitor, signed in with a session's token, but for nobody."""
    for name in VISITORS:
        client = app.test_client()
        assert isinstance(client, SiteClient)
        if name in tokens:
            client.set_cookie("ylyx", signed_in(app, tokens[name])[0])
        yield name, client


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
