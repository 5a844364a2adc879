"""families: elders, their addresses, requests that wait for a consent; what a code is for."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

TEXTURES = ("ordinary", "soft", "minced", "pureed")
MEANS = ("account", "own_phone", "paper")


def upgrade() -> None:
    _profiles()
    _requests()
    with op.batch_alter_table("consent") as table:
        table.add_column(sa.Column("person_id", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column(
                "means", sa.Enum(*MEANS, name="means", native_enum=False, length=24),
                nullable=False, server_default="account",
            )
        )  # fmt: skip
        table.add_column(
            sa.Column("evidence", sa.String(length=40), nullable=False, server_default="")
        )
        table.create_index(op.f("ix_consent_person_id"), ["person_id"])
    # Written out, because a batch would copy the whole table on SQLite for the foreign key.
    op.execute(
        "ALTER TABLE bond ADD COLUMN consent_id INTEGER"
        " CONSTRAINT fk_bond_consent_id_consent REFERENCES consent (id)"
    )
    with op.batch_alter_table("one_time_code") as table:
        table.add_column(
            sa.Column("purpose", sa.String(length=40), nullable=False, server_default="sign_in")
        )


def _profiles() -> None:
    op.create_table(
        "elder_profile",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("diets", sa.String(length=120), nullable=False),
        sa.Column(
            "texture", sa.Enum(*TEXTURES, name="texture", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("avoids_sealed", sa.Text(), nullable=True),
        sa.Column("phone_sealed", sa.Text(), nullable=True),
        sa.Column("phone_tail", sa.String(length=4), nullable=False),
        sa.Column("phone_index", sa.String(length=64), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_elder_profile_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_elder_profile")),
    )  # fmt: skip
    op.create_index(op.f("ix_elder_profile_phone_tail"), "elder_profile", ["phone_tail"])
    op.create_index(op.f("ix_elder_profile_phone_index"), "elder_profile", ["phone_index"])
    op.create_table(
        "person_address",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_address_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person_address")),
    )
    op.create_index(op.f("ix_person_address_division_code"), "person_address", ["division_code"])


def _requests() -> None:
    op.create_table(
        "elder_request",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["account.id"], name=op.f("fk_elder_request_asked_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_elder_request_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_elder_request")),
    )
    op.create_index(op.f("ix_elder_request_asked_by"), "elder_request", ["asked_by"])
    op.create_index(op.f("ix_elder_request_asked_at"), "elder_request", ["asked_at"])


def downgrade() -> None:
    with op.batch_alter_table("one_time_code") as table:
        table.drop_column("purpose")
    with op.batch_alter_table("bond") as table:
        table.drop_column("consent_id")
    with op.batch_alter_table("consent") as table:
        table.drop_index(op.f("ix_consent_person_id"))
        table.drop_column("evidence")
        table.drop_column("means")
        table.drop_column("person_id")
    for table_name in ("elder_request", "person_address", "elder_profile"):
        op.drop_table(table_name)
