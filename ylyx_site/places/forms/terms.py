"""Forms of prices, hours that are sold, limits and contact."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from wtforms import RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from ylyx_site.facilities.kinds import Basis, CareKind, Deed, Tariff
from ylyx_site.facilities.rules.limits import Limit
from ylyx_site.facilities.service import Contact
from ylyx_site.places.forms.fields import (
    TIME_LOOKS,
    choices_of,
    count_field,
    day_field,
    hour_field,
    words_of,
)
from ylyx_site.places.wishes import CareHoursWish, HoldingWish, LimitWish, PriceWish
from ylyx_site.shared import identifiers
from ylyx_site.shared.forms import CleanField, MinuteField, WriteForm, YuanField
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.refusals import N_

PARTS = ("full_day", "am", "pm")
BASES: Mapping[Basis, str] = {
    Basis.WORKING_DAYS_BEFORE: N_("提前几个工作日，到那天的几点"),
    Basis.DAYS_BEFORE: N_("提前几天，到那天的几点（0 天就是当天）"),
    Basis.MINUTES_BEFORE: N_("照护开始前多少分钟"),
}


class Keeps(StrEnum):
    """Whether places are kept while a form is filled in."""

    YES = "yes"
    NO = "no"


KEEPS: Mapping[Keeps, str] = {
    Keeps.YES: N_("留：点“先留位”后留 10 分钟，长辈版 20 分钟，可以延长一次"),
    Keeps.NO: N_("不留：谁先确认，位子就是谁的"),
}


class PriceForm(WriteForm):
    """A price from a day on."""

    tariff = SelectField(
        _l("哪一种"),
        choices=lambda: words_of(Tariff),
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


class HoldingForm(WriteForm):
    """Whether places are kept while a family fills in its form."""

    keeps = RadioField(
        _l("家长填表的时候，先给留位吗"),
        choices=lambda: choices_of(KEEPS),
        validators=[InputRequired(_l("请选一种。"))],
    )

    def wish(self) -> HoldingWish:
        """Yes or no."""
        return HoldingWish(self.keeps.data == Keeps.YES)


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
