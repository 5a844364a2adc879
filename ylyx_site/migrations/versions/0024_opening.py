"""opening: hazards, days that were opened, care that an emergency has ended."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "care_closing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=100), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["class_id"], ["care_class.id"], name=op.f("fk_care_closing_class_id_care_class")
        ),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["account.id"], name=op.f("fk_care_closing_closed_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_care_closing_facility_id_facility")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_care_closing")),
    )
    op.create_index(
        op.f("ix_care_closing_facility_id"), "care_closing", ["facility_id"], unique=False
    )
    op.create_table(
        "closed_care",
        sa.Column("care_day_id", sa.Integer(), nullable=False),
        sa.Column("closing_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["care_day_id"], ["care_day.id"], name=op.f("fk_closed_care_care_day_id_care_day")
        ),
        sa.ForeignKeyConstraint(
            ["closing_id"], ["care_closing.id"],
            name=op.f("fk_closed_care_closing_id_care_closing"),
        ),
        sa.PrimaryKeyConstraint("care_day_id", name=op.f("pk_closed_care")),
        sqlite_with_rowid=False,
    )  # fmt: skip
    op.create_index(op.f("ix_closed_care_closing_id"), "closed_care", ["closing_id"], unique=False)
    op.create_table(
        "hazard",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("found_by", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("how", sa.String(length=200), server_default="", nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["closed_by"], ["account.id"], name=op.f("fk_hazard_closed_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_hazard_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["found_by"], ["account.id"], name=op.f("fk_hazard_found_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hazard")),
    )
    op.create_index(op.f("ix_hazard_facility_id"), "hazard", ["facility_id"], unique=False)
    op.create_table(
        "opened_day",
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("not_good", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_opened_day_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["opened_by"], ["account.id"], name=op.f("fk_opened_day_opened_by_account")
        ),
        sa.PrimaryKeyConstraint("facility_id", "day", name=op.f("pk_opened_day")),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    for table in ("opened_day", "hazard", "closed_care", "care_closing"):
        op.drop_table(table)
