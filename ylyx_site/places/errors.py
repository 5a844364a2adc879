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


class NotHeldHere(Refusal):
    """The nursery does not keep places while a form is filled in."""

    sentence = N_("这家托育机构不提供先留位。请直接确认预约。")


class HoldsNothing(Refusal):
    """There is nothing in the wish that could be kept."""

    sentence = N_("这些日子现在都约不了，没有可以先留的位。请换个日子。")


class HeldTooWide(Refusal):
    """More than one account may keep at a time."""

    sentence = N_("一次最多先留 %(most)d 个孩子·天。请少选几天，或直接确认预约。")


class HeldTooOften(Refusal):
    """The account holds at too many nurseries, or too often within the hour."""

    sentence = N_("您这一小时里先留位的次数太多了。请直接确认预约，或过一会儿再来。")


class HoldOver(Refusal):
    """The hold has run out, was extended before, or never was."""

    sentence = N_(
        "不能再延长了：留位的时间已到，或者已经延长过一次。请直接确认预约，有位就能约上。"
    )
