"""The demo district with one nursery that everybody wants, and families enough to want it."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import product

import sqlalchemy as sa
from flask import Flask
from flask import session as cookie
from flask_migrate import upgrade
from flask_wtf.csrf import generate_csrf
from sqlalchemy.orm import Session

from tests.bench import client
from tests.bench.larger import enlarge
from ylyx_site.app import create_app
from ylyx_site.demo.service import fill
from ylyx_site.facilities.kinds import Tariff
from ylyx_site.facilities.models import CareClass, CarePrice, ClassCap, RegisteredPlaces
from ylyx_site.families.kinds import BondState, PersonKind, Purpose, Relation
from ylyx_site.families.models import Bond, Consent, Person
from ylyx_site.identity.models import Account, SignedInSession
from ylyx_site.identity.rules import hash_token
from ylyx_site.places.models import ResourceKind
from ylyx_site.places.publishing import republish
from ylyx_site.places.queries import resource_ids
from ylyx_site.settings import Settings, from_environment
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction

NOW = "2026-11-23T08:00:00+08:00"  # a Monday morning, the same in every run
FAMILIES = 3000
HOT, OTHER = 30_000, 20_000  # numbers of children that hot houses take: never full
FEW = 50
RUSHES = 12  # days on which the hot houses have few places
BORN = date(2025, 3, 10)
FIRST_PERSON, FIRST_PHONE = 2 * 10**9, 14000000000


@dataclass(frozen=True, slots=True)
class House:
    """A nursery, its class for the families' children, and what counts both."""

    facility_id: int
    class_id: int
    resources: tuple[int, int]
    fen: int


@dataclass(frozen=True, slots=True)
class Ticket:
    """A browser that is signed in: its cookie, the token for its forms, the family's child."""

    cookie: str
    csrf: str
    child_id: int
    account_id: int


@dataclass(frozen=True, slots=True)
class District:
    """All that a run needs. `hot` is booked over HTTP, `other` by the raw transactions."""

    url: str
    hot: House
    other: House
    tickets: list[Ticket]
    days: list[date]
    rush_days: list[date]
    raw_day: date

    def bookings(self) -> Iterator[bytes]:
        """Requests that book, each for another child and day, one day after the other."""
        for day, ticket in product(self.days, self.tickets):
            yield self.booking(ticket, day)

    def rush(self, tries: int, day: date) -> Iterator[bytes]:
        """Requests for a day on which the hot house has `FEW` places."""
        for ticket in self.tickets[:tries]:
            yield self.booking(ticket, day)

    def booking(self, ticket: Ticket, day: date) -> bytes:
        """The form that confirms a morning, as the page sends it."""
        fields = [
            ("csrf_token", ticket.csrf), ("key", secrets.token_urlsafe(16)),
            ("back", f"/childcare/{self.hot.facility_id}/bookings/new"),
            ("child_id", str(ticket.child_id)), ("kind", "half_day"), ("half", "am"),
            ("quoted", f"{day.isoformat()}:{self.hot.fen}"), ("date", day.isoformat()),
            ("note", ""),
        ]  # fmt: skip
        path = f"/childcare/{self.hot.facility_id}/bookings"
        return client.post(path, fields, ticket.cookie)


def settings_for(url: str) -> Settings:
    """Settings of a demo site on this database at our Monday."""
    return from_environment({"YLYX_DATABASE_URL": url, "YLYX_NOW": NOW})


def prepare(url: str, times: int = 1) -> District:
    """Migrate the empty database, fill in the demo district, its hot houses and the families.

    `times`: how often the demo district's rows are there.
    """
    app = create_app(settings_for(url))
    with app.app_context():
        upgrade()
        with transaction() as session:
            fill(session, now=clock.now())
        with transaction() as session:
            enlarge(session, times)
        today = clock.today()
        raw_day = today + timedelta(days=4)
        rush_days = [today + timedelta(days=14 + n + n // 5 * 2) for n in range(RUSHES)]
        few = dict.fromkeys(rush_days, FEW)
        with transaction() as session:
            hot = _heated(session, 3, HOT, today, few)  # no roster limits it
            other = _heated(session, 2, OTHER, today, few)
            accounts = _families(session, clock.now())
        tickets = _tickets(app, accounts)
        _analyze()
        db.engine.dispose()
    days = [today + timedelta(days=n) for n in (1, 2, 7, 8, 9, 10, 11)]
    return District(url, hot, other, tickets, days, rush_days, raw_day)


def _analyze() -> None:
    """Tell the planner what is there, as autovacuum would within a minute."""
    db.session.remove()
    with db.engine.connect().execution_options(ylyx_write=True) as connection:
        connection.exec_driver_sql("ANALYZE")
        connection.commit()


def _heated(
    session: Session, facility_id: int, children: int, today: date, except_on: dict[date, int]
) -> House:
    """Raise one class of a nursery and the nursery above all that comes; publish it."""
    care_class = session.scalars(
        sa.select(CareClass)
        .where(CareClass.facility_id == facility_id, CareClass.from_months == 12)
        .order_by(CareClass.id)
    ).first()
    assert care_class is not None
    steps = {today: children}
    steps |= {day + timedelta(days=1): children for day in except_on}
    steps |= except_on
    for day, count in steps.items():
        session.merge(RegisteredPlaces(facility_id=facility_id, from_day=day, places=count))
        session.merge(ClassCap(class_id=care_class.id, from_day=day, children=count))
    session.flush()
    republish(session, facility_id, today)
    ids = resource_ids(session, [facility_id])
    resources = (ids[ResourceKind.FACILITY, facility_id], ids[ResourceKind.CLASS, care_class.id])
    return House(facility_id, care_class.id, resources, _morning_fen(session, facility_id))


def _morning_fen(session: Session, facility_id: int) -> int:
    fen = session.scalar(
        sa.select(CarePrice.fen).where(
            CarePrice.facility_id == facility_id, CarePrice.tariff == Tariff.HALF_DAY
        )
    )
    assert fen is not None
    return fen


def _families(session: Session, now: datetime) -> list[tuple[int, int, str]]:
    """(account, child, session token) of each family, all rows in bulk."""
    token = [secrets.token_urlsafe(32) for _ in range(FAMILIES)]
    base = (session.scalar(sa.select(sa.func.max(Account.id))) or 0) + 1000
    consent = (session.scalar(sa.select(sa.func.max(Consent.id))) or 0) + 1000
    numbers = range(FAMILIES)
    rows = {
        Account: [
            {"id": base + n, "phone": str(FIRST_PHONE + n), "name": "测试", "created_at": now}
            for n in numbers
        ],
        SignedInSession: [
            {"token_hash": hash_token(token[n]), "account_id": base + n, "created_at": now,
             "last_seen_at": now, "expires_at": now + timedelta(days=30)}
            for n in numbers
        ],
        Consent: [
            {"id": consent + n, "account_id": base + n, "purpose": Purpose.CHILD_DATA,
             "text_version": "1", "given_at": now}
            for n in numbers
        ],
        Person: [
            {"id": FIRST_PERSON + n, "kind": PersonKind.CHILD, "name": "小测", "born_on": BORN,
             "consent_id": consent + n, "created_at": now}
            for n in numbers
        ],
        Bond: [
            {"person_id": FIRST_PERSON + n, "account_id": base + n, "relation": Relation.MOTHER,
             "state": BondState.LIVE, "asked_at": now}
            for n in numbers
        ],
    }  # fmt: skip
    for model, values in rows.items():
        session.execute(sa.insert(model), values)
    return [(base + n, FIRST_PERSON + n, token[n]) for n in numbers]


def _tickets(app: Flask, families: list[tuple[int, int, str]]) -> list[Ticket]:
    """Cookies and form tokens as the site itself would sign them after signing in."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    with app.test_request_context():
        csrf = generate_csrf()
        raw = cookie["csrf_token"]
    return [
        Ticket(
            signer.dumps({"_user_id": token, "_fresh": True, "csrf_token": raw}),
            csrf, child_id, account_id,
        )
        for account_id, child_id, token in families
    ]  # fmt: skip
