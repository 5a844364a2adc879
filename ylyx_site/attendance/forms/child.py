"""Forms about one child's day: times afterwards, a check, a guardian's number."""

import re
from collections.abc import Sequence

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from ylyx_site.attendance import words
from ylyx_site.attendance.kinds import CheckKind, PhoneReason, Symptom
from ylyx_site.attendance.rules.wishes import CheckWish, EntryWish, HandoverWish, PhoneWish
from ylyx_site.shared.forms import Form, MinuteField, WriteForm, may_be_left_out
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l

TEMPERATURE = re.compile(r"(\d{2})(?:[.．。](\d))?", re.ASCII)


class TemperatureField(Field):
    """Degrees Celsius with one decimal, full-width digits too; `data` is tenths, or None."""

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the degrees; anything else is refused with a sentence."""
        self.raw_data = list(valuelist)
        text = digits(valuelist[0]).replace("℃", "").strip() if valuelist else ""
        self.data: int | None = None
        if not text:
            return
        match = TEMPERATURE.fullmatch(text)
        if match is None:
            raise ValueError(gettext("请填体温，例如 36.5。"))
        self.data = int(match[1]) * 10 + int(match[2] or 0)

    def _value(self) -> str:
        return str(self.raw_data[0]) if self.raw_data else ""


class EntryForm(WriteForm):
    """When the child came and left; without an arrival it did not come."""

    arrived = MinuteField(_l("几点到园"), render_kw={"inputmode": "numeric"})
    left = MinuteField(_l("几点离园"), render_kw={"inputmode": "numeric"})
    left_with = SelectField(_l("谁接走的"), choices=[], validators=[may_be_left_out()])

    def wish(self) -> EntryWish:
        """The wish of a valid form."""
        return EntryWish(self.arrived.minute, self.left.minute, self.left_with.data or "")


class LeaveForm(WriteForm):
    """To whom the child goes: one of the list, the code of the day, or the head's decision."""

    taker = HiddenField(validators=[Length(max=24)])
    code = StringField(
        _l("接送码（6 位数字）"),
        filters=[lambda text: digits(text or "").replace(" ", "")],
        validators=[Optional(), Length(min=6, max=6, message=_l("接送码是 6 位数字。"))],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": 12},
    )
    name = StringField(
        _l("接的人的姓名"),
        validators=[Length(max=30, message=_l("姓名最多 30 个字。"))],
        render_kw={"autocomplete": "off"},
    )
    reason = StringField(
        _l("为什么交给这个人"),
        validators=[Length(max=100, message=_l("原因最多 100 个字，请写短一些。"))],
        render_kw={"autocomplete": "off"},
    )

    def wish(self) -> HandoverWish:
        """The wish of a valid form."""
        name, reason = (self.name.data or "").strip(), (self.reason.data or "").strip()
        return HandoverWish(self.taker.data or "", self.code.data or "", name, reason)


class CheckForm(WriteForm):
    """A check at the door or at midday."""

    kind = RadioField(
        _l("哪一次检查"),
        choices=lambda: [(one.value, words.KINDS[one]) for one in CheckKind],
        default=CheckKind.MORNING.value,
    )
    temperature = TemperatureField(
        _l("体温（℃）"), render_kw={"inputmode": "decimal", "autocomplete": "off"}
    )
    symptoms = SelectMultipleField(
        _l("看到了什么"),
        choices=lambda: [(one.value, words.SYMPTOMS[one]) for one in Symptom],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )

    def wish(self) -> CheckWish:
        """The wish of a valid form."""
        symptoms = tuple(Symptom(one) for one in self.symptoms.data or ())
        return CheckWish(CheckKind(self.kind.data), self.temperature.data, symptoms)


class PhoneForm(Form):
    """Which guardian's number, and why."""

    handle = HiddenField(validators=[InputRequired(), Length(max=12)])
    reason = SelectField(
        _l("为什么要看"),
        choices=lambda: [(one.value, words.PHONE_REASONS[one]) for one in PhoneReason],
    )

    def wish(self) -> PhoneWish:
        """The wish of a valid form."""
        return PhoneWish(str(self.handle.data), PhoneReason(self.reason.data))
