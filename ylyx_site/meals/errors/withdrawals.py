"""Why a menu cannot be taken back so, or a meal that was taken back not replaced."""

from ylyx_site.meals.errors.orders import MealRefusal
from ylyx_site.shared.refusals import N_, Refusal


class ReasonMissing(Refusal):
    """A withdrawal without a word why."""

    sentence = N_("请写清楚为什么撤下，家里人会看到。")
    field = "reason"


class DearerSet(Refusal):
    """Nobody is moved to what costs more, or to what is gone too."""

    sentence = N_("只能改成还在菜单上、不比原来贵的。请另选一个，或者不代改，让家里人自己选。")
    field = "move_to"


class AlreadyReplaced(Refusal):
    """Somebody of the family has chosen already."""

    sentence = N_("这一餐已经改订好了，不用再选。")


class ReplacementOver(MealRefusal):
    """Serving has begun."""

    sentence = N_("已经到开饭时间，网上不能再改订。请打电话给食堂。")
