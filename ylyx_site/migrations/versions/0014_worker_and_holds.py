"""worker and holds: when each sweep ran, places kept while a form is filled in, texts from staff."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

CHANNELS = ("site", "sms", "email")

# As 0005, and before it says that something lacks, it gives back what expired holds keep of the
# wanted days: a hold that has run out counts as free whether or not a worker has tidied up. Only
# whoever would otherwise be refused pays for it. The function of 0005 stays for processes that
# were started before this migration.
TAKE = """
CREATE FUNCTION places_take(
  resources int[], days date[], firsts int[], ends int[], counts int[], at timestamptz
)
RETURNS TABLE (resource_id int, day date, slot int)
LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM places_lacking(resources, days, firsts, ends, counts)) THEN
    PERFORM places_release(resources, days, at);
    RETURN QUERY SELECT * FROM places_lacking(resources, days, firsts, ends, counts);
    IF FOUND THEN
      RETURN;
    END IF;
  END IF;
  FOR i IN 1 .. cardinality(resources) LOOP
    PERFORM 1 FROM place_day h
      WHERE h.resource_id = resources[i] AND h.day = days[i] FOR UPDATE;
  END LOOP;
  FOR i IN 1 .. cardinality(resources) LOOP
    RETURN QUERY
      WITH moved AS (
        UPDATE place_slot s
        SET taken = s.taken + counts[i], capacity = greatest(s.wanted, s.taken + counts[i])
        WHERE s.resource_id = resources[i] AND s.day = days[i]
          AND s.slot >= firsts[i] AND s.slot < ends[i]
          AND s.taken + counts[i] <= s.capacity
        RETURNING s.slot AS n
      )
      SELECT resources[i], days[i], g.n
      FROM generate_series(firsts[i], ends[i] - 1) AS g(n)
      WHERE g.n NOT IN (SELECT m.n FROM moved m);
  END LOOP;
END $$
"""

LACKING = """
CREATE FUNCTION places_lacking(
  resources int[], days date[], firsts int[], ends int[], counts int[]
)
RETURNS TABLE (resource_id int, day date, slot int)
LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 1 .. cardinality(resources) LOOP
    RETURN QUERY
      SELECT resources[i], days[i], g.n
      FROM generate_series(firsts[i], ends[i] - 1) AS g(n)
      WHERE g.n NOT IN (
        SELECT s.slot FROM place_slot s
        WHERE s.resource_id = resources[i] AND s.day = days[i]
          AND s.slot >= firsts[i] AND s.slot < ends[i]
          AND s.taken + counts[i] <= s.capacity
      );
  END LOOP;
END $$
"""

# Holds are locked before headers, here as everywhere; one that somebody else has in hand is about
# to be booked or released, and left alone. Headers of what is given back and of what will be taken
# are locked together, in order.
RELEASE = """
CREATE FUNCTION places_release(resources int[], days date[], at timestamptz)
RETURNS int
LANGUAGE plpgsql AS $$
DECLARE
  over int[];
BEGIN
  SELECT array_agg(locked.id) INTO over FROM (
    SELECT h.id FROM place_hold h
    WHERE h.ended_at IS NULL AND h.expires_at <= at AND h.id IN (
      SELECT c.hold_id FROM place_hold_claim c
      WHERE (c.resource_id, c.day) IN (SELECT * FROM unnest(resources, days)))
    ORDER BY h.id FOR UPDATE SKIP LOCKED
  ) AS locked;
  IF over IS NULL THEN
    RETURN 0;
  END IF;
  PERFORM 1 FROM place_day d
    WHERE (d.resource_id, d.day) IN (
      SELECT * FROM unnest(resources, days)
      UNION SELECT c.resource_id, c.day FROM place_hold_claim c WHERE c.hold_id = ANY(over))
    ORDER BY d.resource_id, d.day FOR UPDATE;
  UPDATE place_slot s
    SET taken = s.taken - kept.places, capacity = greatest(s.wanted, s.taken - kept.places)
    FROM (
      SELECT c.resource_id, c.day, g.n, sum(c.places) AS places
      FROM place_hold_claim c CROSS JOIN LATERAL generate_series(c.first, c.stop - 1) AS g(n)
      WHERE c.hold_id = ANY(over) GROUP BY c.resource_id, c.day, g.n
    ) AS kept
    WHERE s.resource_id = kept.resource_id AND s.day = kept.day AND s.slot = kept.n;
  DELETE FROM place_hold_claim c WHERE c.hold_id = ANY(over);
  UPDATE place_hold h SET ended_at = at WHERE h.id = ANY(over);
  RETURN cardinality(over);
END $$
"""


def upgrade() -> None:
    _worker()
    _holds()
    _notices()
    if op.get_bind().dialect.name == "postgresql":
        for function in (LACKING, RELEASE, TAKE):
            op.execute(function)


def _worker() -> None:
    op.create_table(
        "worker_beat",
        sa.Column("sweep", sa.String(length=60), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("backlog", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=60), server_default="", nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("sweep", name=op.f("pk_worker_beat")),
        sqlite_with_rowid=False,
    )


def _holds() -> None:
    op.create_table(
        "place_hold_terms",
        sa.Column("facility_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_place_hold_terms_facility_id_facility")
        ),
        sa.PrimaryKeyConstraint("facility_id", name=op.f("pk_place_hold_terms")),
    )
    op.create_table(
        "place_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("extended", sa.Boolean(), nullable=False),
        sa.Column("is_offer", sa.Boolean(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_place_hold_account_id_account")
        ),
        sa.ForeignKeyConstraint(
            ["facility_id"], ["facility.id"], name=op.f("fk_place_hold_facility_id_facility")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_place_hold")),
    )
    op.create_index("ix_place_hold_account_id_held_at", "place_hold", ["account_id", "held_at"])
    live = sa.text("ended_at IS NULL AND NOT is_offer")
    op.create_index(
        "uq_place_hold_live", "place_hold", ["facility_id", "account_id"],
        unique=True, sqlite_where=live, postgresql_where=live,
    )  # fmt: skip
    op.create_table(
        "place_hold_claim",
        sa.Column("hold_id", sa.Integer(), nullable=False),
        sa.Column("resource_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("first", sa.SmallInteger(), nullable=False),
        sa.Column("stop", sa.SmallInteger(), nullable=False),
        sa.Column("places", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["hold_id"], ["place_hold.id"], name=op.f("fk_place_hold_claim_hold_id_place_hold")
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"],
            ["place_resource.id"],
            name=op.f("fk_place_hold_claim_resource_id_place_resource"),
        ),
        sa.PrimaryKeyConstraint(
            "hold_id", "resource_id", "day", "first", name=op.f("pk_place_hold_claim")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_place_hold_claim_resource_id_day", "place_hold_claim", ["resource_id", "day"]
    )


def _notices() -> None:
    op.create_table(
        "address_code",
        sa.Column("account_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column(
            "kind", sa.Enum(*CHANNELS, name="channel", native_enum=False, length=24), nullable=False
        ),
        sa.Column("address_sealed", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account_id", "kind", name=op.f("pk_address_code")),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("facility_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(length=120), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("families", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("code", name=op.f("uq_announcement_code")),
    )
    op.create_index(
        "ix_announcement_facility_id_sent_at", "announcement", ["facility_id", "sent_at"]
    )


def downgrade() -> None:
    raise NotImplementedError("Migrations go up only: restore a backup instead.")
