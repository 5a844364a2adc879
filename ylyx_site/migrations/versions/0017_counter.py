"""counter: who is known to a desk, papers filed there, orders written down by a clerk."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KINDS = ("consent", "binding", "withdrawal", "erasure")


def upgrade() -> None:
    op.add_column(
        "ordered_meal",
        sa.Column("late_reason", sa.String(length=60), server_default="", nullable=False),
    )
    op.add_column("ordered_meal", sa.Column("late_by", sa.Integer(), nullable=True))
    op.add_column(
        "meal_order",
        sa.Column("by_desk", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_table(
        "desk_person",
        sa.Column("facility_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("met_by", sa.Integer(), nullable=False),
        sa.Column("met_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_desk_person_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_desk_person_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["met_by"], ["account.id"], name=op.f("fk_desk_person_met_by_account")
        ),
        sa.PrimaryKeyConstraint("facility_id", "person_id", name=op.f("pk_desk_person")),
    )
    op.create_table(
        "desk_paper",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum(*KINDS, name="paperkind", native_enum=False, length=24), nullable=False
        ),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("photo_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("filed_by", sa.Integer(), nullable=False),
        sa.Column("filed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_desk_paper_facility_id_facility")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_desk_paper_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["filed_by"], ["account.id"], name=op.f("fk_desk_paper_filed_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_desk_paper")),
    )
    op.create_index(
        "ix_desk_paper_facility_person", "desk_paper", ["facility_id", "person_id"], unique=False
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
