"""Addresses with their fields."""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from urllib.parse import quote_plus

Value = str | int | date | None | Iterable[str | int | date]


def address(path: str, **fields: Value) -> str:
    """`path?name=value…`; None and empty fields are left out, lists are repeated.

    A trailing underscore of a name is dropped (`from_` is sent as `from`).
    """
    pairs = []
    for name, value in fields.items():
        values = [value] if isinstance(value, (str, int, date)) or value is None else list(value)
        pairs += [
            f"{name.rstrip('_')}={_quoted(str(one))}" for one in values if one not in (None, "")
        ]
    return f"{path}?{'&'.join(pairs)}" if pairs else path


_quoted = lru_cache(maxsize=4096)(quote_plus)  # a page has the same few values in each address
