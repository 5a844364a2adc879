"""What is true of ordered meals at every moment, as SQL; see `invariants`."""

MEAL_INVARIANTS = {
    "a person's meal carries benefits once": """
SELECT a.person_id, a.day, a.meal FROM ordered_meal a JOIN ordered_meal b
  ON b.person_id = a.person_id AND b.day = a.day AND b.meal = a.meal AND b.id > a.id
WHERE a.state = 'ordered' AND b.state = 'ordered' AND a.benefit_fen > 0 AND b.benefit_fen > 0
""",
    "a meal's money is its portions and its benefits": """
SELECT m.id FROM ordered_meal m
WHERE m.goods_fen <> (SELECT coalesce(sum(p.number * p.price_fen), 0)
                      FROM meal_portion p WHERE p.meal_id = m.id)
   OR m.benefit_fen <> (SELECT coalesce(sum(b.fen), 0) FROM meal_benefit b WHERE b.meal_id = m.id)
   OR (m.benefit_fen > 0 AND NOT m.holds_meal)
""",
    "every order has its meals and its journal entry": """
SELECT o.code FROM meal_order o
WHERE NOT EXISTS (SELECT 1 FROM ordered_meal m WHERE m.order_id = o.id)
   OR 1 <> (SELECT count(*) FROM journal_entry j
            WHERE j.action = 'meals.ordered' AND j.subject = 'order:' || o.code)
""",
}
