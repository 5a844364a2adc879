"""Forms of the queue: shape only."""

from dataclasses import replace

from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from ylyx_site.childcare.forms import CareForm
from ylyx_site.shared.fields import DayPricesField, NumbersField
from ylyx_site.shared.forms import CountField, DayField, WriteForm
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.waiting.queries.terms import Group
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


class LimitsForm(WriteForm):
    """The limits of a division's queues."""

    most_waiting = CountField(
        _l("一家机构最多多少家排"),
        [
            InputRequired(_l("请填一个数。")),
            NumberRange(1, 5000, message=_l("在 1 到 5000 之间。")),
        ],
        render_kw={"inputmode": "numeric"},
    )
    most_per_child = CountField(
        _l("一个孩子最多同时排几个"),
        [InputRequired(_l("请填一个数。")), NumberRange(1, 50, message=_l("在 1 到 50 之间。"))],
        render_kw={"inputmode": "numeric"},
    )
    answer_minutes = CountField(
        _l("有位以后，多少分钟内回复"),
        [
            InputRequired(_l("请填一个数。")),
            NumberRange(30, 2880, message=_l("在 30 到 2880 之间。")),
        ],
        render_kw={"inputmode": "numeric"},
    )

    def wish(self) -> dict[str, int]:
        """The wish of a valid form."""
        return {
            "most_waiting": self.most_waiting.data or 0,
            "most_per_child": self.most_per_child.data or 0,
            "answer_minutes": self.answer_minutes.data or 0,
        }


class GroupForm(WriteForm):
    """A group that comes first."""

    name = StringField(
        _l("哪些家庭优先"),
        [
            DataRequired(_l("请写哪些家庭。")),
            Length(max=40, message=_l("最多 40 个字。请写短一点。")),
        ],
    )
    paper = StringField(
        _l("凭什么材料"),
        [
            DataRequired(_l("请写要看什么材料。")),
            Length(max=100, message=_l("最多 100 个字。请写短一点。")),
        ],
    )
    rank = CountField(
        _l("次序"),
        [InputRequired(_l("请填一个数。")), NumberRange(1, 99, message=_l("在 1 到 99 之间。"))],
        render_kw={"inputmode": "numeric"},
    )
    first = DayField(_l("从哪一天起"), [InputRequired(_l("请填从哪一天起。"))])
    last = DayField(_l("到哪一天（可以不填）"))

    def wish(self) -> Group:
        """The wish of a valid form."""
        assert self.first.data is not None  # noqa: S101 the form holds
        name, paper = (self.name.data or "").strip(), (self.paper.data or "").strip()
        return Group(0, name, paper, self.rank.data or 0, self.first.data, self.last.data)


class PriorityForm(WriteForm):
    """A family says that it belongs to a group."""

    group_id = NumbersField(_l("优先"))


class AcceptForm(WriteForm):
    """Accepting, with the price of each day as it was shown."""

    quoted = DayPricesField()

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
