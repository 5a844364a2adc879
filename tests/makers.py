"""Makers of rows for tests: typed functions, small, each with what its tests need by default."""

from sqlalchemy.orm import Session

from ylyx_site.identity import service as identity
from ylyx_site.identity.models import Account
from ylyx_site.shared import clock

DEMO_PASSWORD = "ylyx-demo"


def an_account(
    session: Session,
    phone: str = "13800000001",
    name: str = "王小明",
    password: str | None = DEMO_PASSWORD,
) -> Account:
    """An account that signs in with the password of the demo district."""
    return identity.create_account(session, phone, name, password, now=clock.now())
