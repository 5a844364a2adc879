"""What is true of the rows at every moment between two transactions, as SQL for both databases.

Each query finds the rows that break its sentence; run after each race, and in the state machine.
"""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.house.meal_invariants import MEAL_INVARIANTS
from ylyx_site.journal.sealing import verify
from ylyx_site.ledger import findings

HALF_HOURS = """
WITH RECURSIVE half_hour(slot) AS (
  SELECT 0 UNION ALL SELECT slot + 1 FROM half_hour WHERE slot < 47
), claimed AS (
  SELECT resource_id, day, slot, sum(number) AS claims FROM (
    SELECT r.id AS resource_id, d.day, h.slot, 1 AS number
    FROM care_day d
    JOIN place_resource r ON (r.kind = 'facility' AND r.owner_id = d.facility_id)
                          OR (r.kind = 'class' AND r.owner_id = d.class_id)
    JOIN half_hour h ON h.slot * 30 < d.ends AND (h.slot + 1) * 30 > d.starts
    WHERE d.state = 'booked'
    UNION ALL
    SELECT c.resource_id, c.day, h.slot, c.places
    FROM place_hold_claim c JOIN half_hour h ON h.slot >= c.first AND h.slot < c.stop
  ) AS of_care GROUP BY resource_id, day, slot
  UNION ALL
  SELECT resource_id, day, slot, sum(number) FROM (
    SELECT r.id AS resource_id, m.day,
      CASE m.meal WHEN 'breakfast' THEN 0 WHEN 'lunch' THEN 1 ELSE 2 END AS slot,
      p.number AS number
    FROM ordered_meal m JOIN meal_portion p ON p.meal_id = m.id
    JOIN place_resource r ON (r.kind = 'dish' AND r.owner_id = p.dish_id)
                          OR (r.kind = 'meal_set' AND r.owner_id = p.set_id)
    WHERE m.state = 'ordered'
    UNION ALL
    SELECT r.id, m.day, CASE m.meal WHEN 'breakfast' THEN 0 WHEN 'lunch' THEN 1 ELSE 2 END, 1
    FROM ordered_meal m JOIN place_resource r ON r.owner_id = m.facility_id AND r.kind =
      CASE m.serving WHEN 'dine_in' THEN 'seats' WHEN 'pick_up' THEN 'pick_ups'
                     ELSE 'deliveries' END
    WHERE m.state = 'ordered'
  ) AS of_meals GROUP BY resource_id, day, slot
)
"""

INVARIANTS = {
    "taken is what live bookings claim": HALF_HOURS
    + """
SELECT p.resource_id, p.day, p.slot, p.taken, c.claims
FROM place_slot p LEFT JOIN claimed c
  ON c.resource_id = p.resource_id AND c.day = p.day AND c.slot = p.slot
WHERE p.taken <> coalesce(c.claims, 0)
""",
    "every live booking stands on published half hours": HALF_HOURS
    + """
SELECT c.resource_id, c.day, c.slot FROM claimed c LEFT JOIN place_slot p
  ON c.resource_id = p.resource_id AND c.day = p.day AND c.slot = p.slot
WHERE p.slot IS NULL
""",
    "no more are taken than there is room": """
SELECT resource_id, day, slot, taken, capacity FROM place_slot
WHERE taken < 0 OR taken > capacity OR capacity < wanted
""",
    "no child has overlapping live bookings": """
SELECT a.child_id, a.day, a.id, b.id FROM care_day a JOIN care_day b
  ON b.child_id = a.child_id AND b.day = a.day AND b.id > a.id
  AND a.starts < b.ends AND b.starts < a.ends
WHERE a.state = 'booked' AND b.state = 'booked'
""",
    "every key has its effect": """
SELECT k.key, k.answer FROM form_key k
WHERE k.answer LIKE '/childcare/bookings/%'
  AND NOT EXISTS (SELECT 1 FROM care_booking b WHERE b.code = substr(k.answer, 21))
""",
    "every booking has its days and its journal entry": """
SELECT b.code FROM care_booking b
WHERE NOT EXISTS (SELECT 1 FROM care_day d WHERE d.booking_id = b.id)
   OR 1 <> (SELECT count(*) FROM journal_entry j
            WHERE j.action = 'childcare.booked' AND j.subject = 'booking:' || b.code)
""",
    "a day's facility is its booking's and its class's": """
SELECT d.id FROM care_day d
JOIN care_booking b ON b.id = d.booking_id JOIN care_class c ON c.id = d.class_id
WHERE d.facility_id <> b.facility_id OR d.facility_id <> c.facility_id
""",
    "what has ended says when and by whom, and nothing else does": """
SELECT id FROM care_day
WHERE (state = 'booked') <> (ended_at IS NULL) OR (ended_at IS NULL) <> (ended_by IS NULL)
   OR ends <= starts OR price_fen < 0
""",
    "consent is older than the child's record": """
SELECT p.id FROM person p JOIN consent c ON c.id = p.consent_id WHERE c.given_at > p.created_at
""",
    "no telephone number stands outside its column": """
SELECT j.id FROM journal_entry j JOIN account a
  ON j.subject LIKE '%' || a.phone || '%' OR j.detail LIKE '%' || a.phone || '%'
""",
}


def broken(session: Session) -> list[str]:
    """The sentences that do not hold, each with its first wrong row; empty when all is well."""
    found = [
        f"{sentence}: {tuple(row)}"
        for sentence, query in (INVARIANTS | MEAL_INVARIANTS).items()
        if (row := session.execute(sa.text(query)).first()) is not None
    ]
    why = verify(session).why
    return found + findings(session) + ([why] if why else [])
