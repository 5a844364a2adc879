"""meals: canteens' terms, dishes and menus, orders with their benefits, plans, payments."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "canteen_terms",
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("supplied_by", sa.Integer(), nullable=True),
        sa.Column("delivers", sa.Boolean(), nullable=False),
        sa.Column("delivery_fee_fen", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_canteen_terms_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["supplied_by"], ["facility.id"], name=op.f("fk_canteen_terms_supplied_by_facility")
        ),
        sa.PrimaryKeyConstraint("facility_id", name=op.f("pk_canteen_terms")),
    )
    with op.batch_alter_table("canteen_terms", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_canteen_terms_supplied_by"), ["supplied_by"], unique=False
        )

    op.create_table(
        "dish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("price_fen", sa.Integer(), nullable=False),
        sa.Column(
            "picture",
            sa.Enum(
                "set",
                "fish",
                "meat",
                "soup",
                "noodles",
                "rice",
                "vegetables",
                "porridge",
                "bun",
                name="picture",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("allergens", sa.String(length=120), nullable=False),
        sa.Column("diets", sa.String(length=120), nullable=False),
        sa.Column("ingredients", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_dish_facility_id_facility")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dish")),
    )
    with op.batch_alter_table("dish", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dish_facility_id"), ["facility_id"], unique=False)

    op.create_table(
        "meal_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("payer_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("ordered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_meal_order_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_meal_order_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["payer_id"], ["account.id"], name=op.f("fk_meal_order_payer_id_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_order")),
        sa.UniqueConstraint("code", name=op.f("uq_meal_order_code")),
    )
    with op.batch_alter_table("meal_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meal_order_account_id"), ["account_id"], unique=False)
        batch_op.create_index(
            "ix_meal_order_facility_ordered", ["facility_id", "ordered_at"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_meal_order_payer_id"), ["payer_id"], unique=False)

    op.create_table(
        "meal_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("price_fen", sa.Integer(), nullable=False),
        sa.Column(
            "picture",
            sa.Enum(
                "set",
                "fish",
                "meat",
                "soup",
                "noodles",
                "rice",
                "vegetables",
                "porridge",
                "bun",
                name="picture",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_meal_set_facility_id_facility")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_set")),
    )
    with op.batch_alter_table("meal_set", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meal_set_facility_id"), ["facility_id"], unique=False)

    op.create_table(
        "menu_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "meal",
            sa.Enum("breakfast", "lunch", "dinner", name="meal", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_menu_day_facility_id_facility")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menu_day")),
        sa.UniqueConstraint(
            "facility_id", "day", "meal", name=op.f("uq_menu_day_facility_id_day_meal")
        ),
    )
    op.create_table(
        "delivery_area",
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"],
            ["canteen_terms.facility_id"],
            name=op.f("fk_delivery_area_facility_id_canteen_terms"),
        ),
        sa.PrimaryKeyConstraint("facility_id", "division_code", name=op.f("pk_delivery_area")),
    )
    op.create_table(
        "meal_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column(
            "meal",
            sa.Enum("breakfast", "lunch", "dinner", name="meal", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("weekdays", sa.String(length=7), nullable=False),
        sa.Column(
            "wish",
            sa.Enum(
                "cheapest_set", "first_set", "named_set", name="wish", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column("set_id", sa.Integer(), nullable=True),
        sa.Column(
            "serving",
            sa.Enum("dine_in", "pick_up", "delivery", name="serving", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_meal_plan_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_meal_plan_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meal_plan_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["meal_set.id"], name=op.f("fk_meal_plan_set_id_meal_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_plan")),
        sa.UniqueConstraint("code", name=op.f("uq_meal_plan_code")),
    )
    with op.batch_alter_table("meal_plan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meal_plan_person_id"), ["person_id"], unique=False)

    op.create_table(
        "meal_terms",
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column(
            "meal",
            sa.Enum("breakfast", "lunch", "dinner", name="meal", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("serves_from", sa.Integer(), nullable=False),
        sa.Column("serves_to", sa.Integer(), nullable=False),
        sa.Column("cutoff_days_before", sa.Integer(), nullable=False),
        sa.Column("cutoff_minute", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("pick_ups", sa.Integer(), nullable=False),
        sa.Column("deliveries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"],
            ["canteen_terms.facility_id"],
            name=op.f("fk_meal_terms_facility_id_canteen_terms"),
        ),
        sa.PrimaryKeyConstraint("facility_id", "meal", name=op.f("pk_meal_terms")),
    )
    op.create_table(
        "menu_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("menu_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("dish_id", sa.Integer(), nullable=True),
        sa.Column("set_id", sa.Integer(), nullable=True),
        sa.Column("portions", sa.Integer(), nullable=False),
        sa.Column("price_fen", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(dish_id IS NULL) <> (set_id IS NULL)", name=op.f("ck_menu_item_dish_or_set")
        ),
        sa.CheckConstraint("price_fen >= 0", name=op.f("ck_menu_item_price_not_negative")),
        sa.ForeignKeyConstraint(["dish_id"], ["dish.id"], name=op.f("fk_menu_item_dish_id_dish")),
        sa.ForeignKeyConstraint(
            ["menu_id"], ["menu_day.id"], name=op.f("fk_menu_item_menu_id_menu_day")
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["meal_set.id"], name=op.f("fk_menu_item_set_id_meal_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_menu_item")),
        sa.UniqueConstraint("menu_id", "dish_id", name=op.f("uq_menu_item_menu_id_dish_id")),
        sa.UniqueConstraint("menu_id", "set_id", name=op.f("uq_menu_item_menu_id_set_id")),
    )
    with op.batch_alter_table("menu_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_menu_item_menu_id"), ["menu_id"], unique=False)

    op.create_table(
        "ordered_meal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("kitchen_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "meal",
            sa.Enum("breakfast", "lunch", "dinner", name="meal", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column(
            "serving",
            sa.Enum("dine_in", "pick_up", "delivery", name="serving", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("goods_fen", sa.Integer(), nullable=False),
        sa.Column("benefit_fen", sa.Integer(), nullable=False),
        sa.Column("fee_fen", sa.Integer(), nullable=False),
        sa.Column("holds_meal", sa.Boolean(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "ordered", "cancelled", "withdrawn", name="mealstate", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "goods_fen >= 0 AND benefit_fen >= 0 AND fee_fen >= 0 AND benefit_fen <= goods_fen",
            name=op.f("ck_ordered_meal_adds_up"),
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_ordered_meal_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["kitchen_id"], ["facility.id"], name=op.f("fk_ordered_meal_kitchen_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["meal_order.id"], name=op.f("fk_ordered_meal_order_id_meal_order")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_ordered_meal_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ordered_meal")),
    )
    with op.batch_alter_table("ordered_meal", schema=None) as batch_op:
        batch_op.create_index("ix_ordered_meal_facility_day", ["facility_id", "day"], unique=False)
        batch_op.create_index(batch_op.f("ix_ordered_meal_order_id"), ["order_id"], unique=False)
        batch_op.create_index("ix_ordered_meal_person_day", ["person_id", "day"], unique=False)

    op.create_table(
        "set_dish",
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("dish_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["dish_id"], ["dish.id"], name=op.f("fk_set_dish_dish_id_dish")),
        sa.ForeignKeyConstraint(
            ["set_id"], ["meal_set.id"], name=op.f("fk_set_dish_set_id_meal_set")
        ),
        sa.PrimaryKeyConstraint("set_id", "dish_id", name=op.f("pk_set_dish")),
    )
    op.create_table(
        "meal_benefit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meal_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("rule_code", sa.String(length=60), nullable=False),
        sa.Column("rule_version", sa.Date(), nullable=False),
        sa.Column("payer", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("clause", sa.String(length=200), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.CheckConstraint("fen > 0", name=op.f("ck_meal_benefit_some")),
        sa.ForeignKeyConstraint(
            ["meal_id"], ["ordered_meal.id"], name=op.f("fk_meal_benefit_meal_id_ordered_meal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_benefit")),
    )
    with op.batch_alter_table("meal_benefit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meal_benefit_meal_id"), ["meal_id"], unique=False)

    op.create_table(
        "meal_payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("meal_id", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "on_collection",
                "desk",
                "prepaid",
                "refund",
                "correction",
                name="paymentkind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("note", sa.String(length=100), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("fen <> 0", name=op.f("ck_meal_payment_some")),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_meal_payment_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["meal_id"], ["ordered_meal.id"], name=op.f("fk_meal_payment_meal_id_ordered_meal")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meal_payment_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["account.id"], name=op.f("fk_meal_payment_recorded_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_payment")),
        sa.UniqueConstraint(
            "facility_id", "number", name=op.f("uq_meal_payment_facility_id_number")
        ),
    )
    with op.batch_alter_table("meal_payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meal_payment_meal_id"), ["meal_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_meal_payment_person_id"), ["person_id"], unique=False)

    op.create_table(
        "meal_portion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meal_id", sa.Integer(), nullable=False),
        sa.Column("dish_id", sa.Integer(), nullable=True),
        sa.Column("set_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("number", sa.SmallInteger(), nullable=False),
        sa.Column("price_fen", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(dish_id IS NULL) <> (set_id IS NULL)", name=op.f("ck_meal_portion_dish_or_set")
        ),
        sa.CheckConstraint("number > 0", name=op.f("ck_meal_portion_some")),
        sa.ForeignKeyConstraint(
            ["dish_id"], ["dish.id"], name=op.f("fk_meal_portion_dish_id_dish")
        ),
        sa.ForeignKeyConstraint(
            ["meal_id"], ["ordered_meal.id"], name=op.f("fk_meal_portion_meal_id_ordered_meal")
        ),
        sa.ForeignKeyConstraint(
            ["set_id"], ["meal_set.id"], name=op.f("fk_meal_portion_set_id_meal_set")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_portion")),
    )
    with op.batch_alter_table("meal_portion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meal_portion_meal_id"), ["meal_id"], unique=False)

    op.create_table(
        "meal_rest",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["meal_plan.id"], name=op.f("fk_meal_rest_plan_id_meal_plan")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meal_rest")),
    )
    with op.batch_alter_table("meal_rest", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_meal_rest_plan_id"), ["plan_id"], unique=False)


def downgrade() -> None:
    op.drop_table("meal_rest")
    op.drop_table("meal_portion")
    op.drop_table("meal_payment")
    op.drop_table("meal_benefit")
    op.drop_table("set_dish")
    op.drop_table("ordered_meal")
    op.drop_table("menu_item")
    op.drop_table("meal_terms")
    op.drop_table("meal_plan")
    op.drop_table("delivery_area")
    op.drop_table("menu_day")
    op.drop_table("meal_set")
    op.drop_table("meal_order")
    op.drop_table("dish")
    op.drop_table("canteen_terms")
