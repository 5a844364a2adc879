"""A crowd of signed-in browsers, and a starting shot: the whole site takes part in each race."""

import secrets
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from threading import Barrier
from typing import Any, TypeVar

from flask import Flask
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer
from werkzeug.test import TestResponse

from tests.client import text_of
from tests.house.invariants import broken
from tests.makers import a_bond, a_child, an_account
from ylyx_site.facilities.models import Facility
from ylyx_site.identity import service as identity
from ylyx_site.shared import clock
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.once import new_key

Result = TypeVar("Result")
TUESDAY = date(2026, 11, 24)
FULL = "这一时段已经满了。请换个时间，或看看附近的机构。"


@dataclass(frozen=True, slots=True)
class Family:
    """An account with a child, signed in: its cookie, and the CSRF token that goes with it."""

    account_id: int
    child_id: int
    cookie: str
    csrf: str


def crowd(app: Flask, size: int, born_on: date = date(2025, 3, 10), first: int = 0) -> list[Family]:
    """So many families, each with one child, all signed in; numbered from `first`."""
    with app.app_context(), transaction() as session:
        rows = []
        for number in range(first, first + size):
            account = an_account(session, f"138{number:08d}", f"家长{number}", None)
            child = a_child(session, account.id, f"孩子{number}", born_on)
            token = identity.start_session(session, account.id, now=clock.now())
            rows.append((account.id, child.id, token))
    return [Family(account, child, *signed_in(app, token)) for account, child, token in rows]


def second_guardians(app: Flask, families: Sequence[Family]) -> list[Family]:
    """A second guardian for each family's child, signed in."""
    with app.app_context(), transaction() as session:
        rows = []
        for number, family in enumerate(families):
            account = an_account(session, f"139{number:08d}", f"父亲{number}", None)
            a_bond(session, family.child_id, account.id)
            token = identity.start_session(session, account.id, now=clock.now())
            rows.append((account.id, family.child_id, token))
    return [Family(account, child, *signed_in(app, token)) for account, child, token in rows]


def signed_in(app: Flask, token: str) -> tuple[str, str]:
    """The cookie of a session with this token, and a CSRF token that it accepts."""
    secret = secrets.token_hex(20)
    cookies: Any = app.session_interface
    cookie = cookies.get_signing_serializer(app).dumps({"_user_id": token, "csrf_token": secret})
    return cookie, URLSafeTimedSerializer(app.secret_key or "", salt="wtf-csrf-token").dumps(secret)


def browser_of(app: Flask, family: Family) -> FlaskClient:
    """A browser of their own, for one thread."""
    client = app.test_client()
    client.set_cookie("ylyx", family.cookie)
    return client


def booking(family: Family, **fields: Any) -> dict[str, Any]:
    """The form of a whole Tuesday for their child, or of what `fields` say."""
    form = {
        "csrf_token": family.csrf, "key": new_key(), "child_id": [family.child_id],
        "date": TUESDAY.isoformat(), "kind": "full_day",
    } | fields  # fmt: skip
    return {name: value for name, value in form.items() if value is not None}


def post(app: Flask, family: Family, address: str, form: dict[str, Any]) -> TestResponse:
    """Send a form in a browser of its own."""
    return browser_of(app, family).post(address, data=form)


def all_at_once(jobs: Sequence[Callable[[], Result]]) -> list[Result]:
    """Run the jobs in a thread each, started together; their results in order."""
    shot = Barrier(len(jobs))

    def wait_and(job: Callable[[], Result]) -> Result:
        shot.wait(30)
        return job()

    with ThreadPoolExecutor(len(jobs)) as threads:
        return [done.result(120) for done in [threads.submit(wait_and, job) for job in jobs]]


def rush(
    app: Flask, nursery: Facility | int, families: Sequence[Family], forms: Sequence[dict[str, Any]]
) -> list[TestResponse]:
    """All of them book at this nursery at once, each with a form."""
    number = nursery if isinstance(nursery, int) else nursery.id
    address = f"/childcare/{number}/bookings"
    return all_at_once(
        [
            lambda family=family, form=form: post(app, family, address, form)  # type: ignore[misc]
            for family, form in zip(families, forms, strict=True)
        ]
    )


def tally(answers: Sequence[TestResponse]) -> dict[str, int]:
    """How many were told yes, how many that it is full in so many words, and all the others."""
    count: dict[str, int] = {}
    for answer in answers:
        name = {303: "yes", 422: "422 without the sentence"}.get(
            answer.status_code, f"{answer.status_code} {text_of(answer)[:80]}"
        )
        if answer.status_code == 422 and FULL in text_of(answer):
            name = "full"
        count[name] = count.get(name, 0) + 1
    return count


def audit(app: Flask) -> list[str]:
    """What is not as it should be: the ledger's audit, and all other invariants."""
    with app.app_context():
        return broken(db.session())
