"""Forms of ordering and ending."""

import re
from dataclasses import replace
from typing import Any

from wtforms import BooleanField, HiddenField, StringField
from wtforms.fields import Field
from wtforms.validators import Length, Optional

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.meals.kinds import ItemKind
from ylyx_site.meals.rules.wishes import (
    MOST_PEOPLE,
    MOST_PORTIONS,
    NOT_SHOWN,
    CancelWish,
    Item,
    MealWish,
    OrderWish,
)
from ylyx_site.shared.fields import LARGEST, DaysField, NumbersField, PersonPricesField
from ylyx_site.shared.forms import DayField, Form, WriteForm
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l

_ITEM = re.compile(r"(dish|set)-([1-9]\d{0,9})", re.ASCII)


class PortionsField(Field):
    """All fields `dish-12` and `set-3`: how many of each; `data` is {item: number above 0}."""

    data: dict[Item, int]

    def process(self, formdata: Any, *_rest: Any, **_more: Any) -> None:
        """Read the numbers; signs, decimals, words and too many are refused with a sentence."""
        self.process_errors: list[str] = []
        self.raw_data = None
        self.data, self.typed = {}, dict[str, str]()
        for name in formdata or ():
            match = _ITEM.fullmatch(name)
            if match is not None and int(match[2]) <= LARGEST:
                self._read(name, (ItemKind(match[1]), int(match[2])), formdata.get(name, ""))

    def _read(self, name: str, item: Item, text: str) -> None:
        plain = self.typed[name] = digits(text.strip())
        if not plain:
            return
        if not (plain.isascii() and plain.isdigit()):
            self._complain(_("份数请填整数，例如 1。"))
        elif len(plain) > 9 or int(plain) > MOST_PORTIONS:
            self._complain(
                _("一个人一餐最多订 %(most)d 份。人多请打电话给食堂。", most=MOST_PORTIONS)
            )
        elif int(plain):
            self.data[item] = int(plain)

    def _complain(self, sentence: str) -> None:
        if sentence not in self.process_errors:
            self.process_errors.append(sentence)


class MealForm(Form):
    """Who eats what, when and how; read from an address (GET) as well as from a form."""

    person_id = NumbersField(_l("谁吃"))
    date = DayField(_l("日期"))
    meal = StringField(_l("哪一餐"))
    serving = StringField(_l("怎么取餐"))
    portions = PortionsField(_l("份数"))
    note = StringField(
        _l("想告诉食堂的话"), [Length(max=200, message=_l("最多 200 个字。请写短一点。"))]
    )
    again = BooleanField(_l("我知道已经订过，再订一份，按原价付"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field, then what must not be missing."""
        good = super().validate(extra_validators)
        return self._has_people() and self._has_meal() and good

    def _has_people(self) -> bool:
        if self.person_id.errors:
            return False
        if not self.person_id.data:
            return _error(self.person_id, _("请选给谁订。"))
        if len(set(self.person_id.data)) > MOST_PEOPLE:
            return _error(self.person_id, _("一次最多给 %(most)d 个人订。", most=MOST_PEOPLE))
        return True

    def _has_meal(self) -> bool:
        if not self.date.errors and self.date.data is None:
            return _error(self.date, _("请选哪一天。"))
        if self.meal.data not in tuple(Meal):
            return _error(self.meal, _("请选早餐、午餐还是晚餐。"))
        if self.serving.data and self.serving.data not in tuple(Serving):
            return _error(self.serving, _("请选怎么取餐：堂食、自取，还是送到家。"))
        return True

    def wish(self, canteen_id: int) -> OrderWish:
        """The wish of a valid form."""
        assert self.date.data is not None  # noqa: S101 validated
        numbers = tuple(sorted(self.portions.data.items()))
        return OrderWish(
            canteen_id=canteen_id,
            person_ids=tuple(dict.fromkeys(self.person_id.data)),
            meals=(MealWish(self.date.data, Meal(self.meal.data or ""), numbers),),
            serving=Serving(self.serving.data) if self.serving.data else None,
            note=(self.note.data or "").strip(),
            again=bool(self.again.data),
        )


class OrderForm(MealForm, WriteForm):
    """The form that orders; `quoted` has what each person's meal costs as its page showed it."""

    quoted = PersonPricesField()
    show = HiddenField()  # the button that only works out the price, where there is no script
    shown = HiddenField()  # sent by the page, which promises that prices are seen before ordering

    def wish(self, canteen_id: int) -> OrderWish:
        """The wish of a valid form, with the prices that were shown."""
        wish = super().wish(canteen_id)
        quoted = dict(self.quoted.data)
        if self.shown.data:
            quoted = dict.fromkeys(wish.person_ids, NOT_SHOWN) | quoted
        return replace(wish, quoted=tuple(quoted.items()))


class EndingForm(Form):
    """Cancel or undo. The key is optional: ending what is ended already is refused anyway."""

    key = HiddenField(validators=[Optional(), Length(max=64)])
    date = DaysField(_l("日期"))
    person_id = NumbersField()

    def wish(self, code: str) -> CancelWish:
        """Which days to cancel, and for whom."""
        days, people = sorted(set(self.date.data)), sorted(set(self.person_id.data))
        return CancelWish(code, tuple(days), person_ids=tuple(people))


def _error(field: Field, sentence: str) -> bool:
    field.errors = [*field.errors, sentence]
    return False
