"""Why the terms of a canteen cannot be so."""

from ylyx_site.shared.refusals import N_, Refusal


class PointHasMeals(Refusal):
    """A change of kitchen under meals that are ordered."""

    sentence = N_("这里往后还有 %(num)d 份订餐或已公布的菜单，不能换供餐的食堂。请先处理完。")
    field = "supplied_by"


class BadKitchen(Refusal):
    """Not a canteen that cooks."""

    sentence = N_("这家不是自己做饭的食堂，不能供餐。请另选一家。")
    field = "supplied_by"


class BadHours(Refusal):
    """Hours the wrong way round, or a cut-off after the meal has begun."""

    sentence = N_("结束时间要晚于开始时间，截止时间不能晚于开饭时间。")
    field = "cutoff"


class NoSuchDivision(Refusal):
    """A division that is not there."""

    sentence = N_("有的行政区划代码不存在。请核对后再填。")
    field = "areas"
