"""Every endpoint, every visitor: who is let in, who is sent to sign in, who sees nothing."""

import pytest
from flask import Blueprint, Flask
from werkzeug.routing import Rule

from tests.house.access_table import ANYONE, DOORS, OTHERWISE, SIGNED_IN
from tests.house.conftest import ROLES, House, address_of
from ylyx_site.identity.access import (
    UndeclaredAccessError,
    access,
    access_of,
    check_all_declared,
)


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
            with browser.get(address) as answer:  # a spreadsheet is a file: close it
                status = answer.status_code
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
