"""Forms of a nursery's telephone: booking, joining the queue, ending, a new family."""

from dataclasses import replace
from datetime import date

from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, Length

from ylyx_site.childcare.forms import BookingForm
from ylyx_site.counter.forms.papers import TYPED, PaperForm
from ylyx_site.counter.forms.phone import reason_field
from ylyx_site.counter.wishes import NewFamily
from ylyx_site.families import words
from ylyx_site.families.kinds import Relation
from ylyx_site.families.rules import CONSENT_VERSION
from ylyx_site.families.wishes import ChildWish
from ylyx_site.shared import identifiers
from ylyx_site.shared.forms import CleanField, DayField
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.waiting.rules.wishes import JoinWish


class CareCallForm(BookingForm):
    """A booking for a caller; `guardian` names which of the child's guardians it is."""

    guardian = HiddenField(validators=[Length(max=12)])
    late_reason = reason_field()

    @property
    def reason(self) -> str:
        """Why the limit for adding is overruled; empty for no reason."""
        return (self.late_reason.data or "").strip()

    def need(self, facility_id: int) -> JoinWish:
        """The same as something to wait for, at this nursery."""
        care = replace(self.wish(facility_id), note="", instead=None, quoted=())
        return JoinWish((facility_id,), care)


class NewFamilyForm(PaperForm):
    """Somebody who calls or comes for the first time and has no account."""

    guardian = CleanField(
        _l("家长姓名"), gate=identifiers.person_name,
        validators=[InputRequired(_l("请填写家长的姓名。"))], render_kw=TYPED,
    )  # fmt: skip
    phone = CleanField(
        _l("家长的手机号码"), gate=identifiers.mobile,
        validators=[InputRequired(_l("请填写家长的手机号码。"))],
        render_kw={**TYPED, "inputmode": "tel"},
    )  # fmt: skip
    relation = SelectField(
        _l("家长是孩子的"),
        choices=lambda: [
            ("", _l("请选择")),
            *((one.value, words.RELATIONS[one]) for one in words.TO_A_CHILD),
        ],
        validators=[InputRequired(_l("请选家长是孩子的什么人。"))],
        default="",
    )
    name = CleanField(
        _l("孩子姓名"), gate=identifiers.person_name,
        validators=[InputRequired(_l("请填写孩子的姓名。"))], render_kw=TYPED,
    )  # fmt: skip
    born_on = DayField(
        _l("孩子的出生日期"), validators=[InputRequired(_l("请选孩子的出生日期。"))]
    )  # fmt: skip

    seen = BooleanField(
        _l("我见过这张同意书，是家长本人签的字。"),
        [InputRequired(_l("请看过签了字的同意书以后再打钩。"))],
    )

    def wish(self) -> NewFamily:
        """Who is entered; raises what the photograph raises."""
        born_on = self.born_on.data
        assert isinstance(born_on, date)  # noqa: S101 InputRequired has seen to it
        child = ChildWish(
            str(self.name.data), born_on, Relation(self.relation.data), CONSENT_VERSION
        )  # fmt: skip
        return NewFamily(
            str(self.guardian.data), str(self.phone.data), child,
            (self.paper.data or "").strip(), self.photo_bytes(),
        )  # fmt: skip
