"""attendance: who came and left, absences, health checks at the door."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("care_day", sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "attendance",
        _day(),
        sa.Column("arrived_by", sa.Integer(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_by", sa.Integer(), nullable=True),
        sa.Column("left_with", sa.String(length=24), nullable=False),
        sa.Column("forgotten", sa.Boolean(), nullable=False),
        sa.Column("entered_back", sa.Boolean(), nullable=False),
        *_step(),
        *_keys("attendance"),
        sa.ForeignKeyConstraint(
            ["arrived_by"], ["account.id"], name=op.f("fk_attendance_arrived_by_account")
        ),
        sa.ForeignKeyConstraint(
            ["left_by"], ["account.id"], name=op.f("fk_attendance_left_by_account")
        ),
    )
    op.create_index(
        "ix_attendance_open",
        "attendance",
        ["care_day_id"],
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )
    op.create_table(
        "absence",
        _day(),
        sa.Column("told_by", sa.Integer(), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_staff", sa.Boolean(), nullable=False),
        sa.Column("reason_sealed", sa.Text(), nullable=True),
        *_step(),
        *_keys("absence"),
        sa.ForeignKeyConstraint(
            ["told_by"], ["account.id"], name=op.f("fk_absence_told_by_account")
        ),
    )
    op.create_table(
        "health_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("care_day_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("result", sa.String(length=24), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_check")),
        sa.ForeignKeyConstraint(
            ["care_day_id"], ["care_day.id"], name=op.f("fk_health_check_care_day_id_care_day")
        ),
        sa.ForeignKeyConstraint(
            ["by_id"], ["account.id"], name=op.f("fk_health_check_by_id_account")
        ),
    )
    op.create_index("ix_health_check_care_day_id", "health_check", ["care_day_id"])


def _day() -> sa.Column[int]:
    return sa.Column("care_day_id", sa.Integer(), autoincrement=False, nullable=False)


def _step() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("step", sa.String(length=64), nullable=True),
        sa.Column("step_by", sa.Integer(), nullable=True),
        sa.Column("step_at", sa.DateTime(timezone=True), nullable=True),
    )


def _keys(table: str) -> tuple[sa.Constraint, ...]:
    return (
        sa.PrimaryKeyConstraint("care_day_id", name=op.f(f"pk_{table}")),
        sa.ForeignKeyConstraint(
            ["care_day_id"], ["care_day.id"], name=op.f(f"fk_{table}_care_day_id_care_day")
        ),
    )


def downgrade() -> None:
    for table in ("health_check", "absence", "attendance"):
        op.drop_table(table)
    op.drop_column("care_day", "arrived_at")
