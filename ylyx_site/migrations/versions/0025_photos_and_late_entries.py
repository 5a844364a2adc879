"""serving: elders' photographs by consent, and why a meal was entered on a later day."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "meal_handover",
        sa.Column("late_reason", sa.String(length=100), server_default="", nullable=False),
    )
    op.create_table(
        "eater_photo",
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("consent_id", sa.Integer(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_eater_photo_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["consent_id"], ["consent.id"], name=op.f("fk_eater_photo_consent_id_consent")
        ),
        sa.ForeignKeyConstraint(
            ["added_by"], ["account.id"], name=op.f("fk_eater_photo_added_by_account")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_eater_photo")),
    )


def downgrade() -> None:
    op.drop_table("eater_photo")
    with op.batch_alter_table("meal_handover") as table:
        table.drop_column("late_reason")
