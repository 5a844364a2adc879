"""Forms of a month's settlement."""

from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from ylyx_site.settlement.kinds import Pays
from ylyx_site.settlement.rules.wishes import (
    LONGEST_PURPOSE,
    LONGEST_WHY,
    CorrectionWish,
    SettleWish,
)
from ylyx_site.settlement.words import PAYS
from ylyx_site.shared.forms import Form, MonthField, WriteForm, YuanField
from ylyx_site.shared.language import lazy_gettext as _l

QUIET = {"autocomplete": "off"}


class MonthForm(Form):
    """Which month; from the address."""

    month = MonthField(_l("月份"))


class SettleForm(WriteForm):
    """Settle; for whom."""

    month = MonthField(_l("月份"), validators=[InputRequired(_l("请选月份。"))])
    purpose = StringField(
        _l("给谁、做什么用"),
        validators=[Length(max=LONGEST_PURPOSE, message=_l("太长了，最多 60 个字。"))],
        render_kw=QUIET,
    )

    def wish(self) -> SettleWish:
        """What was typed."""
        return SettleWish(str(self.month.data), self.purpose.data or "")


class CorrectionForm(WriteForm):
    """A further line with a reason."""

    month = MonthField(_l("月份"), validators=[InputRequired(_l("请选月份。"))])
    pays = RadioField(
        _l("改谁的"),
        choices=[SelectChoice(one.value, name) for one, name in PAYS.items()],
        default=Pays.CITY.value,
    )
    way = RadioField(
        _l("加还是减"),
        choices=[SelectChoice("less", _l("减少")), SelectChoice("more", _l("增加"))],
        default="less",
    )
    fen = YuanField(_l("多少钱（元）"), validators=[InputRequired(_l("请填写金额。"))])
    why = StringField(
        _l("为什么"),
        validators=[Length(max=LONGEST_WHY, message=_l("太长了，最多 100 个字。"))],
        render_kw=QUIET,
    )

    def wish(self) -> CorrectionWish:
        """What was typed, with its sign."""
        fen = self.fen.data or 0
        signed = -fen if self.way.data == "less" else fen
        return CorrectionWish(
            str(self.month.data), Pays(self.pays.data), signed, self.why.data or ""
        )
