"""serving: meals handed over, neighbours' codes, cards, guests; kitchen: samples, nurseries."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("ordered_meal", sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "meal_handover",
        _number("ordered_meal_id", autoincrement=False),
        _number("facility_id"),
        sa.Column("day", sa.Date(), nullable=False),
        _word("how"),
        _word("means"),
        _instant("at"),
        _number("by_id"),
        sa.Column("step", sa.String(length=64), nullable=True),
        _number("price_fen", nullable=True),
        _number("taken_fen"),
        sa.Column("was_nobody", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(price_fen IS NULL) = (how = 'nobody')",
            name=op.f("ck_meal_handover_price_when_served"),
        ),
        sa.PrimaryKeyConstraint("ordered_meal_id", name=op.f("pk_meal_handover")),
        _key("meal_handover", "ordered_meal_id", "ordered_meal"),
        _key("meal_handover", "facility_id", "facility"),
        _key("meal_handover", "by_id", "account"),
    )
    op.create_index("ix_meal_handover_facility_day", "meal_handover", ["facility_id", "day"])
    _undone()
    op.create_table(
        "neighbour_code",
        _number("ordered_meal_id", autoincrement=False),
        sa.Column("seed", sa.String(length=32), nullable=False),
        _number("made_by"),
        _instant("made_at"),
        sa.Column("tries", sa.SmallInteger(), nullable=False),
        _instant("used_at", nullable=True),
        sa.PrimaryKeyConstraint("ordered_meal_id", name=op.f("pk_neighbour_code")),
        _key("neighbour_code", "ordered_meal_id", "ordered_meal"),
        _key("neighbour_code", "made_by", "account"),
    )
    op.create_table(
        "eater_card",
        _number("person_id", autoincrement=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        _number("made_by"),
        _instant("made_at"),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_eater_card")),
        sa.UniqueConstraint("code", name=op.f("uq_eater_card_code")),
        _key("eater_card", "person_id", "person"),
        _key("eater_card", "made_by", "account"),
    )
    _guests()
    _kitchen()


def _undone() -> None:
    op.create_table(
        "meal_handover_undone",
        _number("id"),
        _number("ordered_meal_id"),
        _number("facility_id"),
        sa.Column("day", sa.Date(), nullable=False),
        _word("how"),
        _number("handed_by"),
        _instant("undone_at"),
        _number("undone_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_handover_undone")),
        _key("meal_handover_undone", "ordered_meal_id", "ordered_meal"),
        _key("meal_handover_undone", "facility_id", "facility"),
        _key("meal_handover_undone", "handed_by", "account"),
        _key("meal_handover_undone", "undone_by", "account"),
    )
    op.create_index(
        "ix_meal_handover_undone_facility_day", "meal_handover_undone", ["facility_id", "day"]
    )


def _guests() -> None:
    op.create_table(
        "guest_meal",
        _number("id"),
        _number("facility_id"),
        _number("kitchen_id"),
        sa.Column("day", sa.Date(), nullable=False),
        _word("meal"),
        _word("serving"),
        _number("dish_id", nullable=True),
        _number("set_id", nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        _number("price_fen"),
        _instant("sold_at"),
        _number("sold_by"),
        _instant("undone_at", nullable=True),
        _number("undone_by", nullable=True),
        sa.CheckConstraint(
            "(dish_id IS NULL) <> (set_id IS NULL)", name=op.f("ck_guest_meal_dish_or_set")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_guest_meal_some")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guest_meal")),
        _key("guest_meal", "facility_id", "facility"),
        _key("guest_meal", "kitchen_id", "facility"),
        _key("guest_meal", "dish_id", "dish"),
        _key("guest_meal", "set_id", "meal_set"),
        _key("guest_meal", "sold_by", "account"),
        _key("guest_meal", "undone_by", "account"),
    )
    op.create_index("ix_guest_meal_facility_day", "guest_meal", ["facility_id", "day"])


def _kitchen() -> None:
    op.create_table(
        "food_sample",
        _number("id"),
        _number("facility_id"),
        sa.Column("day", sa.Date(), nullable=False),
        _word("meal"),
        _number("dish_id"),
        _number("grams"),
        sa.Column("tenths", sa.SmallInteger(), nullable=False),
        sa.Column("box", sa.String(length=20), nullable=False),
        _instant("taken_at"),
        _number("taken_by"),
        _instant("disposed_at", nullable=True),
        _number("disposed_by", nullable=True),
        sa.CheckConstraint("grams >= 125", name=op.f("ck_food_sample_enough")),
        sa.CheckConstraint("tenths BETWEEN 0 AND 80", name=op.f("ck_food_sample_cold")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_food_sample")),
        sa.UniqueConstraint(
            "facility_id", "day", "meal", "dish_id",
            name=op.f("uq_food_sample_facility_id_day_meal_dish_id"),
        ),
        _key("food_sample", "facility_id", "facility"),
        _key("food_sample", "dish_id", "dish"),
        _key("food_sample", "taken_by", "account"),
        _key("food_sample", "disposed_by", "account"),
    )  # fmt: skip
    op.create_table(
        "cooks_for",
        _number("kitchen_id"),
        _number("nursery_id"),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("kitchen_id", "nursery_id", "from_day", name=op.f("pk_cooks_for")),
        _key("cooks_for", "kitchen_id", "facility"),
        _key("cooks_for", "nursery_id", "facility"),
    )
    op.create_index(op.f("ix_cooks_for_nursery_id"), "cooks_for", ["nursery_id"])


def _number(name: str, *, nullable: bool = False, autoincrement: bool = True) -> sa.Column[int]:
    if autoincrement:
        return sa.Column(name, sa.Integer(), nullable=nullable)
    return sa.Column(name, sa.Integer(), autoincrement=False, nullable=nullable)


def _word(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=24), nullable=False)


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
