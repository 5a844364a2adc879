"""Addresses with their fields."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

Value = str | int | date | None | Iterable[str | int | date]


def address(path: str, **fields: Value) -> str:
    """`path?name=value…`; None and empty fields are left out, lists are repeated.

    A trailing underscore of a name is dropped (`from_` is sent as `from`).
    """
    pairs = []
    for name, value in fields.items():
        values = [value] if isinstance(value, (str, int, date)) or value is None else list(value)
        pairs += [(name.rstrip("_"), str(one)) for one in values if one not in (None, "")]
    return f"{path}?{urlencode(pairs)}" if pairs else path
