"""The form of a day's note; every choice may be left out."""

from enum import StrEnum
from typing import Any

from wtforms import RadioField, SelectMultipleField, StringField
from wtforms.validators import Length

from ylyx_site.attendance import words
from ylyx_site.attendance.forms.child import TemperatureField
from ylyx_site.attendance.kinds import Area, Ate, Mood, Slept
from ylyx_site.attendance.rules.notes import NoteWish
from ylyx_site.shared.forms import WriteForm, may_be_left_out
from ylyx_site.shared.language import lazy_gettext as _l


def _choices(names: dict[Any, Any]) -> list[tuple[str, Any]]:
    return [(one.value, name) for one, name in names.items()]


def _one_of(label: Any, names: dict[Any, Any]) -> RadioField:
    return RadioField(label, choices=lambda: _choices(names), validators=[may_be_left_out()])


class NoteForm(WriteForm):
    """Few taps and a few words."""

    ate = _one_of(_l("吃饭"), words.ATE)
    slept = _one_of(_l("午睡"), words.SLEPT)
    mood = _one_of(_l("心情"), words.MOODS)
    temperature = TemperatureField(_l("体温（℃）"))
    areas = SelectMultipleField(_l("今天做了什么"), choices=lambda: _choices(words.AREAS))
    words = StringField(_l("几句话"), [Length(max=200, message=_l("最多 200 个字。请写短一点。"))])

    def wish(self) -> NoteWish:
        """The wish of a valid form."""
        return NoteWish(
            _chosen(Ate, self.ate.data), _chosen(Slept, self.slept.data),
            _chosen(Mood, self.mood.data), self.temperature.data,
            tuple(Area(one) for one in self.areas.data or ()), (self.words.data or "").strip(),
        )  # fmt: skip


def _chosen(kind: type[StrEnum], value: str | None) -> Any:
    return kind(value) if value else None
