"""Which figures a month of the district has. Pure; what each one means stands in `words`."""

import enum


class Figure(enum.StrEnum):
    """A figure that leads to the rows it is counted from."""

    # Nurseries: a child's day of care is one row.
    BOOKED = "booked"
    CAME = "came"
    ABSENT = "absent"
    UNRECORDED = "unrecorded"
    EXPECTED = "expected"
    FORGOTTEN = "forgotten"
    CARE_BENEFIT = "care_benefit"  # fen
    CASES = "cases"
    RECEIPTS = "receipts"  # fen
    # Canteens: a person's meal is one row.
    ORDERED = "ordered"
    DINE_IN = "dine_in"
    COLLECTED = "collected"
    DELIVERED = "delivered"
    NEIGHBOUR = "neighbour"
    NOBODY = "nobody"
    UNSERVED = "unserved"
    TO_COME = "to_come"
    GUESTS = "guests"
    MEAL_BENEFIT = "meal_benefit"  # fen
    OWN = "own"  # fen
    CORRECTIONS = "corrections"  # fen


CARE = tuple(Figure)[: tuple(Figure).index(Figure.ORDERED)]
MEALS = tuple(Figure)[tuple(Figure).index(Figure.ORDERED) :]
MONEY = frozenset({
    Figure.CARE_BENEFIT, Figure.RECEIPTS, Figure.MEAL_BENEFIT, Figure.OWN, Figure.CORRECTIONS,
})  # fmt: skip
# These parts add up to the first: whoever reads the sheet can check it.
PARTS = {
    Figure.BOOKED: (Figure.CAME, Figure.ABSENT, Figure.UNRECORDED, Figure.EXPECTED),
    Figure.ORDERED: (
        Figure.DINE_IN, Figure.COLLECTED, Figure.DELIVERED, Figure.NEIGHBOUR, Figure.NOBODY,
        Figure.UNSERVED, Figure.TO_COME,
    ),
}  # fmt: skip
