"""counter: meals that a clerk let in after their cut-off."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "ordered_meal",
        sa.Column("late_reason", sa.String(length=60), server_default="", nullable=False),
    )
    op.add_column("ordered_meal", sa.Column("late_by", sa.Integer(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
