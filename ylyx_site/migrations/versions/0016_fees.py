"""childcare: benefits of a day of care; attendance: daily notes; fees: terms, receipts, closings."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "care_day", sa.Column("benefit_fen", sa.Integer(), server_default="0", nullable=False)
    )
    _care_benefit()
    _daily_note()
    _fee_terms()
    _fee_receipt()
    _fee_closing()
    # Rules imported before there was a stamp are read under the first one.
    op.execute(
        "INSERT INTO stamp (name, number)"
        " SELECT 'benefits', 1 WHERE EXISTS (SELECT 1 FROM benefit_rule)"
    )
    # A clause may have 400 characters: a longer one than 200 failed on PostgreSQL.
    with op.batch_alter_table(
        "meal_benefit", table_args=(sa.CheckConstraint("fen > 0", name="ck_meal_benefit_some"),)
    ) as batch:
        batch.alter_column(
            "clause", type_=sa.String(length=400), existing_type=sa.String(length=200),
            existing_nullable=False,
        )  # fmt: skip


def _care_benefit() -> None:
    op.create_table(
        "care_benefit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("care_day_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("rule_code", sa.String(length=60), nullable=False),
        sa.Column("rule_version", sa.Date(), nullable=False),
        sa.Column("payer", sa.String(length=24), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("clause", sa.String(length=400), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.CheckConstraint("fen > 0", name=op.f("ck_care_benefit_some")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_benefit")),
        _key("care_benefit", "care_day_id", "care_day"),
    )
    op.create_index("ix_care_benefit_care_day_id", "care_benefit", ["care_day_id"])


def _daily_note() -> None:
    op.create_table(
        "daily_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("care_day_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_daily_note")),
        _key("daily_note", "care_day_id", "care_day"),
        _key("daily_note", "by_id", "account"),
    )
    op.create_index("ix_daily_note_care_day_id", "daily_note", ["care_day_id"])


def _fee_terms() -> None:
    op.create_table(
        "fee_terms",
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in (
                "late_grace", "late_step", "late_step_fen", "meal_fen", "meal_minute",
                "told_days_before", "told_minute", "told_back", "untold_back", "month_fen",
            )
        ),
        sa.CheckConstraint(
            "told_back BETWEEN 0 AND 100 AND untold_back BETWEEN 0 AND 100",
            name=op.f("ck_fee_terms_percent"),
        ),
        sa.CheckConstraint("late_step > 0", name=op.f("ck_fee_terms_step")),
        sa.PrimaryKeyConstraint("facility_id", "from_day", name=op.f("pk_fee_terms")),
        _key("fee_terms", "facility_id", "facility"),
    )  # fmt: skip


def _fee_receipt() -> None:
    op.create_table(
        "fee_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("means", sa.String(length=24), nullable=False),
        sa.Column("note", sa.String(length=100), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("fen <> 0", name=op.f("ck_fee_receipt_some")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee_receipt")),
        sa.UniqueConstraint(
            "facility_id", "number", name=op.f("uq_fee_receipt_facility_id_number")
        ),
        _key("fee_receipt", "facility_id", "facility"),
        _key("fee_receipt", "child_id", "person"),
        _key("fee_receipt", "recorded_by", "account"),
    )
    op.create_index("ix_fee_receipt_child_id", "fee_receipt", ["child_id"])


def _fee_closing() -> None:
    op.create_table(
        "fee_closing",
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("facility_id", "month", name=op.f("pk_fee_closing")),
        _key("fee_closing", "facility_id", "facility"),
        _key("fee_closing", "closed_by", "account"),
    )
    for table, more in (("fee_frozen", ()), ("fee_correction", ("about_month",))):
        op.create_table(
            table,
            sa.Column("facility_id", sa.Integer(), nullable=False),
            sa.Column("month", sa.String(length=7), nullable=False),
            sa.Column("child_id", sa.Integer(), nullable=False),
            *(sa.Column(name, sa.String(length=7), nullable=False) for name in more),
            sa.Column("fen", sa.Integer(), nullable=False),
            *(() if more else (sa.Column("body", sa.Text(), nullable=False),)),
            sa.PrimaryKeyConstraint(
                "facility_id", "month", "child_id", *more, name=op.f(f"pk_{table}")
            ),
            sa.ForeignKeyConstraint(
                ["facility_id", "month"], ["fee_closing.facility_id", "fee_closing.month"],
                name=op.f(f"fk_{table}_facility_id_month_fee_closing"),
            ),
            _key(table, "child_id", "person"),
        )  # fmt: skip
        op.create_index(f"ix_{table}_child_id", table, ["child_id"])


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
