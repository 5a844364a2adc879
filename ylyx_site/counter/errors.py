"""Refusals of the counter: each says what to do now."""

from ylyx_site.shared.refusals import N_, Refusal


class TooLittleTyped(Refusal):
    """One digit or nothing finds half the town."""

    sentence = N_("请填电话的后 2 到 4 位、姓名，或姓名拼音的头一个字母，例如 zgf。")
    field = "words"


class HalfANumber(Refusal):
    """Neither the last digits nor a whole number."""

    sentence = N_("请填电话的后 4 位，或者完整的电话、身份证号码。")
    field = "words"


class NotThisNumber(Refusal):
    """The number does not belong to whom it was said to, or not any more."""

    sentence = N_("这个号码和人对不上。请重新找一次，或按新来的老人登记。")


class NothingMarked(Refusal):
    """An empty sheet."""

    sentence = N_("表上一餐也没有填。请在要订的格子里填数字。")


class SomeCells(Refusal):
    """Some of what was marked cannot be: nothing was ordered."""

    sentence = N_("有几格现在订不了，还没有订任何一餐。改一下标红的格子，或者只订能订的。")


class SheetChanged(Refusal):
    """What it costs together is not what was shown."""

    sentence = N_("价钱和刚才算的不一样了。请看一下新的价钱，再确认一次。")
    status = 409


class LateReasonMissing(Refusal):
    """The limit for adding has passed, and nobody said why it may be overruled."""

    sentence = N_("已经过了预约截止时间。问过班上、还来得及的话，写明原因再约。")
    field = "late_reason"
