"""notices: messages, where to send them, what each account has chosen."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KINDS = ("family_care", "guardians", "account")
CHANNELS = ("site", "sms", "email")


def upgrade() -> None:
    op.create_table(
        "account_channel",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "kind", sa.Enum(*CHANNELS, name="channel", native_enum=False, length=24), nullable=False
        ),
        sa.Column("address_sealed", sa.Text(), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("account_id", "kind", name=op.f("pk_account_channel")),
    )
    op.create_table(
        "notice_preference",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "kind", sa.Enum(*KINDS, name="noticekind", native_enum=False, length=24), nullable=False
        ),
        sa.Column(
            "channel",
            sa.Enum(*CHANNELS, name="channel", native_enum=False, length=24),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("account_id", "kind", name=op.f("pk_notice_preference")),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum(*KINDS, name="noticekind", native_enum=False, length=24), nullable=False
        ),
        sa.Column("sentence", sa.String(length=200), nullable=False),
        sa.Column("filling", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=200), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_key", sa.String(length=120), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sender", sa.String(length=20), server_default="", nullable=False),
        sa.Column("tries", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("code", name=op.f("uq_notice_code")),
        sa.UniqueConstraint("key", name=op.f("uq_notice_key")),
    )
    op.create_index("ix_notice_account_id_planned_at", "notice", ["account_id", "planned_at"])
    op.create_index(op.f("ix_notice_message_key"), "notice", ["message_key"])
    _partial("ix_notice_unread", ["account_id"], "read_at IS NULL")
    _partial("ix_notice_due", ["due_at"], "due_at IS NOT NULL")
    _partial("ix_notice_gathering", ["account_id", "subject"], "due_at IS NOT NULL")


def _partial(name: str, columns: list[str], only: str) -> None:
    condition = sa.text(only)
    op.create_index(name, "notice", columns, sqlite_where=condition, postgresql_where=condition)


def downgrade() -> None:
    op.drop_table("notice")
    op.drop_table("notice_preference")
    op.drop_table("account_channel")
