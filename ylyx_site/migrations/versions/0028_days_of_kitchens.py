"""meals: what a kitchen cooks on a day, and whose menus a day has, are found without all days."""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_ordered_meal_kitchen_day", "ordered_meal", ["kitchen_id", "day"])
    op.create_index("ix_menu_day_day", "menu_day", ["day"])


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
