"""Refusals of this room. Pure."""

from ylyx_site.shared.refusals import N_, Refusal


class WordsMissing(Refusal):
    """A hazard, or what was done about it, without words."""

    sentence = N_("请写清楚，2 到 200 个字。")


class HazardClosed(Refusal):
    """Somebody has closed it already."""

    sentence = N_("这条隐患已经有人处理好了。")


class NotAllGood(Refusal):
    """Opening with a red point needs a reason."""

    sentence = N_("还有没处理好的。确实要开门，请写明怎么保证孩子安全。")


class ShutToday(Refusal):
    """A day on which the nursery is shut anyway."""

    sentence = N_("今天不开放，不用开门检查。")


class ClosingTooLong(Refusal):
    """An emergency of many days is a closure to be entered as such."""

    sentence = N_("突发停托一次最多 %(most)d 天。时间更长，请到“机构—停托的日子”登记。")


class StartsInThePast(Refusal):
    """What is past cannot be shut."""

    sentence = N_("不能从过去的日子开始停托，请选今天或以后。")


class ChangedMeanwhile(Refusal):
    """Another family has booked, or cancelled, since the list was shown."""

    sentence = N_("刚才又有家庭约了或取消了。请看一下新的名单，再确认一次。")
    status = 409
