"""identity: invitations to work at a facility."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

ROLES = (
    "head", "carer", "canteen_manager", "clerk", "courier",
    "health_supervisor", "civil_supervisor", "administrator",
)  # fmt: skip


def upgrade() -> None:
    op.create_table(
        "staff_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column(
            "role", sa.Enum(*ROLES, name="role", native_enum=False, length=24), nullable=False
        ),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"],
            name=op.f("fk_staff_invitation_facility_id_facility"),
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["account.id"], name=op.f("fk_staff_invitation_invited_by_account")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_invitation")),
    )  # fmt: skip
    op.create_index(
        op.f("ix_staff_invitation_facility_id"), "staff_invitation", ["facility_id"], unique=False
    )
    op.create_index(op.f("ix_staff_invitation_phone"), "staff_invitation", ["phone"], unique=False)


def downgrade() -> None:
    op.drop_table("staff_invitation")
