"""Forms of when a nursery is open."""

from typing import Any

from wtforms import RadioField
from wtforms.validators import InputRequired, Length, Optional

from ylyx_site.facilities.kinds import ClosureKind
from ylyx_site.places.forms.fields import TIME_LOOKS, day_field, hour_field, words_of
from ylyx_site.places.wishes import ClosureWish, WeekendWish, WeekWish
from ylyx_site.shared.forms import CleanField, MinuteField, WriteForm
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.refusals import N_

WEEKDAYS = (
    N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"),
)  # fmt: skip


class WeekForm(WriteForm):
    """The week from a day on; both hours of a weekday empty: shut."""

    from_day = day_field(_l("从哪天开始"))
    opens_1 = opens_2 = opens_3 = opens_4 = opens_5 = opens_6 = opens_7 = MinuteField(
        _l("开门"), validators=[Optional()], render_kw=TIME_LOOKS
    )
    closes_1 = closes_2 = closes_3 = closes_4 = closes_5 = closes_6 = closes_7 = MinuteField(
        _l("关门"), validators=[Optional()], render_kw=TIME_LOOKS
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Both hours of a weekday, or none."""
        whole = bool(super().validate(extra_validators))
        for opens, closes in self.pairs:
            if bool(opens.data) != bool(closes.data):
                missing = closes if opens.data else opens
                missing.errors = [*missing.errors, gettext("开门和关门要一起填；休息就都空着。")]
                whole = False
        return whole

    @property
    def pairs(self) -> list[tuple[Any, Any]]:
        """The two fields of each weekday, Monday first."""
        return [(self[f"opens_{day}"], self[f"closes_{day}"]) for day in range(1, 8)]

    def wish(self) -> WeekWish:
        """The week as it is to be."""
        assert self.from_day.data is not None  # noqa: S101 validated
        hours = tuple((opens.minute, closes.minute) for opens, closes in self.pairs)
        return WeekWish(self.from_day.data, hours)


class ClosureForm(WriteForm):
    """Days to be shut."""

    kind = RadioField(
        _l("为什么停托"),
        choices=lambda: words_of(ClosureKind),
        default=ClosureKind.OWN.value,
        validators=[InputRequired(_l("请选一种。"))],
    )
    first_day = day_field(_l("第一天"))
    last_day = day_field(_l("最后一天（含这一天）"))
    reason = CleanField(
        _l("原因（家长会看到）"),
        gate=str.strip,
        validators=[
            InputRequired(_l("请写明原因，家长会看到。")),
            Length(min=2, max=100, message=_l("原因写 2 到 100 个字。")),
        ],
    )

    def wish(self) -> ClosureWish:
        """The closure."""
        assert self.first_day.data is not None  # noqa: S101 validated
        assert self.last_day.data is not None  # noqa: S101 validated
        return ClosureWish(
            ClosureKind(self.kind.data),
            self.first_day.data,
            self.last_day.data,
            str(self.reason.data),
        )


class PressForm(WriteForm):
    """A button that writes; nothing to fill in."""


class WeekendForm(WriteForm):
    """A weekend worked by 调休 to open on."""

    day = day_field(_l("哪一天"))
    opens = hour_field(_l("开门"))
    closes = hour_field(_l("关门"))

    def wish(self) -> WeekendWish:
        """The day and its hours."""
        assert self.day.data is not None  # noqa: S101 validated
        return WeekendWish(self.day.data, self.opens.minute or 0, self.closes.minute or 0)
