"""Finding a person on the list by whatever is said at the counter. Pure."""

from ylyx_site.shared.identifiers import pinyin_keys, search_key

ENOUGH_DIGITS = 5  # the last four of a telephone, and not yet a code


def reading_key(name: str, search_text: str) -> str:
    """The pinyin of a name, by which lists are in order."""
    return (search_text or pinyin_keys(name)).partition(" ")[0]


def is_meant(query: str, name: str, search_text: str, tail: str, code: str) -> bool:
    """Whether `query` is (a part of) the name, pinyin, initials, last digits, or the code."""
    wanted = search_key(query).replace("-", "")
    if not wanted:
        return True
    if wanted.isdigit() and len(wanted) < ENOUGH_DIGITS:
        return tail.endswith(wanted)
    if wanted == code.casefold():
        return True
    keys = (search_text or pinyin_keys(name)).split()
    return wanted in search_key(name) or any(key.startswith(wanted) for key in keys)
