"""What the standard of nurseries says of classes, as data."""

from collections.abc import Mapping
from dataclasses import dataclass

from ylyx_site.facilities.kinds import ClassKind, Nature


@dataclass(frozen=True, slots=True)
class ClassRule:
    """Ages in months on the day of care (`to_months` not included), and at most how many."""

    from_months: int
    to_months: int
    children: int
    children_per_carer: int


# 托育机构设置标准(试行), 国卫人口发〔2019〕58号. The ratio of mixed classes is not set nationally:
# 5 is the district's default.
CLASS_RULES: Mapping[ClassKind, ClassRule] = {
    ClassKind.INFANT: ClassRule(6, 12, 10, 3),
    ClassKind.YOUNGER: ClassRule(12, 24, 15, 5),
    ClassKind.OLDER: ClassRule(24, 36, 20, 7),
    ClassKind.MIXED: ClassRule(18, 36, 18, 5),
}
# 家庭托育点管理办法(试行): at most five children in all.
HOME_RULE = ClassRule(0, 36, 5, 3)


def class_rule(nature: Nature, kind: ClassKind) -> ClassRule:
    """Return what binds a class of this kind; in a home the kind makes no difference."""
    return HOME_RULE if nature is Nature.HOME else CLASS_RULES[kind]
