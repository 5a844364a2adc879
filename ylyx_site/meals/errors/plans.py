"""Why a weekly plan cannot be, or leaves a day out."""

from ylyx_site.meals.errors.orders import MealRefusal
from ylyx_site.shared.refusals import N_, Refusal


class Resting(MealRefusal):
    """A rest of the plan covers the day."""

    sentence = N_("这一天在休息期里，不订。")


class NoSuchSet(MealRefusal):
    """The menu has not what the plan wants."""

    sentence = N_("这一天的菜单上没有合适的套餐。请单独为这一天订。")


class AlreadyPlanned(MealRefusal):
    """In a preview: the meal is ordered already."""

    sentence = N_("这一餐已经订好了。")


class WeekdaysMissing(Refusal):
    """A plan without weekdays."""

    sentence = N_("请选每周哪几天订餐。")
    field = "weekdays"


class BadRest(Refusal):
    """A rest that is past, backwards or too long."""

    sentence = N_("休息期请从今天或以后开始，最长 %(most)d 天，结束日期不早于开始日期。")
