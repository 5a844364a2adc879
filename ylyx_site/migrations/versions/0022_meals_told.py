"""meals: which ordered meals were looked over for what the person avoids."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("ordered_meal", schema=None) as batch_op:
        batch_op.add_column(sa.Column("looked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index("ix_ordered_meal_looked_at_day", ["looked_at", "day"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("ordered_meal", schema=None) as batch_op:
        batch_op.drop_index("ix_ordered_meal_looked_at_day")
        batch_op.drop_column("looked_at")
