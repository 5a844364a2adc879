"""Fields of which several values are sent under one name; `data` is a list."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from wtforms.fields import Field

from ylyx_site.shared.forms import day_from_text
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.language import gettext

LARGEST = 2**31 - 1  # the largest row number of a database's integer
_NUMBER = re.compile(r"[0-9]{1,10}", re.ASCII)


def number_from_text(text: str) -> int:
    """Digits, full-width ones too, up to `LARGEST`; ValueError for anything else."""
    plain = digits(text.strip())
    if not _NUMBER.fullmatch(plain) or int(plain) > LARGEST:
        raise _incomplete()
    return int(plain)


def _incomplete() -> ValueError:
    return ValueError(gettext("页面不完整，请重新打开这一页再试。"))


class ManyField(Field):
    """All values that were sent; the first bad one is the error."""

    data: list[Any]

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read each of them."""
        self.data = []
        self.raw_data = list(valuelist)
        for text in valuelist:
            self.data += self.read(text)

    def process_data(self, value: Any) -> None:
        """Nothing unless something is sent."""
        self.data = list(value or ())

    def read(self, text: str) -> list[Any]:
        """What one value is; nothing for one that is to be left out. Raises ValueError."""
        raise NotImplementedError


class NumbersField(ManyField):
    """Numbers: people, weekdays; anything else than digits is refused."""

    data: list[int]

    def read(self, text: str) -> list[int]:
        """One number."""
        return [number_from_text(text)]


class DaysField(ManyField):
    """Days, each `YYYY-MM-DD`; empty ones are left out."""

    data: list[date]

    def read(self, text: str) -> list[date]:
        """One day."""
        return [day_from_text(text)] if text.strip() else []


class DayPricesField(ManyField):
    """Prices as shown, each `YYYY-MM-DD:fen`; whoever bends one only harms its own check."""

    data: list[tuple[date, int]]

    def read(self, text: str) -> list[tuple[date, int]]:
        """One day with its price."""
        day, _sep, fen = text.partition(":")
        try:
            return [(day_from_text(day), number_from_text(fen))]
        except ValueError:  # nobody types this: the page is to blame, not a day
            raise _incomplete() from None


class PersonPricesField(ManyField):
    """Prices as shown, each `person:fen`."""

    data: list[tuple[int, int]]

    def read(self, text: str) -> list[tuple[int, int]]:
        """One person with the price."""
        person, _sep, fen = text.partition(":")
        return [(number_from_text(person), number_from_text(fen))]
