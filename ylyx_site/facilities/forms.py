"""What a visitor looks for: the search of the public list, read from the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from ylyx_site.facilities.kinds import FacilityKind
from ylyx_site.facilities.rules.search import clean_query
from ylyx_site.shared.identifiers import BadIdentifier, division_code
from ylyx_site.shared.refusals import NotFound

MOST_PAGES = 500


@dataclass(frozen=True, slots=True)
class Search:
    """A search; `by_town` asks for the order by town although the position is known."""

    kind: FacilityKind
    q: str
    division: str
    by_town: bool
    page: int

    def address(self, **changed: str | int) -> str:
        """Return the address of this search with something changed; without `page` the first."""
        wanted = {
            "kind": self.kind.value,
            "q": self.q,
            "division": self.division,
            "sort": "town" if self.by_town else "",
            **changed,
        }
        return "/facilities?" + urlencode({name: value for name, value in wanted.items() if value})


def read_search(arguments: Mapping[str, str]) -> Search:
    """Read a search; a kind or a division that cannot be is `NotFound`, a long word is cut."""
    try:
        kind = FacilityKind(arguments.get("kind") or FacilityKind.NURSERY)
        division = arguments.get("division", "")
        division = division_code(division) if division else ""
    except (ValueError, BadIdentifier):
        raise NotFound from None
    return Search(
        kind,
        clean_query(arguments.get("q", "")),
        division,
        arguments.get("sort") == "town",
        _page(arguments.get("page", "1")),
    )


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3):
        return 1
    return min(max(int(text), 1), MOST_PAGES)
