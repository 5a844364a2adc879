"""What a clerk typed into the one field: last digits, a whole number, a name, or pinyin. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from ylyx_site.counter.errors import HalfANumber, TooLittleTyped
from ylyx_site.shared.identifiers import (
    BadIdentifier,
    IdNumber,
    digits,
    id_number,
    search_key,
    telephone,
)

TAIL = range(2, 5)  # digits of a telephone's end
WHOLE = 10  # from so many digits on it is meant to be a whole number


@dataclass(frozen=True, slots=True)
class Asked:
    """Exactly one of these is there. `tail`: last digits; `pinyin`: small letters; `name`: a key.

    `phone` and `number` are whole, and find people whom the desk does not know as well.
    """

    tail: str = ""
    phone: str = ""
    number: IdNumber | None = None
    name: str = ""
    pinyin: str = ""

    @property
    def is_whole(self) -> bool:
        """Whether a whole number was told."""
        return bool(self.phone or self.number)


def asked_from(text: str, today: date) -> Asked:
    """Read the field. Raises `TooLittleTyped` and `HalfANumber`."""
    plain = re.sub(r"[\s\-－—]", "", digits(text))
    if re.fullmatch(r"\+?\d+[Xx]?", plain, re.ASCII):
        return _number(plain, today)
    key = search_key(text)
    if re.fullmatch(r"[a-z]+", key, re.ASCII):
        return Asked(pinyin=key)
    if not key:
        raise TooLittleTyped
    return Asked(name=key)


def _number(plain: str, today: date) -> Asked:
    if len(plain) in TAIL:
        return Asked(tail=plain)
    if len(plain) < min(TAIL):
        raise TooLittleTyped
    if len(plain) < WHOLE:
        raise HalfANumber
    try:
        if len(plain) == 18:
            return Asked(number=id_number(plain, today))
        return Asked(phone=telephone(plain))
    except BadIdentifier:
        raise HalfANumber from None
