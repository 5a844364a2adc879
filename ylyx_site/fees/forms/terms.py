"""The form of a nursery's table."""

from datetime import date
from typing import Any

from wtforms.validators import InputRequired, NumberRange

from ylyx_site.fees.rules.terms import Terms
from ylyx_site.shared.forms import CountField, DayField, MinuteField, WriteForm, YuanField
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.spans import text_from_minute

NEEDED = InputRequired(_l("请填写这一格，没有就填 0。"))
SHARE = NumberRange(0, 100, _l("比例在 0 到 100 之间。"))


class TermsForm(WriteForm):
    """All of the table, from a day on."""

    from_day = DayField(_l("从哪一天起"), [InputRequired(_l("请填从哪一天起。"))])
    late_grace = CountField(_l("晚接多少分钟以内不收费"), [NEEDED])
    late_step = CountField(
        _l("超过以后，每多少分钟算一次"),
        [NEEDED, NumberRange(1, 240, _l("请填 1 到 240 分钟。"))],
    )
    late_step_fen = YuanField(_l("每次收多少元"), [NEEDED])
    meal_fen = YuanField(_l("餐费，每天多少元"), [NEEDED])
    meal_minute = MinuteField(_l("几点开餐"), [InputRequired(_l("请填时间，例如 11:30。"))])
    told_days_before = CountField(
        _l("提前几天请假（当天填 0）"),
        [NEEDED, NumberRange(0, 30, _l("请填 0 到 30 天。"))],
    )
    told_minute = MinuteField(_l("几点以前请假"), [InputRequired(_l("请填时间，例如 08:30。"))])
    told_back = CountField(_l("按时请假，保育费退百分之几"), [NEEDED, SHARE])
    untold_back = CountField(_l("没有按时请假或没来，保育费退百分之几"), [NEEDED, SHARE])
    month_fen = YuanField(_l("每月固定收多少元"), [NEEDED])

    @classmethod
    def of(cls, terms: Terms, from_day: date) -> "TermsForm":
        """The form as it stands before anything is typed."""
        times = {
            name: text_from_minute(getattr(terms, name)) for name in ("meal_minute", "told_minute")
        }
        shown: dict[str, Any] = {name: getattr(terms, name) for name in Terms.__dataclass_fields__}
        return cls(formdata=None, data=shown | times | {"from_day": from_day})

    def wish(self) -> Terms:
        """The table of a valid form."""
        minutes = {"meal_minute": self.meal_minute.minute, "told_minute": self.told_minute.minute}
        typed = {name: getattr(self, name).data for name in Terms.__dataclass_fields__}
        return Terms(**(typed | minutes))
