"""Forms of booking: shape only; each hands over one typed, frozen wish."""

from dataclasses import replace
from typing import Any

from wtforms import BooleanField, HiddenField, StringField
from wtforms.fields import Field
from wtforms.validators import Length, Optional

from ylyx_site.childcare.rules.wishes import CancelWish, CareWish, Pattern, Replaced
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.shared.fields import DayPricesField, DaysField, NumbersField
from ylyx_site.shared.forms import DayField, Form, MinuteField, WriteForm
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.spans import DaySpan

HALVES = ("am", "pm")
LARGEST = 2**31 - 1


class CareForm(Form):
    """What, when and for whom; read from an address (GET) as well as from a form."""

    child_id = NumbersField(_l("孩子"))
    date = DaysField(_l("日期"))
    weekdays = NumbersField(_l("每周哪几天"))
    first = DayField(_l("从哪一天"), name="from")
    last = DayField(_l("到哪一天"), name="to")
    kind = StringField(_l("托育方式"))
    half = StringField(_l("上午还是下午"))
    start = MinuteField(_l("几点到园"))
    end = MinuteField(_l("几点离园"))
    class_id = NumbersField(_l("班级"))
    note = StringField(
        _l("想告诉老师的话"), [Length(max=200, message=_l("最多 200 个字。请写短一点。"))]
    )
    working_weekends = BooleanField(_l("调休上班日也约"))
    instead_of = StringField(_l("改哪一次预约"), [Length(max=12)])
    instead_day = DayField(_l("改哪一天"))

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field, then what only shows when they are seen together."""
        good = super().validate(extra_validators)
        return self._has_known_kind() and self._has_days() and self._has_child() and good

    def _has_known_kind(self) -> bool:
        if self.kind.data not in tuple(CareKind):
            return _error(self.kind, _("没有这种托育方式。请选全日、半日、计时或临时。"))
        if (self.half.data or "") not in ("", *HALVES):
            return _error(self.half, _("请选上午还是下午。"))
        return True

    def _has_child(self) -> bool:
        if self.child_id.errors:
            return False
        return bool(self.child_id.data) or _error(self.child_id, _("请选哪个孩子去。"))

    def _has_days(self) -> bool:
        if self.date.errors or self.first.errors or self.last.errors:
            return False
        if self.date.data:
            return True
        if not self.weekdays.data:
            return _error(self.date, _("请选哪一天去。"))
        return self._has_pattern()

    def _has_pattern(self) -> bool:
        if not set(self.weekdays.data) <= set(range(1, 8)):
            return _error(self.weekdays, _("请选周一到周日中的几天。"))
        if self.first.data is None:
            return _error(self.first, _("请填从哪一天开始。"))
        if self.last.data is None:
            return _error(self.last, _("请填到哪一天为止。"))
        if self.last.data < self.first.data:
            return _error(self.last, _("结束日期不能早于开始日期。"))
        return True

    def wish(self, facility_id: int) -> CareWish:
        """The wish of a valid form."""
        pattern = None
        if not self.date.data and self.first.data and self.last.data:
            days = DaySpan(self.first.data, self.last.data)
            pattern = Pattern(frozenset(self.weekdays.data), days)
        return CareWish(
            facility_id=facility_id,
            child_ids=tuple(dict.fromkeys(self.child_id.data)),
            days=tuple(sorted(set(self.date.data))),
            pattern=pattern,
            kind=CareKind(self.kind.data or ""),
            half=self.half.data or "",
            start=self.start.minute,
            end=self.end.minute,
            class_id=self.class_id.data[0] if self.class_id.data else None,
            note=(self.note.data or "").strip(),
            with_working_weekends=bool(self.working_weekends.data),
            instead=self._instead(),
        )

    def _instead(self) -> Replaced | None:
        if not self.instead_of.data or self.instead_day.data is None:
            return None
        return Replaced(self.instead_of.data, self.instead_day.data)


class BookingForm(CareForm, WriteForm):
    """The form that books; `quoted` has the price of each day as its page showed it."""

    quoted = DayPricesField()

    def wish(self, facility_id: int) -> CareWish:
        """The wish of a valid form, with the prices that were shown."""
        return replace(super().wish(facility_id), quoted=tuple(self.quoted.data))


class EndingForm(Form):
    """Cancel or undo. The key is optional: ending what is ended already is refused anyway."""

    key = HiddenField(validators=[Optional(), Length(max=64)])
    date = DaysField(_l("日期"))

    def wish(self, code: str) -> CancelWish:
        """Which days to cancel."""
        return CancelWish(code, tuple(sorted(set(self.date.data))))


def _error(field: Field, sentence: str) -> bool:
    field.errors = [*field.errors, sentence]
    return False
