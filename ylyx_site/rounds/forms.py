"""Forms of rounds: a tap at a stop, closing, planning."""

from wtforms import HiddenField, SelectMultipleField, StringField
from wtforms.validators import AnyOf, InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from ylyx_site.facilities.kinds import Meal
from ylyx_site.rounds.kinds import Tap
from ylyx_site.rounds.rules.wishes import RoundWish, StopWish, TapWish
from ylyx_site.shared.forms import CountField, DayField, WriteForm
from ylyx_site.shared.language import lazy_gettext as _l

BROKEN = _l("页面不完整，请重新打开这一页再试。")
LARGEST = 2**31 - 1


def number_from(text: str | None) -> int:
    """A number from a hidden field; 0, which is nobody's, for anything that cannot be one."""
    plain = (text or "").strip()
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 10):
        return 0
    return min(int(plain), LARGEST)


class TapForm(WriteForm):
    """One tap at a stop. `tapped_at` is the device's clock, when the tap could not be sent."""

    result = HiddenField(
        validators=[InputRequired(BROKEN), AnyOf([one.value for one in Tap], message=BROKEN)]
    )
    meal = HiddenField(validators=[AnyOf([one.value for one in Meal], message=BROKEN)])
    date = DayField(validators=[InputRequired(BROKEN)])
    tapped_at = HiddenField(validators=[Length(max=40, message=BROKEN)])

    def wish(self, round_id: int, person_id: int) -> TapWish:
        """The wish of a valid form."""
        assert self.date.data is not None  # noqa: S101 validated
        return TapWish(
            round_id, person_id, self.date.data, Meal(str(self.meal.data)),
            Tap(str(self.result.data)),
            self.tapped_at.data or "",
        )  # fmt: skip


class ClosureForm(WriteForm):
    """Close today's round of a meal."""

    meal = HiddenField(validators=[AnyOf([one.value for one in Meal], message=BROKEN)])


class RoundForm(WriteForm):
    """A round's name and couriers; the choices are set by the view."""

    name = StringField(
        _l("线路名字"),
        [
            InputRequired(_l("请给线路起个名字，例如“平安线”。")),
            Length(max=20, message=_l("最多 20 个字。请写短一点。")),
        ],
    )
    courier = SelectMultipleField(
        _l("谁送这条线"),
        coerce=int,
        choices=[],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )

    def wish(self) -> RoundWish:
        """The wish of a valid form."""
        return RoundWish(str(self.name.data).strip(), tuple(self.courier.data or ()))


class StopForm(WriteForm):
    """Somebody's place in a round, counted from 1; left out, the last one."""

    person_id = HiddenField(validators=[InputRequired(BROKEN)])
    round_id = HiddenField(validators=[InputRequired(BROKEN)])
    position = CountField()

    def wish(self) -> StopWish:
        """The wish of a valid form."""
        position = 99_999 if self.position.data is None else self.position.data
        return StopWish(
            number_from(self.person_id.data), number_from(self.round_id.data), position
        )  # fmt: skip
