"""What the ledger answers when there is no place."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ylyx_site.shared.refusals import N_, Refusal

if TYPE_CHECKING:
    from ylyx_site.places.rules import OverDay


class FullSlot(NamedTuple):
    """A half hour in which a resource has not enough left."""

    resource_id: int
    day: date
    slot: int


class Full(Refusal):
    """Some half hour of what was wanted has no place left."""

    sentence = N_("这一时段已经满了。请换个时间，或看看附近的机构。")

    def __init__(self, slots: list[FullSlot]) -> None:
        super().__init__()
        self.slots = slots


class AlreadySomewhere(Refusal):
    """Somebody is already somewhere in that time."""

    sentence = N_("孩子在这个时间已经约了别处。请先取消那一个，或换个时间。")
    status = 422

    def __init__(self, clashes: list[tuple[int, date]]) -> None:
        super().__init__()
        self.clashes = clashes


class LedgerBrokenError(RuntimeError):
    """A bug: more was given back than had been taken, or a day was never published."""


class OverBooked(Refusal):
    """A change that would leave less than is booked; shown by day, to be confirmed or not."""

    sentence = N_("这样改以后，有些日子约的孩子比能收的多。请看清楚是哪些天，再决定是否保存。")

    def __init__(self, days: "list[OverDay]") -> None:
        super().__init__()
        self.days = days


class Spent(Refusal):
    """A limit that is counted at use has not enough left; `counters` are (name, period start)."""

    sentence = N_("这项优惠的次数或额度刚刚用完了。请看一下新的价格，再确认一次。")
    status = 409

    def __init__(self, counters: list[tuple[str, date]]) -> None:
        super().__init__()
        self.counters = counters
