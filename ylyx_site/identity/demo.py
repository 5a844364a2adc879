"""The invented people of the demo district who may be signed in by a button; demo mode only."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from ylyx_site.identity.queries import open_phones
from ylyx_site.shared.refusals import N_

PASSWORD = "ylyx-demo"  # noqa: S105 printed in the README: these people are invented
PEOPLE = {
    "13800000001": N_("家长王女士（两个孩子）"),
    "13800000002": N_("家长李先生"),
    "13800000003": N_("女儿赵女士（给父母订餐）"),
    "13800000004": N_("老人周奶奶"),
    "13800000010": N_("托育园长（金星托育中心）"),
    "13800000011": N_("保育员（金星托育中心）"),
    "13800000012": N_("另一家托育机构的园长"),
    "13800000020": N_("食堂经理"),
    "13800000021": N_("窗口值班员"),
    "13800000022": N_("送餐员"),
    "13800000030": N_("区卫健监管员"),
    "13800000031": N_("区民政监管员"),
    "13800000040": N_("平台管理员"),
}


def people(session: Session) -> Sequence[tuple[str, str]]:
    """Number and description of those who are in this database."""
    there = open_phones(session, list(PEOPLE))
    return [(phone, words) for phone, words in PEOPLE.items() if phone in there]
