"""The keys of what is sealed can be changed: first added, then the old one dropped for good."""

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from flask import Flask

from tests.integration.staffing.house import a_carer
from tests.makers import a_nursery, an_account, an_elder
from ylyx_site.families.models import ElderProfile, Person
from ylyx_site.keys import sealed_columns
from ylyx_site.shared import vault
from ylyx_site.shared.db import db, transaction
from ylyx_site.staffing.models import Carer, Worker

NUMBER = "11010519491231002X"


@pytest.fixture
def elder_id(app: Flask) -> int:
    """An elder with number, telephone and address, and a carer, sealed under the first key."""
    with transaction() as session:
        elder = an_elder(session, an_account(session, "13800000001", "王芳", None).id)
        elder.id_number_sealed = vault.seal(NUMBER)
        elder.id_number_index = vault.blind_index(NUMBER)
        a_carer(session, a_nursery(session).id)
        return elder.id


def every_secret() -> list[str]:
    """All that is sealed, opened."""
    db.session.rollback()
    return sorted(
        vault.unseal(value)
        for table, column in sealed_columns()
        for value in db.session.scalars(sa.select(column).where(column.is_not(None)))
        if isinstance(value, str)
    )


def run(app: Flask, command: str) -> str:
    """Run `flask keys …` and return its last line."""
    answer = app.test_cli_runner().invoke(args=["keys", command])
    assert answer.exit_code == 0, answer.output
    return str(answer.output.splitlines()[-1])


def test_a_key_is_added_and_the_old_one_dropped(
    app: Flask, elder_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, old = every_secret(), app.config["DATA_KEYS"]
    new = Fernet.generate_key().decode()
    monkeypatch.setitem(app.config, "DATA_KEYS", (new, *old))
    assert every_secret() == before
    count = len(before)
    assert run(app, "reseal") == f"{count} values are sealed under the newest key"
    assert db.session.scalar(sa.select(Person.id_number_index)) == vault.blind_index(NUMBER)
    assert run(app, "reindex").startswith("3 indexes made anew;")
    monkeypatch.setitem(app.config, "DATA_KEYS", (new,))
    assert every_secret() == before
    found = sa.select(Person.id).where(Person.id_number_index == vault.blind_index(NUMBER))
    phone = sa.select(ElderProfile.person_id).where(
        ElderProfile.phone_index == vault.blind_index("telephone:13900000082")
    )
    assert [db.session.scalar(one) for one in (found, phone)] == [elder_id, elder_id]
    carer = vault.unseal(db.session.scalars(sa.select(Carer.phone_sealed)).one())
    worker = db.session.scalars(sa.select(Worker.phone_index)).one()
    assert worker == vault.blind_index(f"telephone:{carer}")


def test_without_resealing_the_old_key_is_still_needed(
    app: Flask, elder_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "DATA_KEYS", (Fernet.generate_key().decode(),))
    with pytest.raises(InvalidToken):
        every_secret()
