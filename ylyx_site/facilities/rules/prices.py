"""What a unit of care costs by a facility's prices."""

from collections.abc import Mapping

from ylyx_site.facilities.kinds import CareKind, Tariff

HALF_HOUR = 30


def price_fen(prices: Mapping[Tariff, int], kind: CareKind, half: str, minutes: int) -> int | None:
    """Return the price in fen of one day of care; None when the facility does not offer it.

    Hourly care is charged by half hours begun; an odd fen is rounded up. `half` is `am`, `pm` or
    empty; `minutes` matters for hourly care alone.
    """
    price = prices.get(_tariff(kind, half))
    if price is None or kind is not CareKind.HOURLY:
        return price
    half_hours = -(-minutes // HALF_HOUR)
    return (price * half_hours + 1) // 2


def _tariff(kind: CareKind, half: str) -> Tariff:
    if kind is CareKind.TEMPORARY:
        return Tariff.TEMPORARY_HALF if half else Tariff.TEMPORARY_DAY
    return {
        CareKind.FULL_DAY: Tariff.FULL_DAY,
        CareKind.HALF_DAY: Tariff.HALF_DAY,
        CareKind.HOURLY: Tariff.HOUR,
    }[kind]
