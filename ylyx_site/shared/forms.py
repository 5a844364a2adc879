"""Forms: they check the shape of what was typed and hand over one typed, frozen wish.

A form never asks the database. What was typed stays on the page with its error beside it.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField, ValidationError
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from ylyx_site.shared import once
from ylyx_site.shared.identifiers import BadIdentifier, digits
from ylyx_site.shared.language import gettext, language, say
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.money import as_typed, fen_from_text
from ylyx_site.shared.refusals import NotFound, Refusal
from ylyx_site.shared.spans import minute_from_text

WTFORMS_LOCALES = {"zh": ["zh_CN", "zh"], "en": ["en"]}


class Form(FlaskForm):
    """A form of this site: WTForms' own messages in the language of the request."""

    class Meta(FlaskForm.Meta):
        """Locales by our own language cookie; the token is checked at the door, for every POST."""

        csrf = False

        @property
        def locales(self) -> list[str]:
            """What WTForms looks its own messages up in."""
            return WTFORMS_LOCALES[language()]

        def get_translations(self, _form: Any) -> Any:
            """WTForms' catalogue for this request's language."""
            from wtforms.i18n import get_translations  # noqa: PLC0415 only when a form is made

            return get_translations(tuple(self.locales))

    def process(self, *args: Any, **kwargs: Any) -> None:
        """Read what was sent; text of nothing but spaces and marks that nobody sees is no text.

        Here, for every form: WTForms' `InputRequired` takes such a field for filled in.
        """
        super().process(*args, **kwargs)
        for field in self._fields.values():
            if isinstance(field, StringField) and not isinstance(field, PasswordField):
                _empty_when_unseen(field)

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal beside the field that it names, else above the form.

        What is not there is nothing to be mended on a form: `NotFound` is raised again.
        """
        if isinstance(refusal, NotFound):
            raise refusal
        sentence = say(refusal)
        field = self._fields.get(refusal.field or "")
        if field is None:
            self.form_errors.append(sentence)
        else:
            field.errors = [*field.errors, sentence]


class WriteForm(Form):
    """A form that writes: carries the one-time key that makes a double tap harmless."""

    key = HiddenField(
        validators=[
            InputRequired(_l("页面不完整，请重新打开这一页再试。")),
            Length(min=8, max=64, message=_l("页面不完整，请重新打开这一页再试。")),
        ],
        default=once.new_key,
    )


def said(values: Sequence[str]) -> list[str]:
    """What was sent in a field; nothing, where it was only spaces and marks that nobody sees.

    WTForms' `InputRequired` takes such a field for filled in, and `data` would then be None.
    """
    return list(values) if values and digits(values[0]) else []


def may_be_left_out() -> Optional:
    """For a field of choices: nothing need be chosen, but what is chosen must be one of them.

    WTForms' `Optional()` alone takes a space for nothing and drops the error about it, and `data`
    would then be that space.
    """
    return Optional(strip_whitespace=False)


def _empty_when_unseen(field: StringField) -> None:
    if field.raw_data and not said(field.raw_data):
        field.raw_data, field.data = [], ""


class CleanField(StringField):
    """Text that must pass one gate of `shared/identifiers.py`; `data` is what comes out of it."""

    def __init__(self, *args: Any, gate: Callable[[str], str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.gate = gate
        self.typed: str | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Keep what was typed for showing it again; `data` is normalised in validation."""
        if valuelist:
            self.typed = valuelist[0]
            self.data = valuelist[0].strip()
            self.raw_data = said(valuelist)

    def pre_validate(self, _form: Any) -> None:
        """Run the gate; its sentence becomes the field's error."""
        if not self.data:
            return
        try:
            self.data = self.gate(self.data)
        except BadIdentifier as bad:
            raise StopValidation(gettext(str(bad))) from bad

    def _value(self) -> str:
        return self.typed if self.typed is not None else (self.data or "")


class DayField(Field):
    """A calendar day, `YYYY-MM-DD`; 29 February of a common year is refused with a sentence."""

    from wtforms.widgets import DateInput  # noqa: PLC0415 the widget belongs to this class

    widget = DateInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read one day; an empty field is None."""
        self.raw_data = said(valuelist)
        text = self.raw_data[0].strip() if self.raw_data else ""
        self.data: date | None = None
        if text:
            self.data = day_from_text(text)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return self.data.isoformat() if self.data else ""


# Nobody means a day beyond these, and sums of days stay within Python's calendar.
FIRST_DAY, LAST_DAY = date(1800, 1, 1), date(2199, 12, 31)


def day_from_text(text: str) -> date:
    """A day from `YYYY-MM-DD`, 1800 to 2199; raises ValueError with a sentence."""
    try:
        day = date.fromisoformat(digits(text.strip()))
    except ValueError:
        day = date.min
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(gettext("没有这一天。请选日历上有的日子。"))
    return day


class MinuteField(StringField):
    """A time of day, `HH:MM` (full-width colon and digits too); `minute` is minutes of the day."""

    minute: int | None = None

    def pre_validate(self, _form: Any) -> None:
        """Turn the text into minutes."""
        if not self.data:
            return
        try:
            self.minute = minute_from_text(self.data)
        except ValueError:
            raise StopValidation(gettext("请按 08:30 这样填时间。")) from None


MONTH = re.compile(r"(20|21)\d\d-(0[1-9]|1[0-2])", re.ASCII)


class MonthField(StringField):
    """A month, `2026-11`; an empty field is None."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read one month; anything else is refused with a sentence."""
        self.raw_data = said(valuelist)
        text = digits(self.raw_data[0]) if self.raw_data else ""
        self.data = None
        if not text:
            return
        if MONTH.fullmatch(text) is None:
            raise ValueError(gettext("没有这个月份。请按 2026-11 这样填写。"))
        self.data = text


class CountField(Field):
    """A whole number from 0 to 99,999, full-width digits too; an empty field is None."""

    from wtforms.widgets import TextInput  # noqa: PLC0415 the widget belongs to this class

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the number; signs, decimals and words are refused with a sentence."""
        self.raw_data = said(valuelist)
        text = digits(self.raw_data[0]) if self.raw_data else ""
        self.data: int | None = None
        if not text:
            return
        if not (text.isascii() and text.isdigit() and len(text) <= 5):
            raise ValueError(gettext("请填写整数，例如 12。"))
        self.data = int(text)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(self.data)


class YuanField(Field):
    """An amount typed in yuan; `data` is fen, an empty field is None."""

    from wtforms.widgets import TextInput  # noqa: PLC0415 the widget belongs to this class

    widget = TextInput()

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the amount by `money.fen_from_text`."""
        self.raw_data = said(valuelist)
        text = self.raw_data[0].strip() if self.raw_data else ""
        self.data: int | None = None
        if not text:
            return
        try:
            self.data = fen_from_text(text)
        except ValueError as bad:
            raise ValueError(gettext(str(bad))) from bad

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else as_typed(self.data)


def refuse_field(sentence: str) -> ValidationError:
    """An error for a field, from a validator of a form."""
    return ValidationError(sentence)
