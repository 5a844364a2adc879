"""Forms of the telephone: finding somebody, ordering, ending an order."""

from dataclasses import replace

from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from ylyx_site.counter.wishes import Meeting
from ylyx_site.facilities.kinds import Meal
from ylyx_site.meals.forms.orders import OrderForm
from ylyx_site.meals.rules.wishes import CancelWish, OrderWish
from ylyx_site.shared import clock
from ylyx_site.shared.fields import DaysField
from ylyx_site.shared.forms import Form, WriteForm
from ylyx_site.shared.language import lazy_gettext as _l

LONGEST_REASON = 60


def reason_field() -> StringField:
    """Why a clerk overrules the cut-off."""
    too_long = _l("原因最多 %(max)d 个字。请写短一点。")
    field: StringField = StringField(
        _l("截止后加订或取消的原因"), [Length(max=LONGEST_REASON, message=too_long)]
    )
    return field


class FindForm(Form):
    """The one field; sent by POST, so that no name or number stands in an address or a log."""

    words = StringField(
        _l("电话尾号、姓名或拼音"), [Length(max=40, message=_l("最多 40 个字。"))]
    )  # fmt: skip
    walk_in = HiddenField()  # the meal that is served now, for somebody who stands at the window

    def onward(self) -> str:
        """What the card's address needs for a meal on the spot; empty for a caller."""
        if self.walk_in.data not in tuple(Meal):
            return ""
        return f"?date={clock.today().isoformat()}&meal={self.walk_in.data}&walk_in=1"


class MeetForm(WriteForm):
    """Open the record of somebody whom the desk does not know, by the whole number."""

    person_id = IntegerField(widget=HiddenInput())
    words = HiddenField(validators=[Length(max=40)])

    def wish(self) -> Meeting:
        """Who, and by which number."""
        return Meeting(self.person_id.data or 0, str(self.words.data or ""))


class CallForm(OrderForm):
    """An order for a caller."""

    late_reason = reason_field()

    def wish_for(self, canteen_id: int, person_id: int) -> OrderWish:
        """The wish of a valid form, for this person."""
        wish = self.wish(canteen_id)
        quoted = tuple((person_id, fen) for _person, fen in wish.quoted[:1])
        reason = (self.late_reason.data or "").strip()
        return replace(wish, person_ids=(person_id,), quoted=quoted, late_reason=reason)


class EndForm(WriteForm):
    """Cancel meals of an order, or undo it."""

    date = DaysField(_l("日期"))
    late_reason = reason_field()

    def wish(self, code: str) -> CancelWish:
        """Which days to cancel, and why so late."""
        days = tuple(sorted(set(self.date.data)))
        return CancelWish(code, days, (self.late_reason.data or "").strip())
