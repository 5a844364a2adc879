"""Forms of the desk's facility pages."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from ylyx_site.facilities import words
from ylyx_site.facilities.kinds import Basis, CareKind, ClassKind, ClosureKind, Deed, Tariff
from ylyx_site.facilities.rules.limits import Limit
from ylyx_site.facilities.service import ClassWish, Contact
from ylyx_site.places.wishes import (
    CapWish,
    CareHoursWish,
    ClosureWish,
    EndWish,
    LimitWish,
    NewClassWish,
    PriceWish,
    WeekendWish,
    WeekWish,
)
from ylyx_site.shared import clock, identifiers
from ylyx_site.shared.forms import (
    CleanField,
    CountField,
    DayField,
    MinuteField,
    WriteForm,
    YuanField,
    refuse_field,
)
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.refusals import N_

FAR = timedelta(days=3 * 366)
WEEKDAYS = (
    N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"),
)  # fmt: skip
PARTS = ("full_day", "am", "pm")
BASES: Mapping[Basis, str] = {
    Basis.WORKING_DAYS_BEFORE: N_("提前几个工作日，到那天的几点"),
    Basis.DAYS_BEFORE: N_("提前几天，到那天的几点（0 天就是当天）"),
    Basis.MINUTES_BEFORE: N_("照护开始前多少分钟"),
}
NUMBER_LOOKS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 5}
TIME_LOOKS = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 5, "size": 6}


def not_far(_form: Any, field: Any) -> None:
    """A validator: a day more than three years away is a slip of the year."""
    if field.data and abs(field.data - clock.today()) > FAR:
        raise refuse_field(gettext("这个日期离今天太远，请核对年份。"))


def day_field(label: Any) -> DayField:
    """A day that has to be given."""
    return DayField(label, validators=[InputRequired(_l("请选日期。")), not_far])


def hour_field(label: Any) -> MinuteField:
    """A time of day that has to be given."""
    return MinuteField(label, validators=[InputRequired(_l("请填时间。"))], render_kw=TIME_LOOKS)


def count_field(label: Any) -> CountField:
    """A number that has to be given."""
    return CountField(label, validators=[InputRequired(_l("请填数字。"))], render_kw=NUMBER_LOOKS)


def choices_of(names: Mapping[Any, str]) -> list[tuple[str, str]]:
    """Choices with their words in the language of this request."""
    return [(str(value.value), gettext(name)) for value, name in names.items()]


def _words(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return choices_of(words.NAMES[kind])


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
        choices=lambda: _words(ClosureKind),
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


class ClassForm(WriteForm):
    """A new class; what is left empty is what the standard says of its kind."""

    kind = SelectField(
        _l("班级类型"),
        choices=lambda: _words(ClassKind),
        validators=[InputRequired(_l("请选一种。"))],
    )
    name = CleanField(
        _l("班级名称"),
        gate=str.strip,
        validators=[
            InputRequired(_l("请填写名称。")),
            Length(max=40, message=_l("最多 40 个字。")),
        ],
        render_kw={"autocomplete": "off"},
    )
    children = CountField(_l("最多收几名孩子"), validators=[Optional()], render_kw=NUMBER_LOOKS)
    children_per_carer = CountField(
        _l("1 名保育人员最多照护几名"), validators=[Optional()], render_kw=NUMBER_LOOKS
    )
    from_months = CountField(_l("从几个月大"), validators=[Optional()], render_kw=NUMBER_LOOKS)
    to_months = CountField(_l("到不满几个月"), validators=[Optional()], render_kw=NUMBER_LOOKS)
    from_day = day_field(_l("从哪天开班"))

    def wish(self) -> NewClassWish:
        """The class and its first day."""
        assert self.from_day.data is not None  # noqa: S101 validated
        return NewClassWish(
            self.from_day.data,
            ClassWish(
                ClassKind(self.kind.data),
                str(self.name.data),
                children=self.children.data,
                children_per_carer=self.children_per_carer.data,
                from_months=self.from_months.data,
                to_months=self.to_months.data,
            ),
        )


class CapForm(WriteForm):
    """How many children a class takes from a day on."""

    children = count_field(_l("最多收几名孩子"))
    from_day = day_field(_l("从哪天开始"))

    def wish(self, class_id: int) -> CapWish:
        """The cap."""
        assert self.from_day.data is not None  # noqa: S101 validated
        return CapWish(class_id, self.children.data or 0, self.from_day.data)


class EndForm(WriteForm):
    """The first day without a class."""

    ended_on = day_field(_l("从哪天起不再开班"))

    def wish(self, class_id: int) -> EndWish:
        """The end."""
        assert self.ended_on.data is not None  # noqa: S101 validated
        return EndWish(class_id, self.ended_on.data)


class PriceForm(WriteForm):
    """A price from a day on."""

    tariff = SelectField(
        _l("哪一种"),
        choices=lambda: _words(Tariff),
        validators=[InputRequired(_l("请选一种。"))],
    )
    fen = YuanField(
        _l("价格（元）"),
        validators=[InputRequired(_l("请填价格。"))],
        render_kw={"inputmode": "decimal", "autocomplete": "off", "maxlength": 12},
    )
    from_day = day_field(_l("从哪天开始"))

    def wish(self) -> PriceWish:
        """The price."""
        assert self.from_day.data is not None  # noqa: S101 validated
        return PriceWish(Tariff(self.tariff.data), self.fen.data or 0, self.from_day.data)


class CareHoursForm(WriteForm):
    """The hours sold as a day, a morning, an afternoon."""

    full_day_starts = hour_field(_l("全日，开始"))
    full_day_ends = hour_field(_l("全日，结束"))
    am_starts = hour_field(_l("上午，开始"))
    am_ends = hour_field(_l("上午，结束"))
    pm_starts = hour_field(_l("下午，开始"))
    pm_ends = hour_field(_l("下午，结束"))

    def wish(self) -> CareHoursWish:
        """All three."""
        return CareHoursWish(
            tuple(
                (part, self[f"{part}_starts"].minute or 0, self[f"{part}_ends"].minute or 0)
                for part in PARTS
            )
        )


class LimitForm(WriteForm):
    """Until when a deed is allowed."""

    basis = RadioField(
        _l("怎么算"),
        choices=lambda: choices_of(BASES),
        validators=[InputRequired(_l("请选一种。"))],
    )
    count = count_field(_l("几天，或多少分钟"))
    minute = MinuteField(_l("到几点"), validators=[Optional()], render_kw=TIME_LOOKS)

    def validate(self, extra_validators: Any = None) -> bool:
        """Days need an hour."""
        whole = bool(super().validate(extra_validators))
        if self.basis.data != Basis.MINUTES_BEFORE.value and self.minute.data == "":
            self.minute.errors = [*self.minute.errors, gettext("按天数算，要填到几点。")]
            return False
        return whole

    def wish(self, kind: CareKind, half: str, deed: Deed) -> LimitWish:
        """The limit of that kind, half and deed."""
        basis = Basis(self.basis.data)
        minute = 0 if basis is Basis.MINUTES_BEFORE else self.minute.minute or 0
        return LimitWish((kind, half, deed), Limit(basis, self.count.data or 0, minute))


class ContactForm(WriteForm):
    """What a facility says of itself."""

    telephone = CleanField(
        _l("电话"),
        gate=identifiers.telephone,
        validators=[InputRequired(_l("请填写电话。"))],
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )
    address = CleanField(
        _l("地址"),
        gate=str.strip,
        validators=[
            InputRequired(_l("请填写地址。")),
            Length(min=2, max=120, message=_l("地址写 2 到 120 个字。")),
        ],
    )
    about = TextAreaField(
        _l("简介（可以不填）"),
        validators=[Length(max=400, message=_l("简介最多 400 个字，请写短一些。"))],
        render_kw={"rows": 4},
    )

    def wish(self) -> Contact:
        """The facts."""
        about = (self.about.data or "").strip()
        return Contact(str(self.telephone.data), str(self.address.data), about)
