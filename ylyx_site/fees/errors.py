"""Why something about fees cannot be: each says what to do now."""

from ylyx_site.shared.refusals import N_, Refusal


class WrongAmount(Refusal):
    """Nothing, or more than there can be."""

    sentence = N_("金额要大于 0，最多 %(most)s。请核对后重新填写。")
    field = "fen"


class NoteMissing(Refusal):
    """Money back, or a correction, without why."""

    sentence = N_("退款和更正要写明原因。")
    field = "note"


class MonthNotOver(Refusal):
    """The month still runs."""

    sentence = N_("这个月还没有过完，不能结账。请到下个月 1 日以后再结。")


class AlreadyClosed(Refusal):
    """Somebody closed it."""

    sentence = N_("这个月已经结过账了。以后的改动会记在下个月的更正里。")


class FirstCloseEarlier(Refusal):
    """Months are closed in order."""

    sentence = N_("请按月份顺序结账：先结 %(month)s。")


class TermsTooEarly(Refusal):
    """From a day that is settled."""

    sentence = N_("收费办法最早从 %(day)s 起。更早的已经结账或收过费，不能再改。")
    field = "from_day"


class BadShare(Refusal):
    """More than all."""

    sentence = N_("退费比例要在 0 到 100 之间。")
