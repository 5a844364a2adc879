"""Why a menu, a dish or a set cannot be so, or cannot be published."""

from ylyx_site.shared.refusals import N_, Refusal


class MenuShutDay(Refusal):
    """A menu for a day on which the canteen is shut."""

    sentence = N_("食堂这一天不开门，不能公布菜单。请先改开放时间。")


class MenuThere(Refusal):
    """Two menus for one meal."""

    sentence = N_("这一餐的菜单已经公布。要改请修改原来的菜单。")


class EmptyMenu(Refusal):
    """A menu without anything on it."""

    sentence = N_("菜单上还没有菜。请至少放一个菜，份数大于 0。")


class ForeignDish(Refusal):
    """A dish of another kitchen."""

    sentence = N_("有的菜不是这家厨房的。请从自己的菜谱里选。")


class MenuPast(Refusal):
    """A menu of a day that is over."""

    sentence = N_("这一天已经过去，菜单不能再改。请改今天以后的菜单。")


class RetiredDish(Refusal):
    """A dish that is no longer cooked."""

    sentence = N_("“%(name)s”已经停用。请先把它从菜单上去掉，或重新启用。")


class StillOnMenu(Refusal):
    """Left out of a menu that is public: families may have ordered it."""

    sentence = N_("“%(name)s”已经公布，不能直接去掉。不供应了请用“撤下”，会先列出受影响的家庭。")


class SuppliedKitchen(Refusal):
    """A meal point has no menus of its own."""

    sentence = N_("这里的饭由别的食堂供应，菜单由供餐的食堂来排。")


class NothingToCopy(Refusal):
    """Last week has no menu whose day is open and empty this week."""

    sentence = N_("没有可以照搬的菜单：上周没有菜单，或这周的日子已经有菜单、不开门、已经过去。")


class NothingToPublish(Refusal):
    """No draft is left."""

    sentence = N_("没有要公布的草稿。")


class NameTaken(Refusal):
    """Two dishes of one name in one kitchen."""

    sentence = N_("已经有叫这个名字的了。请换一个名字，或去改原来的。")
    field = "name"


class SetWithoutDishes(Refusal):
    """A set of nothing."""

    sentence = N_("套餐里还没有菜。请至少勾一个菜。")
    field = "dishes"
