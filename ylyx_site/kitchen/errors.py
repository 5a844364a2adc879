"""Why the kitchen cannot write something down: each says what to do now."""

from ylyx_site.shared.refusals import N_, Refusal


class NoDishes(Refusal):
    """No dish is ticked."""

    sentence = N_("请勾上留了样的菜。")


class NotCooked(Refusal):
    """A dish that the meal has not got."""

    sentence = N_("这一餐没有做这道菜。请重新打开这一页再记。")


class TooLittle(Refusal):
    """Less than the law wants."""

    sentence = N_("每样菜要留够 125 克，最多写 2000 克。")


class TooWarm(Refusal):
    """The refrigerator is not at 0–8 °C."""

    sentence = N_("留样冰箱要在 0 到 8 ℃。温度不对请先调好冰箱，再量一次。")
    field = "degrees"


class NoBox(Refusal):
    """Where the sample stands is not written down."""

    sentence = N_("请写留样盒的编号。")


class AlreadyTaken(Refusal):
    """Two people wrote the same sample down."""

    sentence = N_("有的菜已经记过留样了。请重新打开这一页看看。")


class NotYetForty8(Refusal):
    """A sample is thrown away too early."""

    sentence = N_("留样要满 48 小时才能销毁。")


class NotYetServed(Refusal):
    """A sample of what is not cooked yet, or of long ago."""

    sentence = N_("留样只能在当天记。")


class BadKitchen(Refusal):
    """Not a canteen that cooks."""

    sentence = N_("请选一家自己做饭的食堂。")
    field = "kitchen"


class SupplyPast(Refusal):
    """What was eaten cannot be changed."""

    sentence = N_("只能从今天或以后的日子开始改。")
    field = "from_day"
