"""What a facility is found by: name, pinyin, town, address, and what people call such a house."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.shared.identifiers import pinyin_keys, search_key

LONGEST_QUERY = 40
MOST_WORDS = 5

# One service, many names. 一老一小 and 一老一幼 mean both.
SYNONYMS: Mapping[FacilityKind, tuple[str, ...]] = {
    FacilityKind.NURSERY: (
        "托育", "托育园", "托管", "托班", "托儿所", "幼托", "婴幼儿照护", "宝宝屋", "日托",
        "一老一小", "一老一幼",
    ),
    FacilityKind.CANTEEN: (
        "老年食堂", "老年饭堂", "助老食堂", "长者食堂", "长者饭堂", "社区食堂", "老年餐厅",
        "助餐点", "助餐站", "老年助餐", "敬老餐", "一老一小", "一老一幼",
    ),
}  # fmt: skip


def search_text(
    name: str, kind: FacilityKind, division_names: Iterable[str], address: str = ""
) -> str:
    """Return what is searched, space separated: keys of one word each, as `search_key` makes them.

    `division_names` are district, town and community, as far as known.
    """
    names = [name, *division_names]
    keys = [search_key(text) for text in (*names, address, *SYNONYMS[kind])]
    sounds = [sound for text in names for sound in pinyin_keys(text).split()]
    return " ".join(dict.fromkeys(filter(None, (*keys, *sounds))))


def search_keys(query: str) -> list[str]:
    """Return the words of a query as keys, all of which a facility must have; at most five.

    Longer than 40 characters is cut: nobody types that, and it costs.
    """
    return [key for word in clean_query(query).split()[:MOST_WORDS] if (key := search_key(word))]


def clean_query(query: str) -> str:
    """Return a query as it is shown again: without control characters, cut, trimmed."""
    visible = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in query[:400])
    return re.sub(r"\s+", " ", visible)[:LONGEST_QUERY].strip()
