"""Why a meal cannot be handed over: each says what to do now."""

from ylyx_site.shared.refusals import N_, Refusal


class NotItsDay(Refusal):
    """Meals are handed over on their day."""

    sentence = N_("这一餐不是今天的。以前的餐忘了记，请食堂经理补记。")


class TooOldToEnter(Refusal):
    """Longer ago than anybody can vouch for, or not yet come."""

    sentence = N_("这一餐不能补记：只补记过去 %(most)d 天的。更早的，请在结算里做更正。")


class MealEnded(Refusal):
    """The meal was cancelled, or its menu withdrawn."""

    sentence = N_("这一餐已经取消了，没有备餐。要用餐请按现场加餐办。")


class AlreadyHanded(Refusal):
    """Somebody has written down something else."""

    sentence = N_("%(time)s %(who)s已经记过这一餐了。记错了请先撤销。")


class NothingToUndo(Refusal):
    """Nobody has handed the meal over."""

    sentence = N_("这一餐还没有记过，不用撤销。")


class UndoOver(Refusal):
    """Ten minutes are over, and the visitor is no manager."""

    sentence = N_("超过 10 分钟，不能撤销了。请食堂经理来改。")


class WrongNeighbourCode(Refusal):
    """The six digits are not those of the meal."""

    sentence = N_("代领码不对，还可以试 %(left)d 次。请邻居再看一下家人发来的六位数字。")
    field = "code"


class NoNeighbourCode(Refusal):
    """There is no code for the meal, or it was tried too often, or it is used."""

    sentence = N_("这一餐没有能用的代领码。请老人或家人在订餐页上重新生成一个。")
    field = "code"


class TooLateForNeighbour(Refusal):
    """The meal is over, ended, or handed over."""

    sentence = N_("这一餐已经取走、取消或过去了，不用代领码了。")


class NothingSold(Refusal):
    """A sale of nothing."""

    sentence = N_("请至少选一份。")


class NotOnThisMenu(Refusal):
    """A dish that is not on the menu of the meal."""

    sentence = N_("这一餐没有这道菜。请重新打开这一页再选。")


class GuestSoldOut(Refusal):
    """The last portion or seat went."""

    sentence = N_("份数或座位不够了。请看一下还剩多少，再选。")


class SaleUndone(Refusal):
    """The sale was taken back before."""

    sentence = N_("这一笔已经撤销过了。")
