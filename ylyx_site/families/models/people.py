"""People, bonds and consents as rows."""

import secrets
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ylyx_site.families.kinds import BondState, Group, Means, PersonKind, Purpose, Relation
from ylyx_site.shared.db import Model


def random_id() -> int:
    """A number that tells nothing about how many people there are; stands in forms and links."""
    return secrets.randbelow(9 * 10**8) + 10**8


class Consent(Model):
    """What somebody agreed to, in which words (`text_version`), and until when it stood.

    Guardians agree by their account. An elder agrees in the own name (`person_id`; no foreign key,
    because the consent is there before the person): by the own account, by a code sent to the own
    telephone, or on paper, whose file number is `evidence`. `account_id` is then the account at
    which it was recorded: the child's, or the clerk's.
    """

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    purpose: Mapped[Purpose]
    means: Mapped[Means] = mapped_column(default=Means.ACCOUNT, server_default="account")
    evidence: Mapped[str] = mapped_column(sa.String(40), default="", server_default="")
    text_version: Mapped[str] = mapped_column(sa.String(20))
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Person(Model):
    """A child or an elder. The ID number is sealed; its blind index finds the same person again.

    `name` is kept exactly as typed (rare characters too); `search_text` has its pinyin keys.
    `hukou_division` (户籍) and `residence_division` (居住地) are codes of 6, 9 or 12 digits, of any
    city, therefore no foreign keys.
    """

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=random_id)
    kind: Mapped[PersonKind]
    name: Mapped[str] = mapped_column(sa.String(60))
    search_text: Mapped[str] = mapped_column(sa.Text, default="")
    born_on: Mapped[date]
    sex: Mapped[str] = mapped_column(sa.String(1), default="")
    id_number_sealed: Mapped[str | None] = mapped_column(sa.Text)
    id_number_index: Mapped[str | None] = mapped_column(sa.String(64), unique=True)
    note_sealed: Mapped[str | None] = mapped_column(sa.Text)
    hukou_division: Mapped[str | None] = mapped_column(sa.String(12))
    residence_division: Mapped[str | None] = mapped_column(sa.String(12))
    consent_id: Mapped[int] = mapped_column(sa.ForeignKey("consent.id"))
    created_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class PersonGroup(Model):
    """What somebody is recognised as (低保, 独居 …), `valid_from` and `valid_to` included.

    `evidence` names the document that was seen, not what stands in it; `verified_by` is the account
    of the clerk who saw it. Without `valid_to` it stands until it is ended.
    """

    __tablename__ = "person_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    group: Mapped[Group]
    evidence: Mapped[str] = mapped_column(sa.String(120))
    verified_by: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class Bond(Model):
    """An account that may act for a person; for an elder by a consent (`consent_id`)."""

    __tablename__ = "bond"

    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), primary_key=True)
    account_id: Mapped[int] = mapped_column(
        sa.ForeignKey("account.id"), primary_key=True, index=True
    )
    relation: Mapped[Relation]
    state: Mapped[BondState]
    asked_at: Mapped[datetime]
    confirmed_by: Mapped[int | None]
    consent_id: Mapped[int | None] = mapped_column(sa.ForeignKey("consent.id"))
    ended_at: Mapped[datetime | None]


class GuardianInvitation(Model):
    """A code by which a guardian lets another one in; one use, one day. Kept as a digest."""

    __tablename__ = "guardian_invitation"

    code_hash: Mapped[str] = mapped_column(sa.String(64), primary_key=True)
    person_id: Mapped[int] = mapped_column(sa.ForeignKey("person.id"), index=True)
    invited_by: Mapped[int] = mapped_column(sa.ForeignKey("account.id"))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
