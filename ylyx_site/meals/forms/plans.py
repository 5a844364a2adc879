"""Forms of weekly plans and rests."""

from typing import Any

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.meals import words
from ylyx_site.meals.kinds import Wish
from ylyx_site.meals.rules.wishes import PlanOrderWish, PlanWish, RestWish
from ylyx_site.shared.fields import DayPricesField, DaysField
from ylyx_site.shared.forms import DayField, WriteForm
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.spans import DaySpan


class PlanForm(WriteForm):
    """Who eats on which weekdays; `wish` is `cheapest_set`, `first_set` or the number of a set."""

    person_id = RadioField(_l("谁吃"), coerce=int)
    meal = RadioField(_l("哪一餐"))
    weekdays = SelectMultipleField(
        _l("每周哪几天"), coerce=int,
        choices=[SelectChoice(number, name) for number, name in enumerate(words.WEEKDAYS, 1)],
        option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False),
    )  # fmt: skip
    wish = RadioField(_l("吃什么"))
    serving = RadioField(_l("怎么取餐"))

    def plan(self, canteen_id: int) -> PlanWish:
        """The wish of a valid form."""
        named = self.wish.data.isdecimal()
        return PlanWish(
            person_id=self.person_id.data,
            canteen_id=canteen_id,
            meal=Meal(self.meal.data),
            weekdays=frozenset(self.weekdays.data or ()),
            wish=Wish.NAMED_SET if named else Wish(self.wish.data),
            set_id=int(self.wish.data) if named else None,
            serving=Serving(self.serving.data),
        )


class PlanOrderForm(WriteForm):
    """Which days of the preview to order; `quoted` is what each day costs as shown."""

    date = DaysField(_l("日期"))
    quoted = DayPricesField()

    def wish(self, code: str) -> PlanOrderWish:
        """The wish of a valid form."""
        quoted = tuple(sorted(self.quoted.data))
        return PlanOrderWish(code, tuple(sorted(set(self.date.data))), quoted)


class RestForm(WriteForm):
    """No meals from a day to a day, both included."""

    first = DayField(_l("从哪一天"), name="from", validators=[InputRequired(_l("请选哪一天。"))])
    last = DayField(_l("到哪一天"), name="to", validators=[InputRequired(_l("请选哪一天。"))])

    def validate(self, extra_validators: Any = None) -> bool:
        """Both days, the right way round."""
        if not super().validate(extra_validators):
            return False
        first, last = self.first.data, self.last.data
        if first is None or last is None or last < first:
            self.last.errors = [_("结束日期不能早于开始日期。")]
            return False
        return True

    def wish(self, code: str) -> RestWish:
        """The wish of a valid form."""
        assert self.first.data and self.last.data  # noqa: PT018, S101 validated
        return RestWish(code, DaySpan(self.first.data, self.last.data))


class EndForm(WriteForm):
    """End a plan, or lift a rest (`rest`)."""

    rest = HiddenField()

    @property
    def rest_id(self) -> int:
        """Which rest; 0 for none."""
        text = self.rest.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
