"""A wish as the fields of an address, to carry it on to the next page."""

from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.shared.addresses import Value
from ylyx_site.shared.spans import text_from_minute


def wish_fields(wish: CareWish) -> dict[str, Value]:
    """The wish as the fields of its form."""
    fields: dict[str, Value] = {
        "child_id": wish.child_ids,
        "kind": wish.kind.value,
        "half": wish.half,
        "start": None if wish.start is None else text_from_minute(wish.start),
        "end": None if wish.end is None else text_from_minute(wish.end),
    }
    if wish.instead is not None:
        fields |= {"instead_of": wish.instead.code, "instead_day": wish.instead.day}
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
