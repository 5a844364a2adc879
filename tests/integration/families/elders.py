"""What tests of elders share: messages that were sent, codes in them, and forms filled in."""

import re
from typing import Any

import sqlalchemy as sa
from lxml import html
from sqlalchemy.orm import Session

from tests.integration.families.conftest import Family
from ylyx_site.families.models import Person
from ylyx_site.identity.models import DemoMessage
from ylyx_site.shared.db import db

ELDERS_PHONE = "13900000082"
ELDER = {
    "name": "陈桂芳",
    "born_on": "1944-03-08",
    "relation": "child",
    "phone": ELDERS_PHONE,
    "id_number": "",
}
ELDERS_NUMBER = "500111194403080027"
NEW = "/family/people/new?kind=elder"


def ask(family: Family, **fields: Any) -> Any:
    """Send the form of a new elder; every field may be said otherwise."""
    return family.browser.submit(NEW, "/family/people/elders", **ELDER | fields)


def asked(family: Family, **fields: Any) -> str:
    """The address of the request."""
    answer = ask(family, **fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["Location"])


def agree(family: Family, request: str, code: str) -> Any:
    """Enter a code on the page of a request."""
    return family.browser.submit(request, request, code=code)


def bound(family: Family, **fields: Any) -> int:
    """Add an elder who agrees; the elder's id."""
    request = asked(family, **fields)
    answer = agree(family, request, last_code())
    assert answer.status_code == 303, answer.text
    return int(answer.headers["Location"].rpartition("/")[2])


def messages() -> list[tuple[str, str]]:
    """(telephone, text) of all that was sent, oldest first."""
    db.session.rollback()
    rows = db.session.execute(
        sa.select(DemoMessage.phone, DemoMessage.text).order_by(DemoMessage.id)
    ).all()
    db.session.rollback()
    return [(row.phone, row.text) for row in rows]


def last_code() -> str:
    """The code in the last message."""
    found = re.search(r"验证码 (\d{6})", messages()[-1][1])
    assert found is not None
    return found[1]


def other_than(code: str) -> str:
    """A wrong code."""
    return f"{(int(code) + 1) % 1_000_000:06d}"


def everything(session: Session) -> str:
    """Every text in the database, as somebody who stole it would read it."""
    session.rollback()
    return "\n".join(
        str(value)
        for table in db.metadata.sorted_tables
        if table.name not in {"demo_message", "one_time_code", "account"}
        for row in session.execute(sa.select(table))
        for value in row
    )


def elders(session: Session) -> list[str]:
    """The names of all elders there are."""
    session.rollback()
    return list(session.scalars(sa.select(Person.name).where(Person.kind == "elder")))


def errors(text: str) -> list[str]:
    """What a page complains of."""
    found = html.fromstring(text).xpath(
        "//*[contains(@class,'error')] | //*[@id='errors']//p[not(contains(.,'标红'))]"
    )
    return [" ".join(one.text_content().split()) for one in found]
