"""The form of a week's sheet: `cell-<person>-<day>` is a digit, `serving-<person>` how."""

import re
from datetime import date
from typing import Any

from wtforms import BooleanField, HiddenField
from wtforms.fields import Field

from ylyx_site.counter.wishes import Cell, Sheet
from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.shared.forms import WriteForm, day_from_text
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.language import gettext as _

_CELL = re.compile(r"cell-(\d{1,9})-(\d{4}-\d{2}-\d{2})", re.ASCII)
_SERVING = re.compile(r"serving-(\d{1,9})", re.ASCII)
MOST_CELLS = 60 * 7


class CellsField(Field):
    """All marks; `typed` has each as it was typed, `data` those that are a digit."""

    data: list[Cell]

    def process(self, formdata: Any, *_rest: Any, **_more: Any) -> None:
        """Read the marks; empty ones are left out, what is no digit is refused."""
        self.process_errors: list[str] = []
        self.raw_data, self.data, self.typed = None, [], dict[str, str]()
        for name in formdata or ():
            match = _CELL.fullmatch(name)
            if match is not None and len(self.typed) < MOST_CELLS:
                self._read(name, int(match[1]), match[2], formdata.get(name, ""))

    def _read(self, name: str, person_id: int, day: str, text: str) -> None:
        plain = self.typed[name] = digits(text.strip())
        if not plain:
            return
        if not re.fullmatch(r"\d", plain, re.ASCII):
            sentence = _("格子里只填一个数字：0 是跟上次一样，1 起是套餐的号码。")
            self.process_errors = [sentence]
            return
        try:
            self.data.append(Cell(person_id, day_from_text(day), int(plain)))
        except ValueError as bad:
            self.process_errors = [str(bad)]


class ServingsField(Field):
    """How each person is served."""

    data: dict[int, Serving]

    def process(self, formdata: Any, *_rest: Any, **_more: Any) -> None:
        """Read all; what is no way of serving is as last time."""
        self.process_errors: list[str] = []
        self.raw_data, self.data = None, {}
        for name in formdata or ():
            match, value = _SERVING.fullmatch(name), formdata.get(name, "")
            if match is not None and value in tuple(Serving):
                self.data[int(match[1])] = Serving(value)


class SheetForm(WriteForm):
    """A sheet; `show` only works out the price, `shown_fen` is what the page had shown."""

    cells = CellsField()
    servings = ServingsField()
    show = HiddenField()
    shown_fen = HiddenField()
    only_possible = BooleanField()

    @property
    def is_shown(self) -> bool:
        """Whether the page had shown a price, and the clerk orders at it."""
        return bool(self._shown() is not None and not self.show.data)

    def _shown(self) -> int | None:
        text = str(self.shown_fen.data or "")
        return int(text) if re.fullmatch(r"\d{1,9}", text, re.ASCII) else None

    def wish(self, meal: Meal, days: tuple[date, ...]) -> Sheet:
        """The sheet of a week, row by row; marks of other days are left out."""
        cells = sorted(
            (one for one in self.cells.data if one.day in days),
            key=lambda one: (one.person_id, one.day),
        )
        return Sheet(
            meal, tuple(cells), tuple(sorted(self.servings.data.items())), self._shown(),
            only_possible=bool(self.only_possible.data),
        )  # fmt: skip
