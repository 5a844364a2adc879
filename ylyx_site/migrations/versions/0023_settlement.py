"""settlement: what was sent to the payers, line by line, and corrections."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

PAYS = ("city", "district", "town", "facility", "charity", "person", "fee")
SOURCES = ("meal", "correction")


def upgrade() -> None:
    pays = sa.Enum(*PAYS, name="pays", native_enum=False, length=24)
    op.create_table(
        "settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("purpose", sa.String(length=60), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_settlement_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["account.id"], name=op.f("fk_settlement_made_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement")),
        sa.UniqueConstraint(
            "facility_id", "month", "number", name=op.f("uq_settlement_facility_id_month_number")
        ),
    )
    op.create_table(
        "settlement_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("pays", pays, nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=100), nullable=False),
        sa.Column("entered_by", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("fen <> 0", name=op.f("ck_settlement_correction_some")),
        sa.ForeignKeyConstraint(
            ["entered_by"], ["account.id"],
            name=op.f("fk_settlement_correction_entered_by_account"),
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"],
            name=op.f("fk_settlement_correction_facility_id_facility"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_correction")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_settlement_correction_facility_id"), "settlement_correction", ["facility_id"],
        unique=False,
    )  # fmt: skip
    op.create_table(
        "settled_line",
        sa.Column("settlement_id", sa.Integer(), nullable=False),
        sa.Column(
            "source", sa.Enum(*SOURCES, name="source", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column("source_id", sa.Integer(), nullable=False),
        sa.Column("pays", pays, nullable=False),
        sa.Column("rule_code", sa.String(length=60), nullable=False),
        sa.Column("fen", sa.Integer(), nullable=False),
        sa.CheckConstraint("fen <> 0", name=op.f("ck_settled_line_some")),
        sa.ForeignKeyConstraint(
            ["settlement_id"], ["settlement.id"],
            name=op.f("fk_settled_line_settlement_id_settlement"),
        ),
        sa.PrimaryKeyConstraint(
            "settlement_id", "source", "source_id", "pays", "rule_code",
            name=op.f("pk_settled_line"),
        ),
        sqlite_with_rowid=False,
    )  # fmt: skip


def downgrade() -> None:
    for table in ("settled_line", "settlement_correction", "settlement"):
        op.drop_table(table)
