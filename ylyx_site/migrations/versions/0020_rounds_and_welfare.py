"""rounds_and_welfare: checks on people, rounds with their couriers, stops and closures."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    _checks()
    _steps()
    _terms()
    _rounds()
    _stops()


def _checks() -> None:
    op.create_table(
        "welfare_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("meal_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meal", sa.String(length=24), nullable=False),
        sa.Column("why", sa.String(length=24), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("escalated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(length=24), nullable=True),
        sa.Column("words_sealed", sa.Text(), nullable=True),
        *_to("welfare_check", facility_id="facility.id", person_id="person.id"),
        *_to("welfare_check", meal_id="ordered_meal.id", opened_by="account.id"),
        *_to("welfare_check", ended_by="account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welfare_check")),
    )
    op.create_index(
        "uq_welfare_check_open", "welfare_check", ["person_id", "day", "meal"],
        unique=True, sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip
    op.create_index("ix_welfare_check_facility_day", "welfare_check", ["facility_id", "day"])
    op.create_index(op.f("ix_welfare_check_person_id"), "welfare_check", ["person_id"])
    op.create_index(op.f("ix_welfare_check_meal_id"), "welfare_check", ["meal_id"])


def _steps() -> None:
    op.create_table(
        "welfare_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("check_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("reached", sa.Boolean(), nullable=False),
        sa.Column("words_sealed", sa.Text(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        *_to("welfare_step", check_id="welfare_check.id", by_id="account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_welfare_step")),
    )
    op.create_index(op.f("ix_welfare_step_check_id"), "welfare_step", ["check_id"])


def _terms() -> None:
    op.create_table(
        "welfare_terms",
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("missed_after_minutes", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "missed_after_minutes BETWEEN 5 AND 240", name=op.f("ck_welfare_terms_some_minutes")
        ),
        *_to("welfare_terms", facility_id="facility.id"),
        sa.PrimaryKeyConstraint("facility_id", name=op.f("pk_welfare_terms")),
    )


def _rounds() -> None:
    op.create_table(
        "delivery_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        *_to("delivery_round", facility_id="facility.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_round")),
    )
    op.create_index(op.f("ix_delivery_round_facility_id"), "delivery_round", ["facility_id"])
    op.create_table(
        "round_courier",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        *_to("round_courier", round_id="delivery_round.id", account_id="account.id"),
        sa.PrimaryKeyConstraint("round_id", "account_id", name=op.f("pk_round_courier")),
    )
    op.create_index(op.f("ix_round_courier_account_id"), "round_courier", ["account_id"])
    op.create_table(
        "round_closure",
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meal", sa.String(length=24), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.Integer(), nullable=False),
        *_to("round_closure", round_id="delivery_round.id", closed_by="account.id"),
        sa.PrimaryKeyConstraint("round_id", "day", "meal", name=op.f("pk_round_closure")),
    )


def _stops() -> None:
    op.create_table(
        "round_stop",
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *_to("round_stop", facility_id="facility.id", person_id="person.id"),
        *_to("round_stop", round_id="delivery_round.id"),
        sa.PrimaryKeyConstraint("facility_id", "person_id", name=op.f("pk_round_stop")),
    )
    op.create_index(
        "ix_round_stop_round_id_position", "round_stop", ["round_id", "position"]
    )  # fmt: skip


def _to(table: str, **columns: str) -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint(
            [column], [aim], name=op.f(f"fk_{table}_{column}_{aim.partition('.')[0]}")
        )
        for column, aim in columns.items()
    ]


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
