"""Refusals of the register: each says what to do now. Pure."""

from ylyx_site.shared.refusals import N_, Refusal


class EndsBeforeItStarts(Refusal):
    """Hours whose end is not after their start."""

    sentence = N_("结束时间要晚于开始时间，请重新填写。")


class OffTheGrid(Refusal):
    """Hours that do not begin and end on a half hour."""

    sentence = N_("时间要填整点或半点，例如 07:30 或 08:00。")


class InThePast(Refusal):
    """A change that would begin before today."""

    sentence = N_("开始日期不能早于今天，请选今天或以后的日期。")


class NoSuchWeekday(Refusal):
    """A weekday that is not 1 (Monday) to 7 (Sunday)."""

    sentence = N_("没有这个星期几，请从周一到周日里选。")


class ClosureEndsBeforeItBegins(Refusal):
    """A closure whose last day lies before its first."""

    sentence = N_("停托的最后一天不能早于第一天，请重新选日期。")


class ClosureTooLong(Refusal):
    """A closure of more than a year: a slip of the year, or a suspension."""

    sentence = N_("一次最多登记 366 天，时间更长请联系监管部门办理暂停。")


class ReasonMissing(Refusal):
    """A closure without a reason, or with one that does not fit."""

    sentence = N_("请写明原因，2 到 100 个字，家长会看到。")


class ClosureOver(Refusal):
    """A closure that is over, or lifted already."""

    sentence = N_("这次停托已经结束或已经取消，不用再取消。")


class NotAWorkingWeekend(Refusal):
    """A day that is not a weekend worked by 调休."""

    sentence = N_("这一天不是调休上班的周末，请看一下日历再选。")


class NurseriesOnly(Refusal):
    """Places, classes and prices of care belong to nurseries."""

    sentence = N_("只有托育机构才登记托位、班级和托育价格。")


class TooManyPlaces(Refusal):
    """More registered places than such a nursery may have."""

    sentence = N_("托位数要在 0 到 %(most)d 之间，请核对后重新填写。")


class TooManyChildren(Refusal):
    """A class larger than the standard of its kind."""

    sentence = N_("这种班最多收 %(most)d 名孩子，请减少人数或分成两个班。")


class ClassOverPlaces(Refusal):
    """A class larger than the registered places of its house."""

    sentence = N_("班级人数不能超过备案托位，那一天的备案托位是 %(places)d 个。")


class TooManyPerCarer(Refusal):
    """A carer for more children than the standard allows."""

    sentence = N_("这种班 1 名保育人员最多照护 %(most)d 名孩子，请减少。")


class AgesOutsideClass(Refusal):
    """Ages outside those of the kind of class."""

    sentence = N_("这种班收 %(first)d 个月到不满 %(last)d 个月的孩子，请在这个范围内填写。")


class NameMissing(Refusal):
    """A name that is missing or too long."""

    sentence = N_("请填写名称，2 到 %(most)d 个字。")


class ClassEnded(Refusal):
    """A class that has ended already."""

    sentence = N_("这个班已经结束，不能再改。")


class PriceInForce(Refusal):
    """A price that is already in force is never changed."""

    sentence = N_("今天起执行的价格已经公布，不能再改。请从明天或以后的日期起改价。")


class PriceOutOfRange(Refusal):
    """A price below zero or beyond what anybody charges."""

    sentence = N_("价格要在 0 到 100000 元之间，请核对后重新填写。")


class LimitOutOfRange(Refusal):
    """A limit that cannot be counted."""

    sentence = N_("期限不对：天数 0 到 30，提前的分钟数 0 到 10080，时间 00:00 到 24:00。")


class CreditCodeTaken(Refusal):
    """A credit code that another facility has."""

    sentence = N_("这个统一社会信用代码已经登记过，请核对后重新填写。")


class UnknownDivision(Refusal):
    """A division code that the table of divisions does not hold."""

    sentence = N_("区划代码 %(code)s 不在本区的区划表里，请核对后重新填写。")


class PositionOutside(Refusal):
    """A position that is no point on the earth, or only half of one."""

    sentence = N_("位置不对：纬度在 -90 到 90 之间，经度在 -180 到 180 之间，两个要一起填。")


class NatureDoesNotFit(Refusal):
    """A nursery that is a station, or a canteen that is not."""

    sentence = N_("类型和性质对不上，请核对后重新填写。")


class AddressMissing(Refusal):
    """An address that is missing or too long."""

    sentence = N_("请填写地址，2 到 120 个字。")


class AboutTooLong(Refusal):
    """A description longer than its column."""

    sentence = N_("简介最多 400 个字，请写短一些。")
