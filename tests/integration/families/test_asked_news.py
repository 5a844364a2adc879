"""Whoever asks to be a guardian is told to those who decide, and to nobody else."""

import re

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.integration.families.conftest import NUMBER, Family
from ylyx_site.notices.models import Notice
from ylyx_site.notices.words import said

SENTENCE = "有人想成为您孩子的监护人。请看看是谁，再决定同意不同意。"


def told(session: Session) -> list[tuple[int, str, str]]:
    """To whom, what, where to."""
    session.rollback()
    rows = session.scalars(sa.select(Notice).order_by(Notice.id))
    return [(one.account_id, said(one), one.link) for one in rows]


def test_the_guardian_is_told_once_and_the_asker_is_not(
    wang: Family, li: Family, reader: Session
) -> None:
    child_id = wang.child_id(id_number=NUMBER)
    for _again in range(2):
        li.add(id_number=NUMBER)
    assert told(reader) == [(wang.account_id, SENTENCE, f"/family/people/{child_id}")]


def test_nothing_of_the_child_or_the_asker_stands_in_it(
    wang: Family, li: Family, reader: Session
) -> None:
    wang.child_id(id_number=NUMBER, note="对花生过敏")
    li.add(id_number=NUMBER)
    reader.rollback()
    kept = " ".join(
        " ".join(row)
        for row in reader.execute(sa.select(Notice.sentence, Notice.filling, Notice.subject))
    )
    for private in ("王小满", "李先生", NUMBER, "花生", "13800000002"):
        assert private not in kept
    assert not re.search(r"1[3-9]\d{9}", kept)
