"""facilities: how many children are enrolled, as the nursery reports."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("facility") as batch:
        batch.add_column(sa.Column("enrolled_reported", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("enrolled_reported_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("facility") as batch:
        batch.drop_column("enrolled_reported_on")
        batch.drop_column("enrolled_reported")
