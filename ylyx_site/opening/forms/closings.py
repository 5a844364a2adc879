"""The form of an emergency: asked first with GET, confirmed with what was seen."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from ylyx_site.facilities.queries import ClassFacts
from ylyx_site.opening.rules.wishes import ClosingWish
from ylyx_site.shared.forms import DayField, Form, WriteForm
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.spans import DaySpan

WHOLE_HOUSE = "0"


class ClosingFields(Form):
    """Which class or the whole house, from when to when, and why."""

    what = RadioField(_l("停哪里"))
    first_day = DayField(_l("从哪一天"), validators=[InputRequired(_l("请选哪一天。"))])
    last_day = DayField(_l("到哪一天（含）"), validators=[InputRequired(_l("请选哪一天。"))])
    reason = StringField(
        _l("原因（家长会看到）"),
        validators=[
            InputRequired(_l("请写明原因，家长会看到。")),
            Length(max=100, message=_l("原因太长了，最多 100 个字。")),
        ],
        render_kw={"autocomplete": "off", "maxlength": "100"},
    )

    def offer(self, classes: Iterable[ClassFacts]) -> None:
        """Offer the whole house and each class."""
        choices = [SelectChoice(WHOLE_HOUSE, _("整个机构"))]
        choices += [SelectChoice(str(one.id), one.name) for one in classes]
        self.what.choices = choices

    def validate(self, extra_validators: Any = None) -> bool:
        """The days in their order too."""
        if not super().validate(extra_validators):
            return False
        first, last = self.first_day.data, self.last_day.data
        if first is None or last is None or last < first:
            self.last_day.errors = [_("最后一天不能早于第一天，请重新选日期。")]
            return False
        return True

    def wish(self) -> ClosingWish:
        """What is wanted of a valid form."""
        assert self.first_day.data and self.last_day.data  # noqa: PT018, S101 validated
        days = DaySpan(self.first_day.data, self.last_day.data)
        return ClosingWish(int(self.what.data) or None, days, self.reason.data or "")


class ClosingForm(ClosingFields, WriteForm):
    """The same, confirmed; `shown`: numbers of the days of care that were on the list."""

    shown = HiddenField()

    def wish(self) -> ClosingWish:
        """What is wanted of a valid form, and what was seen."""
        ids = [one for one in (self.shown.data or "").split(",") if one.isascii() and one.isdigit()]
        return replace(super().wish(), shown=frozenset(int(one) for one in ids if len(one) < 10))
