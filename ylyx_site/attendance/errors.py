"""Why something cannot be written down: each says what to do now."""

from ylyx_site.shared.refusals import N_, Refusal


class NoDay(Refusal):
    """An absence without a day."""

    sentence = N_("请选哪一天请假。")
    field = "date"


class NothingToExcuse(Refusal):
    """The day is over, cancelled, or told already."""

    sentence = N_("这一天不用请假了：已经过去、已经取消，或者已经请过假。")


class ChildIsHere(Refusal):
    """The child has arrived."""

    sentence = N_("孩子已经到园，不能再请假。要提前接走，请跟老师说一声。")


class PlaceGone(Refusal):
    """An absence is taken back and somebody else has the place."""

    sentence = N_("这个位子已经让给别的家庭，请假撤不回来了。请家长另约时间，或者先调整名额。")


class ChildElsewhere(Refusal):
    """An absence is taken back and the child is booked somewhere else then."""

    sentence = N_("孩子在这个时间另有预约，请假撤不回来了。请先跟家长确认。")


class AlreadyArrived(Refusal):
    """The arrival is on record."""

    sentence = N_("已经记过到园了。记错了请撤销，或用“补记”更正。")


class NotHere(Refusal):
    """Nobody leaves who is not here."""

    sentence = N_("孩子不在园里：还没有到，或者已经离园。记错了请用“补记”更正。")


class ChooseTaker(Refusal):
    """A child is handed over to somebody."""

    sentence = N_("请选是谁来接孩子。不在名单上的人，请先打电话给家长核对。")
    field = "taker"


class NotATaker(Refusal):
    """Neither guardian nor authorised on this day, or blocked since the page was opened."""

    sentence = N_("这个人现在不能接孩子：授权已经取消、过期，或者名单刚刚变了。请重新打开这一页。")
    field = "taker"


class TakenWithoutNetwork(Refusal):
    """A tap kept without a network, for somebody who may not take the child any more."""

    sentence = N_(
        "没有网络时点的离园没有记上：这个人现在不能接孩子。已经通知园长和监护人，请马上给他们打电话。"
    )
    field = "taker"


class OnlyTheHead(Refusal):
    """Somebody who is not on the list is the head's decision."""

    sentence = N_("只有园长可以把孩子交给名单以外的人。请叫园长来办。")


class ReasonForTaker(Refusal):
    """The head says who it is and why."""

    sentence = N_("请写接的人的姓名，和为什么交给这个人。")
    field = "reason"


class NotToday(Refusal):
    """A tap is for today; other days are entered with their time."""

    sentence = N_("这里只记今天的。过去的日子请用“补记”，以后的日子到当天再记。")


class FirstRecheck(Refusal):
    """37.3 °C or more, or something was seen, and no recheck has been all right."""

    sentence = N_("晨检有异常，先不入园。请隔开复测，复测正常才能记“到了”，同时联系家长。")


class RecheckNeedsTemperature(Refusal):
    """After something was wrong, one tap is not enough."""

    sentence = N_("上一次检查有异常，这次请量体温后填写。")
    field = "temperature"


class ImpossibleTemperature(Refusal):
    """Nobody has such a temperature."""

    sentence = N_("体温要在 34.0 到 42.9 之间，例如 36.5。")
    field = "temperature"


class UndoOver(Refusal):
    """The ten minutes are over."""

    sentence = N_("超过 10 分钟，不能撤销了。请用“补记”更正。")


class NothingToUndo(Refusal):
    """No step of the last ten minutes."""

    sentence = N_("最近 10 分钟里没有可以撤销的一步。")


class NobodyToArrive(Refusal):
    """Everybody whose time it is has arrived."""

    sentence = N_("现在该到的都已经记过了。")


class LeftBeforeArrived(Refusal):
    """The times are the wrong way round."""

    sentence = N_("离园时间要晚于到园时间。")
    field = "left"


class NotYet(Refusal):
    """What has not happened is not entered."""

    sentence = N_("这个时间还没有到，不能提前记。")
    field = "arrived"


class TooLongAgo(Refusal):
    """The month is settled."""

    sentence = N_("只能补记最近 31 天。更早的请写情况说明，由园长处理。")


class FirstTakeBackAbsence(Refusal):
    """The day is on record as an absence."""

    sentence = N_("这一天记的是请假，孩子的位子已经让出，不能补记到园。")


class NothingWritten(Refusal):
    """An empty note."""

    sentence = N_("还没有选，也没有写。请点一两样再保存。")


class NotComeThatDay(Refusal):
    """Nobody writes about the day of a child that was not there."""

    sentence = N_("孩子这一天没有到园，不能写记录。记错了请先补记到园时间。")
