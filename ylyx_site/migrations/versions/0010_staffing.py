"""staffing: carers, certificates, the duty roster, and what the ledger reads of it."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "worker",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("phone_index", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_worker")),
        sa.UniqueConstraint("phone_index", name=op.f("uq_worker_phone_index")),
    )
    op.create_table(
        "carer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("worker_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column(
            "job",
            sa.Enum(
                "carer",
                "head",
                "nurse",
                "cook",
                "guard",
                "other",
                name="job",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("phone_sealed", sa.Text(), nullable=False),
        sa.Column("phone_tail", sa.String(length=4), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_carer_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_carer_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["worker_id"], ["worker.id"], name=op.f("fk_carer_worker_id_worker")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carer")),
        sa.UniqueConstraint(
            "facility_id",
            "worker_id",
            "started_on",
            name=op.f("uq_carer_facility_id_worker_id_started_on"),
        ),
    )
    op.create_index(op.f("ix_carer_worker_id"), "carer", ["worker_id"], unique=False)
    op.create_table(
        "roster_day",
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_roster_day_facility_id_facility")
        ),
        sa.PrimaryKeyConstraint("facility_id", "day", name=op.f("pk_roster_day")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "roster_start",
        sa.Column("facility_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_roster_start_facility_id_facility")
        ),
        sa.PrimaryKeyConstraint("facility_id", name=op.f("pk_roster_start")),
    )
    op.create_table(
        "roster_week",
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("monday", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_roster_week_facility_id_facility")
        ),
        sa.PrimaryKeyConstraint("facility_id", "monday", name=op.f("pk_roster_week")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "carer_certificate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("carer_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "health",
                "carer",
                "teacher",
                "first_aid",
                "other",
                name="certificatekind",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("number_sealed", sa.Text(), nullable=False),
        sa.Column("number_tail", sa.String(length=4), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["carer_id"], ["carer.id"], name=op.f("fk_carer_certificate_carer_id_carer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_carer_certificate")),
    )
    op.create_index(
        op.f("ix_carer_certificate_carer_id"), "carer_certificate", ["carer_id"], unique=False
    )
    op.create_table(
        "carers_on_duty",
        sa.Column("class_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("first", sa.SmallInteger(), nullable=False),
        sa.Column("end", sa.SmallInteger(), nullable=False),
        sa.Column("carers", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["class_id"], ["care_class.id"], name=op.f("fk_carers_on_duty_class_id_care_class")
        ),
        sa.PrimaryKeyConstraint("class_id", "day", "first", name=op.f("pk_carers_on_duty")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "duty_shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("carer_id", sa.Integer(), nullable=False),
        sa.Column("class_id", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts", sa.SmallInteger(), nullable=False),
        sa.Column("ends", sa.SmallInteger(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("duty", "training", "leave", name="shiftkind", native_enum=False, length=24),
            nullable=False,
        ),
        sa.CheckConstraint(
            "class_id IS NOT NULL OR kind <> 'duty'", name=op.f("ck_duty_shift_duty_in_a_class")
        ),
        sa.CheckConstraint(
            "0 <= starts AND starts < ends AND ends <= 1440", name=op.f("ck_duty_shift_a_span")
        ),
        sa.ForeignKeyConstraint(
            ["carer_id"], ["carer.id"], name=op.f("fk_duty_shift_carer_id_carer")
        ),
        sa.ForeignKeyConstraint(
            ["class_id"], ["care_class.id"], name=op.f("fk_duty_shift_class_id_care_class")
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_duty_shift_facility_id_facility")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty_shift")),
    )
    op.create_index("ix_duty_shift_carer_id_day", "duty_shift", ["carer_id", "day"], unique=False)
    op.create_index(
        "ix_duty_shift_facility_id_day", "duty_shift", ["facility_id", "day"], unique=False
    )


def downgrade() -> None:
    op.drop_table("carers_on_duty")
    op.drop_table("duty_shift")
    op.drop_table("carer_certificate")
    op.drop_table("roster_week")
    op.drop_table("roster_start")
    op.drop_table("roster_day")
    op.drop_table("carer")
    op.drop_table("worker")
