"""waiting: who waits for what, the offers, the queue's ledger, the rule as data."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    _entries()
    _offers()
    _lines()
    _rules()


def _entries() -> None:
    op.create_table(
        "waiting_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("half", sa.String(length=4), nullable=False),
        sa.Column("starts", sa.SmallInteger(), nullable=True),
        sa.Column("ends", sa.SmallInteger(), nullable=True),
        sa.Column("together", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("joined_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_entry")),
        sa.UniqueConstraint("code", name=op.f("uq_waiting_entry_code")),
        _key("waiting_entry", "account_id", "account"),
    )
    op.create_index(op.f("ix_waiting_entry_account_id"), "waiting_entry", ["account_id"])
    op.create_index(op.f("ix_waiting_entry_ended_at"), "waiting_entry", ["ended_at"])
    op.create_table(
        "waiting_house",
        *_numbers("entry_id", "facility_id", "number"),
        sa.Column("joined_at", INSTANT, nullable=False),
        *_hours(),
        sa.PrimaryKeyConstraint("entry_id", "facility_id", name=op.f("pk_waiting_house")),
        sa.UniqueConstraint(
            "facility_id", "number", name=op.f("uq_waiting_house_facility_id_number")
        ),
        _key("waiting_house", "entry_id", "waiting_entry"),
        _key("waiting_house", "facility_id", "facility"),
    )
    op.create_table(
        "waiting_day",
        *_numbers("entry_id"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "day", name=op.f("pk_waiting_day")),
        _key("waiting_day", "entry_id", "waiting_entry"),
    )
    op.create_table(
        "waiting_child",
        *_numbers("entry_id", "child_id"),
        sa.PrimaryKeyConstraint("entry_id", "child_id", name=op.f("pk_waiting_child")),
        _key("waiting_child", "entry_id", "waiting_entry"),
        _key("waiting_child", "child_id", "person"),
    )
    op.create_index(op.f("ix_waiting_child_child_id"), "waiting_child", ["child_id"])


def _offers() -> None:
    op.create_table(
        "waiting_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        *_numbers("entry_id", "facility_id", "hold_id"),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("offered_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("booking_code", sa.String(length=12), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_offer")),
        sa.UniqueConstraint("code", name=op.f("uq_waiting_offer_code")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_waiting_offer_token_hash")),
        _key("waiting_offer", "entry_id", "waiting_entry"),
        _key("waiting_offer", "facility_id", "facility"),
    )
    op.create_index(op.f("ix_waiting_offer_entry_id"), "waiting_offer", ["entry_id"])
    op.create_index(
        "uq_waiting_offer_open", "waiting_offer", ["entry_id"],
        unique=True, sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip
    op.create_index(
        "ix_waiting_offer_due", "waiting_offer", ["facility_id", "expires_at"],
        sqlite_where=OPEN, postgresql_where=OPEN,
    )  # fmt: skip
    op.create_table(
        "waiting_offered_day",
        *_numbers("offer_id", "child_id"),
        sa.Column("day", sa.Date(), nullable=False),
        *_numbers("class_id"),
        *_hours(),
        *_numbers("price_fen"),
        sa.PrimaryKeyConstraint("offer_id", "child_id", "day", name=op.f("pk_waiting_offered_day")),
        _key("waiting_offered_day", "offer_id", "waiting_offer"),
        _key("waiting_offered_day", "child_id", "person"),
        _key("waiting_offered_day", "class_id", "care_class"),
    )


def _lines() -> None:
    op.create_table(
        "queue_line",
        sa.Column("id", sa.Integer(), nullable=False),
        *_numbers("facility_id"),
        sa.Column("at", INSTANT, nullable=False),
        *_numbers("number"),
        sa.Column("event", sa.String(length=24), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("starts", sa.SmallInteger(), nullable=True),
        sa.Column("ends", sa.SmallInteger(), nullable=True),
        sa.Column("children", sa.SmallInteger(), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=True),
        sa.Column("until", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=24), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_line")),
        _key("queue_line", "facility_id", "facility"),
    )
    op.create_index("ix_queue_line_facility_id_id", "queue_line", ["facility_id", "id"])


def _rules() -> None:
    op.create_table(
        "queue_priority_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=True),
        sa.Column("division_code", sa.String(length=12), nullable=True),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("paper", sa.String(length=100), nullable=False),
        sa.Column("rank", sa.SmallInteger(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(facility_id IS NULL) <> (division_code IS NULL)",
            name=op.f("ck_queue_priority_group_one_scope"),
        ),
        sa.CheckConstraint(
            "0 < rank AND rank < 100", name=op.f("ck_queue_priority_group_before_the_others")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_queue_priority_group")),
        _key("queue_priority_group", "facility_id", "facility"),
    )
    op.create_index(
        op.f("ix_queue_priority_group_facility_id"), "queue_priority_group", ["facility_id"]
    )
    op.create_table(
        "queue_priority_claim",
        *_numbers("entry_id", "group_id", "facility_id"),
        sa.Column("claimed_at", INSTANT, nullable=False),
        sa.Column("paper", sa.String(length=100), nullable=False),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", INSTANT, nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint(
            "entry_id", "group_id", "facility_id", name=op.f("pk_queue_priority_claim")
        ),
        _key("queue_priority_claim", "entry_id", "waiting_entry"),
        _key("queue_priority_claim", "group_id", "queue_priority_group"),
        _key("queue_priority_claim", "facility_id", "facility"),
    )
    op.create_table(
        "queue_terms",
        sa.Column("scope", sa.String(length=24), nullable=False),
        *_numbers("most_waiting", "most_per_child", "answer_minutes"),
        sa.PrimaryKeyConstraint("scope", name=op.f("pk_queue_terms")),
    )


def _numbers(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _hours() -> list[sa.Column[int]]:
    return [sa.Column(name, sa.SmallInteger(), nullable=False) for name in ("starts", "ends")]


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        [column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}")
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
