"""Refusals of this room. Pure."""

from ylyx_site.shared.refusals import N_, Refusal


class NothingNew(Refusal):
    """Nothing has changed since the last settlement of the month."""

    sentence = N_("和上一次结算比，没有新的变化，不用再做一次。")


class MonthAhead(Refusal):
    """A month that has not begun."""

    sentence = N_("这个月还没有开始，没有可以结算的餐。")


class WhyMissing(Refusal):
    """A correction without a reason."""

    sentence = N_("请写明为什么更正，2 到 100 个字。")


class WrongSum(Refusal):
    """Nothing, or more than a correction can be."""

    sentence = N_("更正的金额要在 0.01 元到 %(most)s 之间。")
