"""The form of who cooks for a nursery."""

from collections.abc import Iterable

from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from ylyx_site.kitchen.rules.supply import SupplyWish
from ylyx_site.shared.fields import number_from_text
from ylyx_site.shared.forms import DayField, WriteForm
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l


class SupplyForm(WriteForm):
    """Which canteen, from which day on."""

    kitchen = SelectField(_l("由哪家食堂做饭"), validate_choice=False)
    from_day = DayField(_l("从哪天起"), validators=[InputRequired(_l("请选从哪天起。"))])

    def offer(self, kitchens: Iterable[tuple[int, str]]) -> None:
        """The canteens to choose from."""
        self.kitchen.choices = [
            SelectChoice("", gettext("自己做，或没有食堂供餐")),
            *(SelectChoice(str(number), name) for number, name in kitchens),
        ]

    def wish(self) -> SupplyWish:
        """The wish of a valid form."""
        assert self.from_day.data is not None  # noqa: S101 required above
        chosen = str(self.kitchen.data or "")
        try:
            kitchen = number_from_text(chosen) if chosen else None
        except ValueError:
            kitchen = -1
        return SupplyWish(kitchen, self.from_day.data)
