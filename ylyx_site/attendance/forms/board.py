"""Forms of the day's list: a tap, a whole class, an undo."""

from wtforms import HiddenField
from wtforms.validators import AnyOf, InputRequired, Length

from ylyx_site.attendance.kinds import Step
from ylyx_site.shared.forms import DayField, Form, WriteForm
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.refusals import NotFound

BROKEN = _l("页面不完整，请重新打开这一页再试。")


class ListForm(Form):
    """Which day's list, of which class (none: all); from the address."""

    date = DayField(_l("日期"))


class StepForm(WriteForm):
    """One tap at one child."""

    step = HiddenField(
        validators=[InputRequired(BROKEN), AnyOf([one.value for one in Step], message=BROKEN)]
    )
    taker = HiddenField(validators=[Length(max=24)])  # to whom, when leaving


class DayForm(WriteForm):
    """A whole class, or the last step of mine, on a day."""

    date = DayField(_l("日期"), validators=[InputRequired(BROKEN)])


def class_from(text: str | None) -> int | None:
    """The class's number of an address; raises `NotFound` for anything that cannot be one."""
    if not text:
        return None
    plain = digits(text)
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 9):
        raise NotFound
    return int(plain)
