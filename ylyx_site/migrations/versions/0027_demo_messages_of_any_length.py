"""identity: what the demo would have sent may hold a link of its own, and English is longer."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("demo_message") as table:
        table.alter_column(
            "text", existing_type=sa.String(length=200), type_=sa.Text(), existing_nullable=False
        )


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
