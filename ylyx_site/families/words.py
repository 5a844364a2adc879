"""How families' words read on pages."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ylyx_site.families.kinds import Diet, EndingReason, Group, ReadingReason, Relation, Texture
from ylyx_site.shared import ages
from ylyx_site.shared.identifiers import Sex
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.refusals import N_
from ylyx_site.shared.words import age_words, full_date

RELATIONS: dict[Relation, Any] = {
    Relation.MOTHER: _l("妈妈"),
    Relation.FATHER: _l("爸爸"),
    Relation.GRANDPARENT: _l("祖辈（爷爷奶奶、外公外婆）"),
    Relation.GUARDIAN: _l("其他监护人"),
    Relation.CHILD: _l("子女"),
    Relation.SPOUSE: _l("老伴"),
    Relation.GRANDCHILD: _l("孙辈"),
    Relation.SELF: _l("本人"),
    Relation.OTHER: _l("其他家人"),
}
TO_A_CHILD = (
    Relation.MOTHER,
    Relation.FATHER,
    Relation.GRANDPARENT,
    Relation.GUARDIAN,
    Relation.OTHER,
)
TO_AN_ELDER = (
    Relation.CHILD,
    Relation.SPOUSE,
    Relation.GRANDCHILD,
    Relation.GUARDIAN,
    Relation.OTHER,
)
DIETS: dict[Diet, Any] = {
    Diet.LOW_SALT: _l("低盐"),
    Diet.LOW_SUGAR: _l("低糖"),
    Diet.LOW_PURINE: _l("低嘌呤"),
    Diet.HALAL: _l("清真"),
    Diet.VEGETARIAN: _l("素食"),
}
TEXTURES: dict[Texture, Any] = {
    Texture.ORDINARY: _l("普通，正常软硬"),
    Texture.SOFT: _l("软食，煮得烂一些"),
    Texture.MINCED: _l("碎食，切碎了再吃"),
    Texture.PUREED: _l("糊食，打成糊"),
}
SEXES: dict[Sex, Any] = {Sex.female: _l("女"), Sex.male: _l("男")}
ENDING_REASONS: dict[EndingReason, Any] = {
    EndingReason.CUSTODY: _l("监护关系变了"),
    EndingReason.MISTAKE: _l("加错了人"),
    EndingReason.SAFETY: _l("为了孩子的安全"),
    EndingReason.OTHER: _l("其他原因"),
}
READING_REASONS: dict[ReadingReason, Any] = {
    ReadingReason.CHECK: _l("核对有没有填错"),
    ReadingReason.FORM: _l("填别的表要用"),
    ReadingReason.OTHER: _l("其他原因"),
}
GROUPS: dict[Group, Any] = {
    Group.DESTITUTE: _l("特困"),
    Group.MINIMUM_LIVING: _l("低保"),
    Group.LOW_INCOME: _l("低保边缘"),
    Group.LIVING_ALONE: _l("独居"),
    Group.EMPTY_NEST: _l("空巢"),
    Group.LEFT_BEHIND: _l("留守"),
    Group.DISABLED_CARE: _l("失能"),
    Group.DISABILITY: _l("残疾"),
    Group.FAMILY_PLANNING: _l("计划生育特殊家庭"),
    Group.BASIC_CARE: _l("基本养老服务对象"),
}


def group_words(group: Group) -> str:
    """「低保」."""
    return str(GROUPS[group])


def diet_words(diet: Iterable[Diet]) -> list[str]:
    """「低盐」「低糖」, in the order of `Diet`."""
    kept = set(diet)
    return [str(words) for one, words in DIETS.items() if one in kept]


def texture_words(texture: Texture) -> str:
    """「软食，煮得烂一些」."""
    return str(TEXTURES[texture])


def years_on(born_on: date, day: date) -> int:
    """Full years of age."""
    return ages.months_on(born_on, day) // 12


def relation_words(relation: Relation) -> str:
    """「妈妈」."""
    return str(RELATIONS[relation])


def sex_words(letter: str) -> str:
    """「女」 for f, 「男」 for m, 「没有填」 for nothing."""
    for sex, words in SEXES.items():
        if letter == sex.value[0]:
            return str(words)
    return _("没有填")


def age_on(born_on: date, day: date) -> str:
    """「1岁8个月」; 「不满1个月」 for the newborn."""
    months = ages.months_on(born_on, day)
    return age_words(months) if months > 0 else _("不满1个月")


def class_on(born_on: date, day: date) -> str:
    """The class of that age, in words [托育机构设置标准（试行）]; a nursery may have mixed ones."""
    months = ages.months_on(born_on, day)
    if months < 6:
        return _("满 6 个月可以入托")
    if months < 12:
        return _("乳儿班")
    if months < 24:
        return _("托小班")
    if months < 36:
        return _("托大班")
    return _("满 3 岁，可以上幼儿园")


def birthday(day: date) -> str:
    """「2025年3月5日」."""
    return full_date(day)


# Not in the language of whoever asks: the elder reads it.
CONSENT_MESSAGE = N_(
    "%(asker)s（%(phone)s）想在“一老一小预约”替您（%(elder)s）订餐，并保存您的饮食习惯和送餐地址。"
    "您同意，就把验证码 %(code)s 念给对方，30 分钟内有效；不认识、不同意，不要告诉任何人。"
)
ENDING_MESSAGE = N_(
    "验证码 %(code)s，5 分钟内有效，用来查看和结束替您订餐的人。不是您本人在办，不要告诉任何人。"
)
