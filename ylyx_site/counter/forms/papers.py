"""Forms about papers: a new elder, an account that may act, a withdrawal, what is recognised."""

from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from ylyx_site.counter.kinds import PaperKind
from ylyx_site.counter.wishes import (
    Binding,
    Filing,
    GroupChange,
    GroupEnd,
    NewElder,
    Withdrawal,
)
from ylyx_site.families import words
from ylyx_site.families.elder_wishes import DivisionsChange, GroupWish, PaperElder
from ylyx_site.families.kinds import Diet, Group, Relation, Texture
from ylyx_site.families.queries import Town
from ylyx_site.families.rules import avoid_words
from ylyx_site.shared import clock, identifiers
from ylyx_site.shared.forms import CleanField, DayField, WriteForm
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.uploads import sent_picture

TYPED = {"autocomplete": "off"}


def _short(longest: int) -> Length:
    return Length(max=longest, message=_l("请写短一些，最多 %(max)d 个字。"))


def _id_gate(text: str) -> str:
    return identifiers.id_number(text, clock.today()).value


def _text(field: Any) -> str:
    return str(field.data or "").strip()


def _row(field: Any) -> int | None:
    """The number of a row; None for none, and for what is no number."""
    text = _text(field)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


class PaperForm(WriteForm):
    """A paper that an elder signed: its number in the folder, a photograph, and who saw it."""

    paper = StringField(
        _l("纸质同意书的存档编号"),
        [InputRequired(_l("请填同意书的存档编号。")), _short(40)],
        render_kw=TYPED,
    )
    photo = FileField(
        _l("同意书的照片（可以不拍）"), render_kw={"accept": "image/*", "capture": "environment"}
    )
    seen = BooleanField(
        _l("我看过老人的身份证，同意书是老人本人签的字或按的手印。"),
        [InputRequired(_l("请核对身份证和签字以后再打钩。"))],
    )

    def photo_bytes(self) -> bytes | None:
        """The photograph drawn anew, or None; raises `BadPicture`, `PictureTooLarge`."""
        return sent_picture("photo")

    def filing(self, kind: PaperKind) -> Filing:
        """The paper as it is filed."""
        return Filing(kind, _text(self.paper), self.photo_bytes())


class NewElderForm(PaperForm):
    """An elder who has come to the window, or whose paper has been brought."""

    name = CleanField(
        _l("姓名"), gate=identifiers.person_name,
        validators=[InputRequired(_l("请填写老人的姓名。"))], render_kw=TYPED,
    )  # fmt: skip
    born_on = DayField(_l("出生日期"), validators=[InputRequired(_l("请选老人的出生日期。"))])
    phone = CleanField(
        _l("电话（手机或带区号的座机；没有就不填）"), gate=identifiers.telephone,
        validators=[Optional()], render_kw={**TYPED, "inputmode": "tel"},
    )  # fmt: skip
    id_number = CleanField(
        _l("身份证号码（没有电话就要填）"), gate=_id_gate, validators=[Optional()],
        render_kw={**TYPED, "maxlength": 40},
    )  # fmt: skip
    diet = SelectMultipleField(
        _l("饮食要求（可以不选）"),
        choices=lambda: [(one.value, label) for one, label in words.DIETS.items()],
        option_widget=CheckboxInput(),
    )
    texture = RadioField(
        _l("软硬"),
        choices=lambda: [(one.value, label) for one, label in words.TEXTURES.items()],
        default=Texture.ORDINARY.value,
    )
    avoids = StringField(_l("不能吃什么（可以不填）"), [_short(200)], render_kw=TYPED)
    division_code = SelectField(_l("街镇或社区"), default="", validate_choice=True)
    street = StringField(
        _l("路名门牌或小区名（不送餐可以不填）"), [_short(60)], render_kw=TYPED
    )  # fmt: skip
    building = StringField(_l("楼栋、单元"), [_short(20)], render_kw=TYPED)
    floor = StringField(_l("楼层"), [_short(10)], render_kw=TYPED)
    door = StringField(_l("门牌号"), [_short(20)], render_kw=TYPED)
    note = StringField(_l("给送餐员的话"), [_short(60)], render_kw=TYPED)

    def offer(self, towns: list[Town]) -> None:
        """Set the choices: each town with its communities under it."""
        self.division_code.choices = {
            "": [("", _l("请选择"))],
            **{town.name: [(town.code, town.name), *town.communities] for town in towns},
        }

    def wish(self) -> NewElder:
        """Who is entered; raises `TooManyAvoids` and what the photograph raises."""
        chosen, number = set(self.diet.data or ()), self.id_number.data
        born_on = self.born_on.data
        assert isinstance(born_on, date)  # noqa: S101 InputRequired has seen to it
        elder = PaperElder(
            str(self.name.data), born_on, _text(self.paper), self.phone.data or None,
            identifiers.id_number(number, clock.today()) if number else None,
        )  # fmt: skip
        return NewElder(
            elder, tuple(one for one in Diet if one.value in chosen), Texture(self.texture.data),
            avoid_words(self.avoids.data or ""), str(self.division_code.data or ""),
            _text(self.street), _text(self.building), _text(self.floor), _text(self.door),
            _text(self.note), self.photo_bytes(),
        )  # fmt: skip


class BindForm(PaperForm):
    """An account that may act for an elder who signed a paper."""

    account_phone = CleanField(
        _l("家人的手机号码（已经注册过的）"), gate=identifiers.mobile,
        validators=[InputRequired(_l("请填写家人的手机号码。"))],
        render_kw={**TYPED, "inputmode": "tel"},
    )  # fmt: skip
    relation = SelectField(
        _l("家人是老人的"),
        choices=lambda: [
            ("", _l("请选择")),
            *((one.value, words.RELATIONS[one]) for one in words.TO_AN_ELDER),
        ],
        validators=[InputRequired(_l("请选家人是老人的什么人。"))],
        default="",
    )

    def wish(self, person_id: int) -> Binding:
        """Who may act for whom."""
        return Binding(
            person_id, str(self.account_phone.data), Relation(self.relation.data),
            self.filing(PaperKind.BINDING),
        )  # fmt: skip


class WithdrawForm(PaperForm):
    """The elder ends a binding (`handle`), or withdraws everything (no handle)."""

    handle = HiddenField()

    def wish(self, person_id: int) -> Withdrawal:
        """What ends."""
        return Withdrawal(
            person_id, str(self.handle.data or ""), self.filing(PaperKind.WITHDRAWAL)
        )  # fmt: skip


class GroupForm(WriteForm):
    """What an elder is recognised as; `group_id` is the one that is set right, empty for a new."""

    group_id = HiddenField()
    group = SelectField(
        _l("身份"),
        choices=lambda: [(one.value, label) for one, label in words.GROUPS.items()],
    )
    evidence = StringField(
        _l("看过的凭证"), [InputRequired(_l("请写明看过的凭证。")), _short(120)], render_kw=TYPED
    )
    valid_from = DayField(_l("从哪一天起"), validators=[InputRequired(_l("请选哪一天起。"))])
    valid_to = DayField(_l("到哪一天（长期有效就不填）"), validators=[Optional()])

    def wish(self, person_id: int) -> GroupChange:
        """What is recognised."""
        assert isinstance(self.valid_from.data, date)  # noqa: S101 validated
        wish = GroupWish(
            Group(self.group.data), _text(self.evidence), self.valid_from.data, self.valid_to.data
        )
        return GroupChange(person_id, _row(self.group_id), wish)


class EndGroupForm(WriteForm):
    """A group ends with a day, that day included."""

    group_id = HiddenField()
    last = DayField(_l("最后一天"), validators=[InputRequired(_l("请选哪一天。"))])

    def wish(self, person_id: int) -> GroupEnd:
        """What ends."""
        assert isinstance(self.last.data, date)  # noqa: S101 validated
        return GroupEnd(person_id, _row(self.group_id) or 0, self.last.data)


class DivisionsForm(WriteForm):
    """户籍 and 居住地 as codes of 6, 9 or 12 digits; empty: unknown."""

    hukou = CleanField(
        _l("户籍所在地的行政区划代码"), gate=identifiers.division_code, validators=[Optional()],
        render_kw={**TYPED, "inputmode": "numeric", "list": "divisions"},
    )  # fmt: skip
    residence = CleanField(
        _l("居住地的行政区划代码"), gate=identifiers.division_code, validators=[Optional()],
        render_kw={**TYPED, "inputmode": "numeric", "list": "divisions"},
    )  # fmt: skip

    def wish(self, person_id: int) -> DivisionsChange:
        """What is kept."""
        return DivisionsChange(person_id, self.hukou.data or None, self.residence.data or None)
