"""Forms of families."""

from collections.abc import Mapping
from typing import Any, TypeVar

from wtforms import BooleanField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from ylyx_site.families import words
from ylyx_site.families.kinds import EndingReason, ReadingReason, Relation
from ylyx_site.families.rules import CONSENT_VERSION, LONGEST_NOTE
from ylyx_site.families.wishes import ChildChange, ChildWish, JoinWish
from ylyx_site.shared import clock, identifiers
from ylyx_site.shared.forms import CleanField, DayField, Form, WriteForm, may_be_left_out
from ylyx_site.shared.identifiers import IdNumber, Sex
from ylyx_site.shared.language import lazy_gettext as _l

Word = TypeVar("Word", bound=str)
ID_LOOKS = {"autocomplete": "off", "autocapitalize": "characters", "maxlength": 40}
CODE_LOOKS = {"autocomplete": "off", "autocapitalize": "characters", "maxlength": 20}


def _choices(words_of: Mapping[Word, Any], empty: Any = None) -> list[tuple[str, Any]]:
    first = [("", empty)] if empty is not None else []
    return [*first, *((str(value), label) for value, label in words_of.items())]


def _relation_field(label: Any) -> SelectField:
    relations = {relation: words.RELATIONS[relation] for relation in words.TO_A_CHILD}
    return SelectField(
        label,
        choices=lambda: _choices(relations, _l("请选择")),
        validators=[InputRequired(_l("请选您是孩子的什么人。"))],
        default="",
    )


def _checked_number(text: str) -> str:
    return identifiers.id_number(text, clock.today()).value


class _ChildFields(WriteForm):
    """What is asked about a child, new or known."""

    name = CleanField(
        _l("孩子的姓名"),
        gate=identifiers.person_name,
        validators=[InputRequired(_l("请填写孩子的姓名。"))],
        render_kw={"autocomplete": "off"},
    )
    born_on = DayField(_l("出生日期"), validators=[InputRequired(_l("请选孩子的出生日期。"))])
    relation = _relation_field(_l("您是孩子的"))
    sex = SelectField(
        _l("性别（可以不填）"), choices=lambda: _choices(words.SEXES, _l("不填")), default=""
    )
    id_number = CleanField(
        _l("身份证号码（可以不填）"),
        gate=_checked_number,
        validators=[Optional()],
        render_kw=ID_LOOKS,
    )
    note = TextAreaField(
        _l("备注（可以不填）"),
        validators=[Length(max=LONGEST_NOTE, message=_l("备注最多 500 个字，请写短一些。"))],
        render_kw={"rows": 3},
    )

    def _facts(self) -> dict[str, Any]:
        number = self.id_number.data
        return {
            "name": self.name.data,
            "born_on": self.born_on.data,
            "relation": Relation(self.relation.data),
            "sex": Sex(self.sex.data) if self.sex.data else None,
            "id_number": _number(number) if number else None,
            "note": (self.note.data or "").strip(),
        }


class ChildForm(_ChildFields):
    """A new child, and the consent without which nothing is stored."""

    consent = BooleanField(
        _l("我看完了上面的同意书，同意为托育预约保存和使用孩子的这些信息。"),
        validators=[InputRequired(_l("没有您的同意，我们不能保存孩子的信息。同意请打钩。"))],
    )

    def wish(self) -> ChildWish:
        """The child to be added."""
        return ChildWish(text_version=CONSENT_VERSION, **self._facts())


class ChildChangeForm(_ChildFields):
    """A known child; an empty number keeps the one that is there."""

    forget_id_number = BooleanField(_l("删掉已经填的身份证号码"))

    def wish(self, child_id: int) -> ChildChange:
        """The record as it is to be."""
        return ChildChange(
            child_id=child_id, forget_id_number=self.forget_id_number.data, **self._facts()
        )


class PressForm(WriteForm):
    """A button that writes; nothing to fill in."""


class JoinForm(WriteForm):
    """An invitation's code."""

    code = CleanField(
        _l("邀请码（6 位）"),
        gate=identifiers.code_from_text,
        validators=[InputRequired(_l("请填写邀请码。"))],
        render_kw=CODE_LOOKS,
    )
    relation = _relation_field(_l("您是孩子的"))

    def wish(self) -> JoinWish:
        """The code and the relation."""
        return JoinWish(self.code.data or "", Relation(self.relation.data))


class EndingForm(WriteForm):
    """Why another guardian's bond ends; leaving oneself needs no reason."""

    reason = RadioField(
        _l("为什么"),
        choices=lambda: _choices(words.ENDING_REASONS),
        validators=[may_be_left_out()],
        validate_choice=True,
    )

    def chosen(self) -> EndingReason | None:
        """The reason, or None."""
        return EndingReason(self.reason.data) if self.reason.data else None


class WithdrawalForm(WriteForm):
    """Withdrawing a consent, said twice: by the page and by this tick."""

    sure = BooleanField(
        _l("我知道孩子会从列表里消失，身份证号码和备注马上删掉。"),
        validators=[InputRequired(_l("请先打钩，再撤回。"))],
    )


class ReadNumberForm(Form):
    """Why somebody wants to see the whole ID number."""

    reason = SelectField(
        _l("为什么要看"),
        choices=lambda: _choices(words.READING_REASONS, _l("请选择")),
        validators=[InputRequired(_l("请选一个原因。"))],
        default="",
    )

    def chosen(self) -> ReadingReason:
        """The reason."""
        return ReadingReason(self.reason.data)


def _number(text: str) -> IdNumber:
    return identifiers.id_number(text, clock.today())
