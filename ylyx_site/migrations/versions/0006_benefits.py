"""benefits: rules, counters of limits made at first use, groups and divisions of people."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

GROUPS = (
    "destitute", "minimum_living", "low_income", "living_alone", "empty_nest", "left_behind",
    "disabled_care", "disability", "family_planning", "basic_care",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "benefit_rule",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column(
            "service",
            sa.Enum("meal", "childcare", name="service", native_enum=False, length=24),
            nullable=False,
        ),
        sa.Column(
            "payer",
            sa.Enum(
                "city", "district", "town", "facility", "charity",
                name="payer", native_enum=False, length=24,
            ),
            nullable=False,
        ),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code", "valid_from", name=op.f("pk_benefit_rule")),
    )  # fmt: skip
    op.create_table(
        "place_counter",
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "0 <= taken AND taken <= capacity", name=op.f("ck_place_counter_never_overdrawn")
        ),
        sa.PrimaryKeyConstraint("name", "period_start", name=op.f("pk_place_counter")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "person_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "group", sa.Enum(*GROUPS, name="group", native_enum=False, length=24), nullable=False
        ),
        sa.Column("evidence", sa.String(length=120), nullable=False),
        sa.Column("verified_by", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_person_group_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["verified_by"], ["account.id"], name=op.f("fk_person_group_verified_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_group")),
    )
    op.create_index(op.f("ix_person_group_person_id"), "person_group", ["person_id"])
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("hukou_division", sa.String(length=12), nullable=True))
        batch.add_column(sa.Column("residence_division", sa.String(length=12), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("person") as batch:
        batch.drop_column("residence_division")
        batch.drop_column("hukou_division")
    op.drop_table("person_group")
    op.drop_table("place_counter")
    op.drop_table("benefit_rule")
