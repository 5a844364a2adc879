"""places: take and give back in one round trip on PostgreSQL."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# A look without a lock first: most losers of a rush leave there at no cost to the others. Then the
# headers in (resource, day) order: the half hours of one UPDATE are locked in heap order, so that
# sorting days alone would still deadlock. Rows come back for half hours that lack a place; the
# caller then rolls back. Negative counts give back.
TAKE = """
CREATE FUNCTION places_take(resources int[], days date[], firsts int[], ends int[], counts int[])
RETURNS TABLE (resource_id int, day date, slot int)
LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY
    SELECT w.r, w.d, g.n
    FROM unnest(resources, days, firsts, ends, counts) AS w(r, d, a, b, c)
    CROSS JOIN LATERAL generate_series(w.a, w.b - 1) AS g(n)
    LEFT JOIN place_slot s ON s.resource_id = w.r AND s.day = w.d AND s.slot = g.n
    WHERE s.slot IS NULL OR s.taken + w.c > s.capacity;
  IF FOUND THEN
    RETURN;
  END IF;
  PERFORM 1 FROM place_day h
    WHERE (h.resource_id, h.day) IN (SELECT * FROM unnest(resources, days))
    ORDER BY h.resource_id, h.day
    FOR UPDATE;
  RETURN QUERY
    WITH wanted AS (
      SELECT w.r, w.d, g.n, w.c
      FROM unnest(resources, days, firsts, ends, counts) AS w(r, d, a, b, c)
      CROSS JOIN LATERAL generate_series(w.a, w.b - 1) AS g(n)
    ), moved AS (
      UPDATE place_slot s
      SET taken = s.taken + w.c, capacity = greatest(s.wanted, s.taken + w.c)
      FROM wanted w
      WHERE s.resource_id = w.r AND s.day = w.d AND s.slot = w.n
        AND s.taken + w.c <= s.capacity
      RETURNING s.resource_id AS r, s.day AS d, s.slot AS n
    )
    SELECT w.r, w.d, w.n FROM wanted w
    LEFT JOIN moved m ON m.r = w.r AND m.d = w.d AND m.n = w.n
    WHERE m.n IS NULL;
END $$
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(TAKE)


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION places_take(int[], date[], int[], int[], int[])")
