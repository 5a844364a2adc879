"""Every action of the journal in plain words, by what it is about."""

import enum
from collections.abc import Mapping

from ylyx_site.identity.house import READS, SOMETHING
from ylyx_site.shared.refusals import N_
from ylyx_site.supervision.deeds.care import CARE
from ylyx_site.supervision.deeds.house import HOUSE
from ylyx_site.supervision.deeds.meals import MEALS
from ylyx_site.supervision.deeds.people import PEOPLE

ANYTHING = N_("做了别的事")


class Topic(enum.StrEnum):
    """What a deed is about."""

    READS = "reads"
    HOUSE = "house"
    CARE = "care"
    MEALS = "meals"
    PEOPLE = "people"


TOPICS: Mapping[Topic, tuple[str, Mapping[str, str]]] = {
    Topic.READS: (N_("看了、下载了个人资料"), READS),
    Topic.HOUSE: (N_("改了机构、托位、备案、规则"), HOUSE),
    Topic.CARE: (N_("托育：预约、签到、材料、费用"), CARE),
    Topic.MEALS: (N_("助餐：菜单、订餐、送餐、结算"), MEALS),
    Topic.PEOPLE: (N_("家庭、老人、账号"), PEOPLE),
}
DEEDS = {action: words for _name, deeds in TOPICS.values() for action, words in deeds.items()}


def deed_words(action: str) -> str:
    """What was done, to be said in the language of the request; never the bare action."""
    if action in DEEDS:
        return DEEDS[action]
    return SOMETHING if action.endswith("_read") else ANYTHING
