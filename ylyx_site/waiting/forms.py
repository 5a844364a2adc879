"""Forms of the queue: shape only."""

from dataclasses import replace

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from ylyx_site.childcare.forms import CareForm, NumbersField, QuotesField
from ylyx_site.shared.forms import DayField, WriteForm
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.waiting.rules.wishes import AnswerWish, EvidenceWish, JoinWish


class NeedForm(CareForm):
    """What is waited for, and where; read from an address as well as from a form."""

    facility_id = NumbersField(_l("机构"))
    together = BooleanField(_l("这几天要么都要，要么都不要"))

    def need(self) -> JoinWish:
        """The wish of a valid form."""
        houses = tuple(dict.fromkeys(self.facility_id.data))
        care = replace(self.wish(houses[0] if houses else 0), note="", instead=None)
        return JoinWish(houses, care, bool(self.together.data))


class JoinForm(NeedForm, WriteForm):
    """The form that joins."""


class StepForm(WriteForm):
    """A tap: pause, resume, leave, decline."""


class PriorityForm(WriteForm):
    """A family says that it belongs to a group."""

    group_id = NumbersField(_l("优先"))


class AcceptForm(WriteForm):
    """Accepting, with the price of each day as it was shown."""

    quoted = QuotesField()

    def wish(self) -> AnswerWish:
        """The wish of a valid form."""
        return AnswerWish(tuple(self.quoted.data))


class EvidenceForm(WriteForm):
    """What the head saw, and until when it is valid."""

    group_id = NumbersField(_l("优先"))
    paper = StringField(
        _l("看了什么材料"),
        [
            InputRequired(_l("请写看了什么材料，例如“低保证原件”。")),
            Length(max=100, message=_l("最多 100 个字。请写短一点。")),
        ],
    )
    valid_to = DayField(_l("有效到哪一天"), [InputRequired(_l("请填材料的有效期。"))])

    def wish(self, number: int) -> EvidenceWish:
        """The wish of a valid form."""
        assert self.valid_to.data is not None  # noqa: S101 the form holds
        group_id = self.group_id.data[0] if self.group_id.data else 0
        return EvidenceWish(number, group_id, (self.paper.data or "").strip(), self.valid_to.data)
