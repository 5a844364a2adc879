"""Why a meal cannot be ordered, changed or cancelled: each says what to do now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ylyx_site.shared.refusals import N_, Refusal, Stale


class MealRefusal(Refusal):
    """Why one meal of one day cannot be; shown on the form, or beside the day in a preview."""


class PastMeal(MealRefusal):
    """The day is over."""

    sentence = N_("这一天已经过去了。请选今天以后的日子。")


class PastCutoff(MealRefusal):
    """At the very microsecond of the cut-off it is too late."""

    sentence = N_("这一餐在 %(month)d 月 %(day)d 日 %(time)s 截止了。请订下一餐，或打电话给食堂。")


class NotServed(MealRefusal):
    """The canteen does not serve this meal at all."""

    sentence = N_("这家食堂不供应这一餐。请换一餐，或看看别的食堂。")


class NoMenuYet(MealRefusal):
    """Nothing is published for that day, though the canteen is open."""

    sentence = N_("这一天的菜单还没有公布。请换一天，或过几天再来看。")


class CanteenShut(MealRefusal):
    """The canteen is shut on that weekday."""

    sentence = N_("食堂这一天休息。请换一天，或看看别的食堂。")


class HolidayShut(MealRefusal):
    """A public holiday."""

    sentence = N_("这一天是法定节假日，食堂休息。请换一天，或看看别的食堂。")


class ClosureShut(MealRefusal):
    """The canteen declared a closure."""

    sentence = N_("食堂这一天停餐：%(reason)s。请换一天，或看看别的食堂。")


class NothingChosen(MealRefusal):
    """All numbers are zero."""

    sentence = N_("还没有选菜。请至少选一份。")


class TooManyPortions(MealRefusal):
    """More than one person eats."""

    sentence = N_("一个人一餐最多订 %(most)d 份。人多请打电话给食堂。")


class NotOnMenu(MealRefusal):
    """A dish of another canteen, or one that has been taken off the menu."""

    sentence = N_("您选的菜不在这一餐的菜单上。请按现在的菜单重新选。")


class TakenBack(Stale):
    """It stood on the menu that the family saw, and the canteen has withdrawn it meanwhile."""

    sentence = N_("您看的时候，食堂撤下了您选的菜。请按现在的菜单重新选，再确认一次。")


class SoldOut(MealRefusal):
    """Not enough portions left."""

    sentence = N_("“%(name)s”不够了，还剩 %(left)d 份。请少订一点，或换一个菜。")


class JustSoldOut(MealRefusal):
    """The last ones went while we looked."""

    sentence = N_("刚刚被别人订完了。请看一下现在还有什么，再订一次。")


class ServingMissing(MealRefusal):
    """No way of serving was chosen."""

    sentence = N_("请选怎么取餐：堂食、自取，还是送到家。")
    field = "serving"


class ServingFull(MealRefusal):
    """No seat, pick-up or delivery left."""

    sentence = N_("这种取餐方式已经排满。请换一种方式，或换一餐。")
    field = "serving"


class NoDelivery(MealRefusal):
    """The canteen delivers nothing."""

    sentence = N_("这家食堂不送餐。请选堂食或自取，或看看别的食堂。")
    field = "serving"


class OutsideArea(MealRefusal):
    """The person lives where this canteen does not deliver."""

    sentence = N_("%(name)s的住址不在这家食堂的送餐范围。请选自取，或换一家近的食堂。")
    field = "serving"


class NoAddress(MealRefusal):
    """A delivery needs an address."""

    sentence = N_("还没有填%(name)s的住址，没法送餐。请先到“家庭”里填住址，或选自取。")
    field = "serving"


class AlreadyOrdered(Stale):
    """Somebody has ordered this meal for this person already; a second one costs the full price."""

    sentence = N_("%(who)s已经给%(name)s订了这一餐：%(what)s。再订一份按原价付，请确认。")


class AlreadyYours(AlreadyOrdered):
    """The same, ordered by the account itself."""

    sentence = N_("您已经给%(name)s订了这一餐：%(what)s。再订一份按原价付，请确认。")


class JustOrdered(Stale):
    """Somebody ordered it while we looked; the page now tells who and what."""

    sentence = N_(
        "刚刚有人给%(name)s订了这一餐。请看一下是谁订的、订了什么，再决定要不要再订一份。"
    )


class PriceChanged(Stale):
    """The price is not the one that was shown."""

    sentence = N_("您看的时候价格变了。请看一下新的价格，再确认一次。")


class PriceNotSeen(Stale):
    """The page had no price for this choice as yet: it has now."""

    sentence = N_("价钱算好了，在下面。请看一下，再点一次“订这份饭”。")


class EvidenceLapsed(MealRefusal):
    """Evidence ran out, and the price without its benefit was not seen as yet."""

    sentence = N_(
        "%(name)s的%(groups)s登记%(day)s到期了，没有这项补贴，要多付 %(money)s。"
        "请到社区续办；现在就要订，看清下面的价钱再点一次。"
    )


class TooLateToCancel(Refusal):
    """Past the cut-off."""

    sentence = N_("已经过了截止时间，厨房开始备餐了，不能取消。有急事请打电话给食堂。")


class LateReasonMissing(Refusal):
    """A clerk overrules the cut-off only with a reason."""

    sentence = N_("已经过了截止时间。厨房还来得及的话，请写明原因再办。")
    field = "late_reason"


class NothingToCancel(Refusal):
    """All of it is past or cancelled already."""

    sentence = N_("没有可以取消的餐了：都已经过去，或者已经取消。")


class UndoOver(Refusal):
    """The ten minutes are over."""

    sentence = N_("下单满 10 分钟后不能撤销了。截止时间之前还可以取消。")


class NoDays(MealRefusal):
    """Nothing is left to order."""

    sentence = N_("没有可以订的日子。请看下面每一天的原因，换几天再试。")


class NotInPreview(MealRefusal):
    """A day was chosen that the plan cannot book."""

    sentence = N_("有的日子现在订不了，还没有订任何一天。原因在下面，去掉这几天就可以提交。")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A day that cannot be, and the sentence that says why."""

    day: date
    refusal: Refusal


class SomeDays(MealRefusal):
    """Several days were wanted and some cannot be: nothing was ordered. Has the days."""

    sentence = NotInPreview.sentence

    def __init__(self, left_out: Sequence[LeftOut]) -> None:
        super().__init__()
        self.left_out = left_out
