"""Why a day of care cannot be booked, changed or cancelled: each says what to do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ylyx_site.shared.refusals import N_, Refusal, Stale


class DayRefusal(Refusal):
    """Why one day cannot be booked; shown at the date, or beside the day in a preview."""

    field = "date"


class PastDay(DayRefusal):
    """The day, or the hour, is over."""

    sentence = N_("这个时间已经过去了。请选以后的时间。")


class NotYetPublished(DayRefusal):
    """Further ahead than places are published."""

    sentence = N_("现在只能约到 %(month)d 月 %(day)d 日。请选近一点的日子，过几天再约后面的。")


class NothingPublished(DayRefusal):
    """The nursery has no places on offer at all."""

    sentence = N_("这家机构还没有开放预约。请打电话给机构，或看看附近的机构。")


class NotBookedOnline(DayRefusal):
    """The nursery is not filed yet."""

    sentence = N_("这家机构正在备案，暂不能网上预约。请打电话给机构，或看看附近的机构。")


class Shut(DayRefusal):
    """The nursery is shut on that day."""

    sentence = N_("这一天机构休息。请换一天，或看看别的机构。")


class HolidayShut(DayRefusal):
    """A public holiday."""

    sentence = N_("这一天是法定节假日，机构放假。请换一天。")


class WeekendWorked(DayRefusal):
    """A weekend worked by 调休 on which the nursery opens: offered, not forced."""

    sentence = N_("这个周末调休上班，机构开门。要约请勾选“调休上班日也约”。")


class ClosureShut(DayRefusal):
    """The nursery declared a closure."""

    sentence = N_("机构这一天停托：%(reason)s。请换一天，或看看别的机构。")


class OutsideOpening(DayRefusal):
    """Before opening or after closing."""

    sentence = N_("机构这一天只开 %(hours)s。请把时间改在这之内。")
    field = "start"


class TooLateToAdd(DayRefusal):
    """Past the limit for adding."""

    sentence = N_("这一天已经过了预约截止时间。请换一天，或选计时托、临时托。")


class TooYoung(DayRefusal):
    """Younger than any class takes on that day."""

    sentence = N_(
        "到那一天孩子还不满 %(months)d 个月，这家机构还不能收。请换一家，或过些时候再约。"
    )


class TooOld(DayRefusal):
    """Three years old, or older than any class takes."""

    sentence = N_(
        "到那一天孩子已满 %(months)d 个月，超过这家机构收托的年龄。可以打电话问问幼儿园。"
    )


class NoClass(DayRefusal):
    """No class for that age, though younger and older ones exist."""

    sentence = N_("这家机构没有适合孩子那一天月龄的班。请看看附近的机构。")


class WrongClass(DayRefusal):
    """The class that was chosen does not take the child's age."""

    sentence = N_("孩子那一天的月龄不在这个班的范围内。请换一个班。")
    field = "class_id"


class NotOffered(DayRefusal):
    """The nursery sells no such care."""

    sentence = N_("这家机构不提供这种托育方式。请换一种方式，或看看别的机构。")
    field = "kind"


class AlreadyBooked(DayRefusal):
    """The child is somewhere at that time already."""

    sentence = N_("孩子在这个时间已经约好了。要换时间，请先取消原来的那一个。")


class DayFull(DayRefusal):
    """No place is left."""

    sentence = N_("这一时段已经满了。请换个时间，或看看附近的机构。")


class HalfMissing(DayRefusal):
    """Half-day care without morning or afternoon."""

    sentence = N_("请选上午还是下午。")
    field = "half"


class HoursMissing(DayRefusal):
    """Hourly care without hours."""

    sentence = N_("请填几点到几点。")
    field = "start"


class EndBeforeStart(DayRefusal):
    """The hours are the wrong way round."""

    sentence = N_("结束时间要晚于开始时间。")
    field = "end"


class OffGrid(DayRefusal):
    """Hourly care starts and ends on the half hour."""

    sentence = N_("计时托按半小时算。最近的时间是 %(before)s 或 %(after)s。")


class WrongLength(DayRefusal):
    """Hourly care is one to four hours."""

    sentence = N_("计时托一次最少 1 小时，最多 4 小时。更长请选半日托或全日托。")
    field = "end"


class NoDays(DayRefusal):
    """Nothing is left to book."""

    sentence = N_("没有可以约的日子。请看下面每一天的原因，换几天再试。")


class TooManyDays(DayRefusal):
    """More days than one form may book."""

    sentence = N_("一次最多约 %(most)d 天。请分几次约。")


class TooLateToChange(Refusal):
    """Past the limit for changing."""

    sentence = N_("原来那一天已经过了改时间的期限。请打电话给机构说明情况。")


class NothingToChange(Refusal):
    """The day to be changed is past, cancelled, or not of these children."""

    sentence = N_("原来那一天已经过去或取消了，不能再改。请直接约新的日子。")


class TooLateToCancel(Refusal):
    """Past the limit for cancelling."""

    sentence = N_("已经过了免费取消的时间。请打电话给机构说明情况。")


class NothingToCancel(Refusal):
    """All of it is past or cancelled already."""

    sentence = N_("没有可以取消的日子了：都已经过去，或者已经取消。")


class UndoOver(Refusal):
    """The ten minutes are over."""

    sentence = N_("预约满 10 分钟后不能撤销了。还可以按取消规则取消。")


class PriceChanged(Stale):
    """The price is not the one that was shown."""

    sentence = N_("您看的时候价格变了。请看一下新的价格，再确认一次。")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day that cannot be, and the sentence that says why."""

    day: date
    refusal: Refusal


class SomeDays(DayRefusal):
    """Several days were wanted and some cannot be: nothing was booked. Has the days."""

    sentence = N_("有的日子约不了，还没有预约任何一天。原因在下面，去掉这几天就可以提交。")

    def __init__(self, left_out: Sequence[LeftOut]) -> None:
        super().__init__()
        self.left_out = left_out
