"""Fields of the desk's forms: days, hours and numbers that have to be given."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from wtforms.validators import InputRequired

from ylyx_site.facilities import words
from ylyx_site.shared import clock
from ylyx_site.shared.forms import CountField, DayField, MinuteField, refuse_field
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l

FAR = timedelta(days=3 * 366)
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


def words_of(kind: type[StrEnum]) -> list[tuple[str, str]]:
    return choices_of(words.NAMES[kind])
