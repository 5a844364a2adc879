"""Addresses that carry a search or a wish on to the next page."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import urlencode

from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.shared.spans import text_from_minute

Value = str | int | date | None | Iterable[str | int | date]


def address(path: str, **fields: Value) -> str:
    """`path?name=value…`; None and empty fields are left out, lists are repeated."""
    pairs = []
    for name, value in fields.items():
        values = [value] if isinstance(value, (str, int, date)) or value is None else list(value)
        pairs += [(name.rstrip("_"), str(one)) for one in values if one not in (None, "")]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def wish_fields(wish: CareWish) -> dict[str, Value]:
    """The wish as the fields of its form."""
    fields: dict[str, Value] = {
        "child_id": wish.child_ids,
        "kind": wish.kind.value,
        "half": wish.half,
        "start": None if wish.start is None else text_from_minute(wish.start),
        "end": None if wish.end is None else text_from_minute(wish.end),
    }
    if wish.pattern is None:
        return {**fields, "date": wish.days}
    days = wish.pattern.days
    return {
        **fields,
        "weekdays": sorted(wish.pattern.weekdays),
        "from_": days.first,
        "to": days.last,
        "working_weekends": "1" if wish.with_working_weekends else None,
    }
