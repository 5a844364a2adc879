"""Forms of a canteen's terms."""

from typing import Any

from wtforms import BooleanField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals.rules.terms import DeliveryWish, KitchenWish, MealTermsWish
from ylyx_site.shared.forms import CountField, MinuteField, WriteForm, YuanField
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.language import lazy_gettext as _l

NUMBER_LOOKS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 5}
TIME_LOOKS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 5, "size": 6}
MOST_AREAS = 60


def _hour(label: Any) -> MinuteField:
    return MinuteField(label, validators=[InputRequired(_l("请填时间。"))], render_kw=TIME_LOOKS)


def _count(label: Any) -> CountField:
    return CountField(label, validators=[InputRequired(_l("请填数字。"))], render_kw=NUMBER_LOOKS)


class MealTermsForm(WriteForm):
    """Hours, cut-off and places of a meal."""

    serves_from = _hour(_l("开饭时间"))
    serves_to = _hour(_l("结束时间"))
    cutoff_days_before = _count(_l("提前几天截止（0 是当天）"))
    cutoff = _hour(_l("截止时间"))
    seats = _count(_l("堂食座位"))
    pick_ups = _count(_l("自取份数"))
    deliveries = _count(_l("送餐份数"))

    def wish(self, meal: Meal) -> MealTermsWish:
        """The wish of a valid form."""
        return MealTermsWish(
            meal, self.serves_from.minute or 0, self.serves_to.minute or 0,
            self.cutoff_days_before.data or 0, self.cutoff.minute or 0, self.seats.data or 0,
            self.pick_ups.data or 0, self.deliveries.data or 0,
        )  # fmt: skip


class DeliveryForm(WriteForm):
    """Whether meals are brought, for how much, and where to: codes parted by spaces or lines."""

    delivers = BooleanField(_l("送餐上门"))
    fee_fen = YuanField(
        _l("每份送餐费（元，0 是免费）"), [InputRequired(_l("请填金额，免费填 0。"))],
        render_kw={"inputmode": "decimal", "autocomplete": "off", "maxlength": 8},
    )  # fmt: skip
    areas = TextAreaField(
        _l("送到哪些地方（行政区划代码）"),
        [Length(max=MOST_AREAS * 13, message=_l("太多了。请填上一级的代码。"))],
        render_kw={"rows": 4, "autocomplete": "off"},
    )

    def wish(self) -> DeliveryWish:
        """The wish of a valid form."""
        areas = tuple(dict.fromkeys(digits(self.areas.data or "").replace("、", " ").split()))
        return DeliveryWish(bool(self.delivers.data), self.fee_fen.data or 0, areas)


class KitchenForm(WriteForm):
    """Whose kitchen cooks."""

    supplied_by = SelectField(_l("饭由谁做"), coerce=int, choices=[])

    def wish(self) -> KitchenWish:
        """The wish of a valid form."""
        return KitchenWish(self.supplied_by.data or None)
