"""meals: drafts of menus, photographs of dishes, what is retired, what was withdrawn and why."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _let_menus_be_drafts()
    op.add_column("menu_item", sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
    for table in ("dish", "meal_set"):
        op.add_column(table, sa.Column("card_digest", sa.String(length=64), nullable=True))
        op.add_column(table, sa.Column("full_digest", sa.String(length=64), nullable=True))
        op.add_column(table, sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "menu_picture",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.SmallInteger(), nullable=False),
        sa.Column("height", sa.SmallInteger(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_menu_picture")),
    )
    op.create_table(
        "menu_withdrawal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("menu_id", sa.Integer(), nullable=False),
        sa.Column("dish_id", sa.Integer(), nullable=True),
        sa.Column("set_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=100), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{table}.id"], name=op.f(f"fk_menu_withdrawal_{column}_{table}")
            )
            for column, table in (
                ("menu_id", "menu_day"),
                ("dish_id", "dish"),
                ("set_id", "meal_set"),
                ("withdrawn_by", "account"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menu_withdrawal")),
    )
    op.create_index(op.f("ix_menu_withdrawal_menu_id"), "menu_withdrawal", ["menu_id"])
    op.create_table(
        "withdrawn_meal",
        sa.Column("meal_id", sa.Integer(), nullable=False),
        sa.Column("withdrawal_id", sa.Integer(), nullable=False),
        sa.Column("moved_to", sa.Integer(), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meal_id"], ["ordered_meal.id"], name=op.f("fk_withdrawn_meal_meal_id_ordered_meal")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawal_id"],
            ["menu_withdrawal.id"],
            name=op.f("fk_withdrawn_meal_withdrawal_id_menu_withdrawal"),
        ),
        sa.ForeignKeyConstraint(
            ["moved_to"], ["ordered_meal.id"], name=op.f("fk_withdrawn_meal_moved_to_ordered_meal")
        ),
        sa.PrimaryKeyConstraint("meal_id", name=op.f("pk_withdrawn_meal")),
    )
    op.create_index(op.f("ix_withdrawn_meal_withdrawal_id"), "withdrawn_meal", ["withdrawal_id"])


def _let_menus_be_drafts() -> None:
    """A draft has no `published_at`. On SQLite in place: a table drawn anew would lose its items."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("menu_day", "published_at", nullable=True)
        return
    op.add_column("menu_day", sa.Column("published", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE menu_day SET published = published_at")
    op.execute("ALTER TABLE menu_day DROP COLUMN published_at")
    op.execute("ALTER TABLE menu_day RENAME COLUMN published TO published_at")


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
