"""The family's form: which days, which reason."""

from wtforms import HiddenField, RadioField, SelectMultipleField
from wtforms.validators import Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ylyx_site.attendance import words
from ylyx_site.attendance.kinds import Reason
from ylyx_site.attendance.rules.wishes import AbsenceWish
from ylyx_site.shared.forms import Form, day_from_text, may_be_left_out
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.once import new_key


def _day(text: object) -> object:
    """A day of the form; the choices themselves are strings, which stay as they are."""
    return day_from_text(str(text)).isoformat()


def _number(text: object) -> int:
    plain = str(text)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 10):
        raise ValueError
    return int(plain)


class AbsenceForm(Form):
    """Absence by a family; everything but the day may be left out."""

    key = HiddenField(default=new_key, validators=[Optional(), Length(max=64)])
    date = SelectMultipleField(
        _l("哪一天"), coerce=_day, validate_choice=False, option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )  # fmt: skip
    child_id = SelectMultipleField(_l("孩子"), coerce=_number, validate_choice=False)
    reason = RadioField(
        _l("原因（可以不选）"),
        choices=lambda: [(one.value, words.REASONS[one]) for one in Reason],
        validators=[may_be_left_out()],
    )

    def wish(self, code: str) -> AbsenceWish:
        """The wish of a valid form."""
        return AbsenceWish(
            code,
            tuple(sorted({day_from_text(one) for one in self.date.data or ()})),
            tuple(sorted(set(self.child_id.data or ()))),
            Reason(self.reason.data) if self.reason.data else None,
        )
