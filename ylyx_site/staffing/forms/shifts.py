"""Forms of shifts, weeks and leave."""

from datetime import date
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from ylyx_site.places.forms.fields import choices_of, day_field, hour_field
from ylyx_site.shared.forms import WriteForm, day_from_text
from ylyx_site.shared.identifiers import row_number
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.staffing.kinds import SHIFTS, ShiftKind
from ylyx_site.staffing.wishes import CopyWish, LeaveWish, ShiftChange, ShiftWish, StartWish


def number_or_none(text: Any) -> int | None:
    """A row's number; nothing chosen is None."""
    return row_number(str(text)) if text else None


class ShiftForm(WriteForm):
    """One shift; whose carer and class these are, the command knows: strangers do not exist."""

    carer_id = SelectField(
        _l("谁"),
        coerce=number_or_none,
        validate_choice=False,
        validators=[InputRequired(_l("请选一个人。"))],
    )
    class_id = SelectField(_l("哪个班"), coerce=number_or_none, validate_choice=False)
    kind = RadioField(
        _l("做什么"),
        choices=lambda: choices_of(SHIFTS),
        default=ShiftKind.DUTY.value,
        validators=[InputRequired(_l("请选一种。"))],
    )
    starts = hour_field(_l("从几点"))
    ends = hour_field(_l("到几点"))

    def change(self, shift_id: int) -> ShiftChange:
        """The shift as it is to be."""
        return ShiftChange(
            shift_id,
            self.carer_id.data,
            self.class_id.data,
            self.starts.minute or 0,
            self.ends.minute or 0,
            ShiftKind(self.kind.data),
        )


class NewShiftForm(ShiftForm):
    """The same shift on some days of a week."""

    days = SelectMultipleField(
        _l("哪几天"),
        coerce=lambda text: text if isinstance(text, date) else day_from_text(text),
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def wish(self) -> ShiftWish:
        """The shift and its days."""
        one = self.change(0)
        days = tuple(self.days.data or ())
        return ShiftWish(one.carer_id, one.class_id, days, one.starts, one.ends, one.kind)


class CopyForm(WriteForm):
    """The week to be filled."""

    week = day_field(_l("哪一周"))

    def wish(self) -> CopyWish:
        """The week."""
        assert self.week.data is not None  # noqa: S101 validated
        return CopyWish(self.week.data)


class StartForm(WriteForm):
    """From which day on the roster counts."""

    from_day = day_field(_l("从哪天开始"))

    def wish(self) -> StartWish:
        """The day."""
        assert self.from_day.data is not None  # noqa: S101 validated
        return StartWish(self.from_day.data)


class LeaveForm(WriteForm):
    """Leave of a carer who is named in the address."""

    first_day = day_field(_l("第一天"))
    last_day = day_field(_l("最后一天（含这一天）"))

    def wish(self, carer_id: int) -> LeaveWish:
        """The leave."""
        assert self.first_day.data is not None  # noqa: S101 validated
        assert self.last_day.data is not None  # noqa: S101 validated
        return LeaveWish(carer_id, self.first_day.data, self.last_day.data)


class AbsenceForm(WriteForm):
    """One day's leave, after its effects have been seen."""

    carer = HiddenField(validators=[InputRequired()])
    day = day_field(_l("哪一天"))

    def wish(self) -> LeaveWish:
        """The leave."""
        assert self.day.data is not None  # noqa: S101 validated
        return LeaveWish(number(str(self.carer.data)), self.day.data, self.day.data)


def number(text: str) -> int:
    """A row's number from a hidden field; nonsense is nobody's number."""
    is_number = text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if is_number else 0
