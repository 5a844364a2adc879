"""A changed password is told to its owner, at night too."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.makers import an_account
from ylyx_site.identity import passwords, service
from ylyx_site.notices.models import Notice
from ylyx_site.shared import clock


def test_the_owner_is_told_at_once(session: Session) -> None:
    wang, li = (an_account(session, f"1380000000{n}").id for n in (1, 2))
    hashed = passwords.hash_password("another-password")
    with clock.standing_at("2026-11-23T23:30:00+08:00"):
        now = clock.now()
        service.set_password(session, wang, hashed, actor_id=li, now=now)
    rows = session.scalars(sa.select(Notice)).all()
    assert [(one.account_id, one.link, one.due_at) for one in rows] == [(wang, "/account", now)]
    assert hashed not in rows[0].sentence + rows[0].filling + rows[0].key
