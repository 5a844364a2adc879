"""What others send in somebody's name, from elsewhere, or far too much of."""

import io
from dataclasses import replace

import pytest
import sqlalchemy as sa
from flask import Flask
from werkzeug.test import TestResponse

from tests.client import SiteClient, text_of
from tests.conftest import settings_for
from tests.house.access_table import DOORS
from tests.house.conftest import OF_CANTEENS, ROLES, House, address_of
from ylyx_site.app import create_app
from ylyx_site.identity.models import FailedSignIn
from ylyx_site.identity.rules import FAILURES_FROM_ADDRESS
from ylyx_site.shared.db import db
from ylyx_site.shared.pictures import MOST_BYTES

STALE = "这一页放得太久了"
EVIL = "https://evil.example"
AS_A_PART = {"HX-Request": "true", "HX-Target": "main"}
NEAREST = {"REMOTE_ADDR": "10.1.2.3"}


def places_of_forms(house: House) -> list[str]:
    """An address of every form that writes."""
    rules = house.browsers["nobody"].application.url_map.iter_rules()
    return [address_of(one, house.arguments) for one in rules if "POST" in (one.methods or ())]


def test_no_form_is_taken_without_a_token_or_with_anothers(house: House) -> None:
    browser, others = house.browsers["wang"], house.browsers["li"].token()
    taken = []
    for address in places_of_forms(house):
        for token in ({}, {"csrf_token": others}):
            answer = browser.post(address, data=token, headers={"Origin": EVIL})
            if answer.status_code != 400 or STALE not in answer.text:
                taken.append(f"{address} {token}: {answer.status_code}")
    assert taken == []


def test_over_tls_a_form_from_another_site_is_refused_even_with_the_right_token(
    house: House,
) -> None:
    browser = house.browsers["wang"]
    data = {"csrf_token": browser.token(), "language": "en"}
    sent = [
        browser.post("/language", data=data, base_url="https://localhost", headers={"Referer": one})
        for one in (f"{EVIL}/", "https://localhost/language")
    ]
    assert [answer.status_code for answer in sent] == [400, 303]


def test_whatever_the_signed_in_are_shown_is_kept_by_nobody_on_the_way(house: House) -> None:
    browser, kept = house.browsers["wang"], []
    for rule in browser.application.url_map.iter_rules():
        if "GET" not in (rule.methods or ()):
            continue
        with browser.open(address_of(rule, house.arguments), headers=AS_A_PART) as answer:
            is_told_apart = "HX-Request" in answer.headers.get("Vary", "")
            if answer.headers.get("Cache-Control") != "no-store" or not is_told_apart:
                kept.append(f"{rule.endpoint}: {answer.headers.get('Cache-Control')}")
    assert kept == []


def client_behind(proxies: int, url: str) -> SiteClient:
    """A browser whose requests come through so many proxies that we trust."""
    app = create_app(replace(settings_for(url), proxies=proxies))
    app.test_client_class = SiteClient
    client = app.test_client()
    assert isinstance(client, SiteClient)
    return client


@pytest.mark.parametrize(("proxies", "counted_as"), [(0, "10.1.2.3"), (1, "203.0.113.9")])
def test_whoever_forges_where_he_comes_from_is_counted_all_the_same(
    sqlite_app: Flask, sqlite_url: str, proxies: int, counted_as: str
) -> None:
    client = client_behind(proxies, sqlite_url)
    data = {"password": "wrong-password", "csrf_token": client.token()}
    answers = [
        client.post(
            "/sign-in",
            data=data | {"phone": f"137{number:08d}"},
            headers={"X-Forwarded-For": f"198.51.100.{number}, 203.0.113.9"},
            environ_overrides=NEAREST,
        )
        for number in range(FAILURES_FROM_ADDRESS.most + 1)
    ]
    db.session.rollback()
    assert set(db.session.scalars(sa.select(FailedSignIn.address))) == {counted_as}
    assert text_of(answers[-1]) != text_of(answers[-2])


def refusal_of(answer: TestResponse) -> tuple[int, bool, bool]:
    """Status; whether the page is ours, in Chinese; whether it leads on."""
    return answer.status_code, "内容太大" in text_of(answer), 'href="/"' in answer.text


@pytest.mark.parametrize(
    "data",
    [{"name": "长" * 500_000}, {f"field{number}": "x" for number in range(10_000)}],
    ids=["2 MB of text", "10,000 fields"],
)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_form_that_is_far_too_long_is_refused_with_a_way_on(
    house: House, data: dict[str, str], kind: str
) -> None:
    if len(data) > 1 and kind.startswith("application"):
        data = dict.fromkeys(data, "x" * 200)
    answer = house.browsers["wang"].post("/account/name", data=data, content_type=kind)
    assert refusal_of(answer) == (413, True, True)


def doors_for_pictures(house: House) -> list[tuple[str, str]]:
    """Who may send pictures, and where to."""
    app = house.browsers["nobody"].application
    return [
        (visitor_of(DOORS[rule.endpoint]), address_of(rule, house.arguments))
        for rule in app.url_map.iter_rules()
        if hasattr(app.view_functions[rule.endpoint], "most_bytes")
    ]


def visitor_of(door: str) -> str:
    """Somebody who is let in at this door."""
    roles = {role.value: name for name, role in (ROLES | OF_CANTEENS).items() if name != "zhao"}
    return next((roles[one] for one in door.split() if one in roles), "wang")


PAGE = b"<html><script>alert(1)</script>"
DRAWING = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (PAGE, "photo.jpg", "image/jpeg"),
        (DRAWING, "../../static/x.svg", "image/svg+xml"),
        (b"\xff\xd8\xff\xe0", "C:\\photo.jpg", "text/html"),
        (b"", "photo.png", "image/png"),
        (b"\x89PNG\r\n\x1a\n", "", "image/png"),
        (b"GIF89a", "a\x00b.jpg", "application/octet-stream"),
    ],
)
def test_what_is_no_picture_breaks_no_page(
    full_house: House, content: bytes, name: str, kind: str
) -> None:
    broken, refused = [], 0
    for who, address in doors_for_pictures(full_house):
        browser = full_house.browsers[who]
        data = {"csrf_token": browser.token(), "picture": (io.BytesIO(content), name, kind)}
        answer = browser.post(address, data=data)
        if answer.status_code not in (400, 404, 422) or "<script>alert" in answer.text:
            broken.append(f"{address}: {answer.status_code}")
        refused += answer.status_code == 422
    assert broken == []
    assert refused > 3 or "\0" in name


def test_more_than_a_photograph_is_refused_with_a_way_on(full_house: House) -> None:
    who, address = doors_for_pictures(full_house)[0]
    film = io.BytesIO(b"\0" * (MOST_BYTES + 200_000))
    answer = full_house.browsers[who].post(address, data={"picture": (film, "film.jpg")})
    assert refusal_of(answer) == (413, True, True)
