"""entry: papers, cases, the district's table of diseases; handover: who may fetch a child."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

PAPERS = ("agreement", "health_check", "vaccination", "deferral", "return")
STATES = ("waiting", "confirmed", "returned", "replaced")
REASONS = ("unreadable", "other_child", "other_paper", "too_old", "incomplete")


def upgrade() -> None:
    _diseases()
    _papers()
    _handover()
    with op.batch_alter_table("attendance") as batch:
        batch.add_column(sa.Column("handed_sealed", sa.Text(), nullable=True))


def _diseases() -> None:
    op.create_table(
        "disease",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=30), nullable=False),
        sa.Column("days", sa.SmallInteger(), nullable=False),
        sa.Column("needs_paper", sa.Boolean(), nullable=False),
        _instant("ended_at"),
        sa.CheckConstraint("0 <= days AND days <= 365", name=op.f("ck_disease_days")),
        _to("disease", "division_code", "division", "code"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_disease")),
        sa.UniqueConstraint("division_code", "name", name=op.f("uq_disease_division_code_name")),
    )
    op.create_table(
        "district_entry",
        sa.Column("division_code", sa.String(length=12), nullable=False),
        sa.Column("away_months", sa.SmallInteger(), nullable=False),
        sa.Column("keep_months", sa.SmallInteger(), nullable=False),
        _to("district_entry", "division_code", "division", "code"),
        sa.PrimaryKeyConstraint("division_code", name=op.f("pk_district_entry")),
    )
    op.create_table(
        "child_case",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("fell_ill_on", sa.Date(), nullable=False),
        sa.Column("back_on", sa.Date(), nullable=False),
        sa.Column("needs_paper", sa.Boolean(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        _instant("recorded_at", nullable=False),
        _instant("ended_at"),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        _to("child_case", "child_id", "person"),
        _to("child_case", "facility_id", "facility"),
        _to("child_case", "recorded_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_case")),
    )
    op.create_index(op.f("ix_child_case_child_id"), "child_case", ["child_id"])


def _papers() -> None:
    op.create_table(
        "child_paper",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        _kind("kind", "paperkind", PAPERS, nullable=False),
        _kind("state", "paperstate", STATES, nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=True),
        _instant("filed_at", nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("version", sa.String(length=20), nullable=False),
        sa.Column("signed_by", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        _instant("decided_at"),
        sa.Column("decided_where", sa.Integer(), nullable=True),
        _kind("reason", "returnreason", REASONS, nullable=True),
        _to("child_paper", "case_id", "child_case"),
        _to("child_paper", "child_id", "person"),
        _to("child_paper", "decided_by", "account"),
        _to("child_paper", "decided_where", "facility"),
        _to("child_paper", "facility_id", "facility"),
        _to("child_paper", "signed_by", "account"),
        _to("child_paper", "uploaded_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_paper")),
    )
    op.create_index("ix_child_paper_child_id_kind", "child_paper", ["child_id", "kind"])
    op.create_table(
        "paper_picture",
        sa.Column("paper_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _to("paper_picture", "paper_id", "child_paper"),
        sa.PrimaryKeyConstraint("paper_id", name=op.f("pk_paper_picture")),
    )


def _handover() -> None:
    op.create_table(
        "pickup_adult",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("added_by", sa.Integer(), nullable=False),
        _instant("added_at", nullable=False),
        _instant("ended_at"),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        _to("pickup_adult", "added_by", "account"),
        _to("pickup_adult", "child_id", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_adult")),
    )
    op.create_index(op.f("ix_pickup_adult_child_id"), "pickup_adult", ["child_id"])
    op.create_table(
        "pickup_photo",
        sa.Column("adult_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        _instant("consent_at", nullable=False),
        _to("pickup_photo", "adult_id", "pickup_adult"),
        sa.PrimaryKeyConstraint("adult_id", name=op.f("pk_pickup_photo")),
    )
    op.create_table(
        "pickup_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        _instant("made_at", nullable=False),
        sa.Column("tries", sa.SmallInteger(), server_default="0", nullable=False),
        _instant("used_at"),
        _instant("ended_at"),
        _to("pickup_code", "child_id", "person"),
        _to("pickup_code", "made_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_code")),
    )
    op.create_index("ix_pickup_code_child_id_day", "pickup_code", ["child_id", "day"])
    op.create_table(
        "pickup_block",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("child_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("facility_id", sa.Integer(), nullable=True),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=False),
        _instant("recorded_at", nullable=False),
        _instant("ended_at"),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        _to("pickup_block", "account_id", "account"),
        _to("pickup_block", "child_id", "person"),
        _to("pickup_block", "facility_id", "facility"),
        _to("pickup_block", "recorded_by", "account"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_block")),
    )
    op.create_index(op.f("ix_pickup_block_child_id"), "pickup_block", ["child_id"])


def _instant(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _kind(name: str, enum: str, values: tuple[str, ...], *, nullable: bool) -> sa.Column[str]:
    kind = sa.Enum(*values, name=enum, native_enum=False, length=24)
    return sa.Column(name, kind, nullable=nullable)


def _to(table: str, column: str, other: str, key: str = "id") -> sa.ForeignKeyConstraint:
    name = f"fk_{table}_{column}_{other}"
    return sa.ForeignKeyConstraint([column], [f"{other}.{key}"], name=op.f(name))


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
