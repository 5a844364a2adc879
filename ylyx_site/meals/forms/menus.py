"""Forms of the menu planner."""

import re
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
)
from wtforms.fields import Field
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals import words
from ylyx_site.meals.kinds import ALLERGENS, DIETS, ItemKind, Picture
from ylyx_site.meals.rules.menus import MOST_LINES, DishWish, SetWish, SwapWish, WithdrawWish
from ylyx_site.meals.rules.wishes import Item, ItemLimit, MenuWish
from ylyx_site.shared.fields import LARGEST, number_from_text
from ylyx_site.shared.forms import (
    CleanField,
    Form,
    WriteForm,
    YuanField,
    day_from_text,
    may_be_left_out,
)
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.money import fen_from_text
from ylyx_site.shared.refusals import NotFound

MOST_PORTIONS = 9999
LONGEST_COUNT = 6  # zeros may stand before it
MONEY_LOOKS = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 8}
_LINE = re.compile(r"(dish|set)-([1-9]\d{0,9})", re.ASCII)


def item_from_text(text: str) -> Item | None:
    """`dish-12` as an item; None for anything else."""
    match = _LINE.fullmatch(text)
    if match is None or int(match[2]) > LARGEST:
        return None
    return ItemKind(match[1]), int(match[2])


class LinesField(Field):
    """Fields `dish-12` (portions), `dish-12-price` and `dish-12-place`, and so for sets.

    `data` are the lines with portions, in the order of their places.
    """

    data: tuple[ItemLimit, ...]

    def process(self, formdata: Any, *_rest: Any, **_more: Any) -> None:
        """Read all lines; the sentences of what cannot be are collected."""
        self.process_errors: list[str] = []
        self.raw_data = None
        self.typed: dict[str, str] = {name: formdata.get(name, "") for name in formdata or ()}
        lines = list[tuple[int, int, ItemLimit]]()
        for name in self.typed:
            item = item_from_text(name)
            if item is not None and digits(self.typed[name].strip()) not in {"", "0"}:
                line = self._line(name, item)
                if line is not None:
                    lines.append((self._place(name), len(lines), line))
        self.data = tuple(line for _place, _number, line in sorted(lines, key=lambda one: one[:2]))
        if len(self.data) > MOST_LINES:
            self._complain(_("一份菜单最多 %(most)d 样。", most=MOST_LINES))

    def _line(self, name: str, item: Item) -> ItemLimit | None:
        portions = digits(self.typed[name].strip())
        is_number = portions.isascii() and portions.isdigit() and len(portions) <= LONGEST_COUNT
        if not (is_number and int(portions) <= MOST_PORTIONS):
            self._complain(_("份数请填 1 到 %(most)d 的整数。", most=MOST_PORTIONS))
            return None
        try:
            fen = fen_from_text(self.typed.get(f"{name}-price", ""))
        except ValueError:
            self._complain(_("每样菜都要有价格，例如 12 或 12.50。"))
            return None
        return ItemLimit(item, fen, int(portions))

    def _place(self, name: str) -> int:
        place = digits(self.typed.get(f"{name}-place", "").strip())
        return int(place) if place.isascii() and place.isdigit() and len(place) < 4 else 999

    def _complain(self, sentence: str) -> None:
        if sentence not in self.process_errors:
            self.process_errors.append(sentence)


class MenuForm(WriteForm):
    """A menu: portions, prices and places of its lines. `then` publishes the draft at once."""

    lines = LinesField()
    then = HiddenField()

    def wish(self, kitchen_id: int, day: date, meal: Meal) -> MenuWish:
        """The wish of a valid form."""
        return MenuWish(kitchen_id, day, meal, self.lines.data)


class PressForm(WriteForm):
    """A button: copy, publish, throw away, retire."""


class WithdrawForm(WriteForm):
    """Why a menu, or `item` of it, is taken back, and what all are to get instead."""

    item = HiddenField(validators=[Optional(), Length(max=20)])
    reason = CleanField(
        _l("为什么撤下（家里人会看到）"),
        gate=str.strip,
        validators=[
            InputRequired(_l("请写清楚为什么撤下，家里人会看到。")),
            Length(max=60, message=_l("最多 60 个字。请写短一点。")),
        ],
        render_kw={"maxlength": 60, "autocomplete": "off"},
    )
    move_to = RadioField(
        _l("已经订了的家庭"), validators=[may_be_left_out()], choices=[], default=""
    )

    def wish(self, kitchen_id: int, day: date, meal: Meal) -> WithdrawWish:
        """The wish of a valid form."""
        return WithdrawWish(
            kitchen_id, day, meal, item_from_text(self.item.data or ""),
            str(self.reason.data or ""), item_from_text(self.move_to.data or ""),
        )  # fmt: skip


def _name_field(label: Any) -> CleanField:
    return CleanField(
        label,
        gate=str.strip,
        validators=[
            InputRequired(_l("请填名字。")),
            Length(max=40, message=_l("最多 40 个字。请写短一点。")),
        ],
        render_kw={"maxlength": 40, "autocomplete": "off"},
    )


def _price_field() -> YuanField:
    return YuanField(_l("价格（元）"), [InputRequired(_l("请填价格。"))], render_kw=MONEY_LOOKS)


class _Ticks(SelectMultipleField):
    """Boxes to tick."""

    option_widget = CheckboxInput()
    widget = ListWidget(prefix_label=False)


def _ticks(label: Any, names: Any, known: tuple[str, ...]) -> _Ticks:
    return _Ticks(label, choices=[SelectChoice(one, names[one]) for one in known])


class DishForm(WriteForm):
    """A dish as its kitchen describes it."""

    name = _name_field(_l("菜名"))
    price_fen = _price_field()
    ingredients = CleanField(
        _l("用料（可以不填）"),
        gate=str.strip,
        validators=[Length(max=200, message=_l("最多 200 个字。请写短一点。"))],
        render_kw={"maxlength": 200, "autocomplete": "off"},
    )
    allergens = _ticks(_l("含有的过敏原（GB 7718 的八类）"), words.ALLERGENS, ALLERGENS)
    diets = _ticks(_l("适合的饮食"), words.DIETS, DIETS)
    picture = RadioField(
        _l("没有照片时画哪一种"),
        choices=[SelectChoice(one.value, words.PICTURES[one]) for one in Picture],
        default=Picture.MEAT.value,
    )

    def wish(self) -> DishWish:
        """The wish of a valid form."""
        return DishWish(
            str(self.name.data), self.price_fen.data or 0, Picture(self.picture.data),
            " ".join(self.allergens.data or ()), " ".join(self.diets.data or ()),
            str(self.ingredients.data or ""),
        )  # fmt: skip


class SetForm(WriteForm):
    """A set and its dishes."""

    name = _name_field(_l("套餐名"))
    price_fen = _price_field()
    dishes = _Ticks(_l("里面有哪些菜"), coerce=int, choices=[])

    def wish(self) -> SetWish:
        """The wish of a valid form."""
        return SetWish(
            str(self.name.data), self.price_fen.data or 0, tuple(sorted(self.dishes.data or ()))
        )


class PhotoForm(WriteForm):
    """A photograph, or `remove` to show the drawing again."""

    photo = FileField(_l("照片"))
    remove = BooleanField(_l("不用照片，改回图画"))


class SwapForm(Form):
    """Which meal that was taken back, and what a family chooses; read from addresses too.

    `quoted` is the price in fen as the page showed it.
    """

    person_id = StringField()
    date = StringField()
    meal = StringField()
    item = StringField()
    quoted = StringField()

    def wish(self, code: str) -> SwapWish:
        """The wish; without a choice for the item 0. Raises `NotFound` when it was bent."""
        try:
            return SwapWish(
                code, number_from_text(self.person_id.data or ""),
                day_from_text(self.date.data or ""), Meal(self.meal.data or ""),
                item_from_text(self.item.data or "") or (ItemKind.SET, 0),
                number_from_text(self.quoted.data or "0"),
            )  # fmt: skip
        except ValueError:
            raise NotFound from None


class SwapWriteForm(SwapForm, WriteForm):
    """The form that chooses or declines."""
