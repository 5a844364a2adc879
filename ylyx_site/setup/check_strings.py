"""Does every Chinese string of the sources have its English?

    python ylyx_site/setup/check_strings.py TEMPLATE.pot CATALOGUE.po

Prints what is missing, uncertain (fuzzy), left over or has other placeholders than its source, and
fails if there is any.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po


def main(template: str, catalogue: str) -> int:
    """Compare the two files; 0 when the catalogue is complete."""
    wanted, have = _read(template), _read(catalogue)
    faults = list(_faults(wanted, have))
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} faults in {catalogue}; `make strings` brings it up to date.")
    return 1 if faults else 0


def _read(path: str) -> Catalog:
    with Path(path).open("rb") as file:
        return read_po(file, locale="en")


def _faults(wanted: Catalog, have: Catalog) -> Iterator[str]:
    for message in _messages(wanted):
        translation = have.get(message.id)
        if translation is None or not _is_whole(translation):
            yield f"no English: {_text(message)}  ({_places(message)})"
        elif translation.fuzzy:
            yield f"fuzzy: {_text(message)}"
        else:
            yield from (f"{error}: {_text(message)}" for error in translation.check(have))
    for message in _messages(have):
        if wanted.get(message.id) is None:
            yield f"in no source: {_text(message)}"


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)


def _is_whole(message: Message) -> bool:
    forms = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(forms)


def _text(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _places(message: Message) -> str:
    return ", ".join(sorted({file for file, _ in message.locations}))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
