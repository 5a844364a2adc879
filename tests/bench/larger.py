"""A district many times as large, made in bulk: the rows of each table once more, renumbered."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ylyx_site.shared.db import db

STEP = 11_000_003  # between the numbers of a row and of its copy
TABLES = {
    "account", "consent", "person", "bond", "facility", "facility_opening",
    "registered_places", "care_class", "class_cap", "care_price", "carers_on_duty",
    "place_resource", "place_day", "place_slot", "canteen_terms", "meal_terms", "dish",
    "meal_set", "set_dish", "menu_day", "menu_item", "care_booking", "care_day", "attendance",
    "busy_day", "meal_order", "ordered_meal", "meal_portion", "journal_entry",
}  # fmt: skip
WORDS = {  # what is unique but no number: a word made of the number, as long as the original
    "account.phone": ("", 15_000_000_000),
    "facility.credit_code": ("TENFOLD", 10_000_000_000),
    "care_booking.code": ("C", 10_000_000_000),
    "meal_order.code": ("M", 10_000_000_000),
}
NUMBERS = {  # of rows, though no foreign key says so
    "place_resource.owner_id", "busy_day.who_id", "consent.person_id", "journal_entry.facility_id",
    "care_booking.booked_by",
}  # fmt: skip
EMPTY = {"person.id_number_index", "journal_entry.number", "journal_entry.seal"}


def enlarge(session: Session, times: int) -> None:
    """Make the district `times` as large; what is told of it to the planner is new too."""
    if times == 1:
        return
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("SET LOCAL statement_timeout = 0"))
    for table in db.metadata.sorted_tables:
        if table.name in TABLES:
            session.execute(_copies(table, times))


def _copies(table: sa.Table, times: int) -> sa.Insert:
    copies = sa.values(sa.column("n", sa.BigInteger), name="copies").data(
        [(n,) for n in range(1, times)]
    )
    once_each = table.join(copies, sa.true())
    columns = _columns(table, copies.c.n * STEP)
    names = [column.name for column in table.columns]
    return sa.insert(table).from_select(names, sa.select(*columns).select_from(once_each))


def _columns(table: sa.Table, step: sa.ColumnElement[int]) -> Iterator[sa.ColumnElement[Any]]:
    for column in table.columns:
        name = f"{table.name}.{column.name}"
        if name in EMPTY:
            yield sa.null()
        elif name in WORDS:
            word, base = WORDS[name]
            yield sa.literal(word) + sa.cast(table.c.id + step + base, sa.String)
        else:
            yield column + step if name in NUMBERS or _is_numbered(column) else column


def _is_numbered(column: sa.Column[Any]) -> bool:
    if not isinstance(column.type, sa.Integer):
        return False
    targets = {one.column.table.name for one in column.foreign_keys}
    return bool(targets & TABLES) or (column.primary_key and column.name == "id")
