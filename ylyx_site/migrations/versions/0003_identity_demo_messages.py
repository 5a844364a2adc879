"""identity: messages shown in demo mode, and from which address a code was asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "demo_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demo_message")),
    )
    op.create_index(op.f("ix_demo_message_sent_at"), "demo_message", ["sent_at"])
    with op.batch_alter_table("one_time_code") as table:
        table.add_column(
            sa.Column("address", sa.String(length=64), nullable=False, server_default="")
        )
        table.create_index(op.f("ix_one_time_code_address"), ["address"])


def downgrade() -> None:
    with op.batch_alter_table("one_time_code") as table:
        table.drop_index(op.f("ix_one_time_code_address"))
        table.drop_column("address")
    op.drop_index(op.f("ix_demo_message_sent_at"), table_name="demo_message")
    op.drop_table("demo_message")
