"""What only a supervisor changes: registered places, and where a filing stands."""

from datetime import date

from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, ValidationError

from ylyx_site.benefits.kinds import Payer
from ylyx_site.facilities import words
from ylyx_site.facilities.kinds import Filing
from ylyx_site.places.forms.fields import choices_of, count_field, day_field
from ylyx_site.places.kinds import FILING_REASONS, FilingReason
from ylyx_site.places.wishes import FilingWish, PlacesWish
from ylyx_site.shared.forms import CleanField, CountField, DayField, Form, MonthField, WriteForm
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.spans import DaySpan
from ylyx_site.supervision.deeds import TOPICS
from ylyx_site.supervision.figures import Figure
from ylyx_site.supervision.queries.months import Wanted

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)
_short = Length(max=60, message=_l("太长了，最多 60 个字。"))


class AskedForm(Form):
    """What an address asks for: a month, one day, one figure, one facility, one payer."""

    month = MonthField()
    date = DayField()
    figure = SelectField(default="", choices=[SelectChoice(one) for one in ("", *Figure)])
    facility = CountField()
    payer = SelectField(default="", choices=[SelectChoice(one) for one in ("", *Payer)])

    def wanted(self) -> Wanted | None:
        """The rows of a figure; None when none is asked for."""
        if not self.figure.data:
            return None
        payer = Payer(self.payer.data) if self.payer.data else None
        return Wanted(Figure(self.figure.data), self.date.data, payer)


def _said(text: str) -> str:
    return text.replace("\0", "").strip()


class JournalForm(Form):
    """What the journal is asked; everything may stay empty."""

    whom = CleanField(_l("谁的资料（孩子或老人的全名）"), gate=_said, validators=[_short])
    who = CleanField(_l("谁做的（全名，或电话的末几位）"), gate=_said, validators=[_short])
    facility = CleanField(_l("机构（名称或编号）"), gate=_said, validators=[_short])
    topic = SelectField(
        _l("哪一类"),
        default="",
        choices=lambda: [
            SelectChoice("", gettext("全部")),
            *(SelectChoice(one.value, gettext(name)) for one, (name, _deeds) in TOPICS.items()),
        ],
    )
    from_day = DayField(_l("从哪天"))
    to_day = DayField(_l("到哪天"))

    def validate_to_day(self, field: DayField) -> None:
        """The days are in order."""
        if self.from_day.data and field.data and field.data < self.from_day.data:
            raise ValidationError(gettext("结束的日子不能早于开始的日子。"))

    @property
    def days(self) -> DaySpan | None:
        """The days that are asked for; from the first or to the last when one is left open."""
        if self.from_day.data is None and self.to_day.data is None:
            return None
        return DaySpan(self.from_day.data or FIRST_DAY, self.to_day.data or LAST_DAY)


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
