"""childcare: who wrote a booking down for a caller, and why after the limit for adding."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("care_booking", sa.Column("booked_by", sa.Integer(), nullable=True))
    op.add_column(
        "care_booking",
        sa.Column("late_reason", sa.String(length=60), server_default="", nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
