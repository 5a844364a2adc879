"""What only a supervisor changes: registered places, and where a filing stands."""

from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Length

from ylyx_site.facilities import words
from ylyx_site.facilities.kinds import Filing
from ylyx_site.places.forms.fields import choices_of, count_field, day_field
from ylyx_site.places.kinds import FILING_REASONS, FilingReason
from ylyx_site.places.wishes import FilingWish, PlacesWish
from ylyx_site.shared.forms import CleanField, WriteForm
from ylyx_site.shared.language import lazy_gettext as _l


class PlacesForm(WriteForm):
    """Registered places from a day on."""

    places = count_field(_l("备案托位（个）"))
    from_day = day_field(_l("从哪天开始"))

    def wish(self) -> PlacesWish:
        """The number and its first day."""
        assert self.from_day.data is not None  # noqa: S101 validated
        return PlacesWish(self.places.data or 0, self.from_day.data)


class FilingForm(WriteForm):
    """Where the filing stands from now on, and why."""

    filing = RadioField(
        _l("备案状态"),
        choices=lambda: choices_of(words.NAMES[Filing]),
        validators=[InputRequired(_l("请选一种。"))],
    )
    filing_number = CleanField(
        _l("备案编号（已备案时填）"),
        gate=str.strip,
        validators=[Length(max=40, message=_l("备案编号最多 40 个字。"))],
        render_kw={"autocomplete": "off"},
    )
    reason = SelectField(
        _l("原因（记入日志）"),
        choices=lambda: choices_of(FILING_REASONS),
        validators=[InputRequired(_l("请选原因。"))],
    )

    def wish(self) -> FilingWish:
        """The decision."""
        return FilingWish(
            Filing(self.filing.data),
            self.filing_number.data or None,
            FilingReason(self.reason.data),
        )
