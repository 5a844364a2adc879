"""Refusals of the duty roster: each says what to do now. Pure."""

from ylyx_site.shared.refusals import N_, Refusal


class OnAnotherRoster(Refusal):
    """A carer who is on a roster at that time already, here or at another facility."""

    sentence = N_(
        "%(name)s %(month)d月%(day)d日 的这个时间已经排了别的班（也可能在另一家机构）。"
        "请换个时间或换个人，或先改那一班。"
    )


class ShutThatDay(Refusal):
    """A shift on a day on which the facility does not open."""

    sentence = N_("%(month)d月%(day)d日 不开门，不用排班。请去掉这一天，或先改开门时间。")


class ClassNotThere(Refusal):
    """A class that has not begun, or has ended."""

    sentence = N_("这个班 %(month)d月%(day)d日 不开班，请选别的班或别的日子。")


class ClassMissing(Refusal):
    """Duty without a class."""

    sentence = N_("当班要选一个班级；培训和请假可以不选。")


class CarerNotThere(Refusal):
    """Somebody who has not begun to work here, or no longer does."""

    sentence = N_("%(name)s %(month)d月%(day)d日 还没有入职或已经离职，请换个人或换个日子。")


class CarerThere(Refusal):
    """Somebody who stands in the list already."""

    sentence = N_("这个手机号的人已经在名单里，请直接在名单里修改。")


class EndsBeforeStarting(Refusal):
    """A last day before the first."""

    sentence = N_("离职日期不能早于入职日期，请重新选日期。")


class ValidBackwards(Refusal):
    """A certificate that ends before it begins."""

    sentence = N_("有效期的最后一天不能早于第一天，请核对证件。")


class NoDays(Refusal):
    """A shift without a day."""

    sentence = N_("请至少选一天。")


class LeaveTooLong(Refusal):
    """Leave that ends before it begins, or of more than a year."""

    sentence = N_("请假的最后一天不能早于第一天，一次最多 366 天。请重新选日期。")


class NothingToCopy(Refusal):
    """A week before that has no duty shift."""

    sentence = N_("上一周没有可以复制的班。请先排好一周，下一周就能复制。")


class RosterCounts(Refusal):
    """The roster counts already: there is no way back to caps alone."""

    sentence = N_("名额已经按排班算了，开始日期不能再改。")
