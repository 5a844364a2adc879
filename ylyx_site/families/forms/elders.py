"""Forms about elders."""

import re
from datetime import date

from wtforms import BooleanField, HiddenField, IntegerField, SelectField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from ylyx_site.families import words
from ylyx_site.families.elder_wishes import AgreementWish, ElderWish, SelfWish
from ylyx_site.families.kinds import Relation
from ylyx_site.families.rules import ELDER_CONSENT_VERSION
from ylyx_site.shared import clock, identifiers
from ylyx_site.shared.forms import CleanField, DayField, WriteForm
from ylyx_site.shared.identifiers import BadIdentifier
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.refusals import N_

NUMERIC = {"inputmode": "numeric", "autocomplete": "off"}
TYPED = {"autocomplete": "off"}


def _six_digits(text: str) -> str:
    code = re.sub(r"\s", "", identifiers.digits(text))
    if not re.fullmatch(r"\d{6}", code, re.ASCII):
        raise BadIdentifier(N_("验证码是 6 位数字，请照短信里的填。"))
    return code


def _day(field: DayField) -> date:
    assert field.data is not None  # noqa: S101 InputRequired has seen to it
    return field.data


class ElderForm(WriteForm):
    """Who the elder is, and by which telephone the elder is asked."""

    name = CleanField(
        _l("老人的姓名"),
        gate=identifiers.person_name,
        validators=[InputRequired(_l("请填写老人的姓名。"))],
        render_kw=TYPED,
    )
    born_on = DayField(_l("老人的出生日期"), validators=[InputRequired(_l("请选老人的出生日期。"))])
    relation = SelectField(
        _l("您是老人的"),
        choices=lambda: [
            ("", _l("请选择")),
            *((one.value, words.RELATIONS[one]) for one in words.TO_AN_ELDER),
        ],
        validators=[InputRequired(_l("请选您是老人的什么人。"))],
        default="",
    )
    phone = CleanField(
        _l("老人自己的手机号码"),
        gate=identifiers.mobile,
        validators=[InputRequired(_l("请填写老人的手机号码。"))],
        render_kw={"type": "tel", "inputmode": "tel", "autocomplete": "off"},
    )
    id_number = CleanField(
        _l("老人的身份证号码（可以不填）"),
        gate=lambda text: identifiers.id_number(text, clock.today()).value,
        validators=[Optional()],
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "maxlength": 40},
    )

    def wish(self) -> ElderWish:
        """Whom to ask."""
        number = self.id_number.data
        return ElderWish(
            name=str(self.name.data),
            born_on=_day(self.born_on),
            relation=Relation(self.relation.data),
            phone=str(self.phone.data),
            id_number=identifiers.id_number(number, clock.today()) if number else None,
        )


class SelfForm(WriteForm):
    """An elder who acts in person."""

    name = CleanField(
        _l("您的姓名"),
        gate=identifiers.person_name,
        validators=[InputRequired(_l("请填写您的姓名。"))],
        render_kw={"autocomplete": "name"},
    )
    born_on = DayField(_l("您的出生日期"), validators=[InputRequired(_l("请选您的出生日期。"))])
    consent = BooleanField(
        _l("我看完了上面的话，同意保存和使用我的这些信息来订餐。"),
        validators=[InputRequired(_l("没有您的同意，我们不能保存您的信息。同意请打钩。"))],
    )

    def wish(self) -> SelfWish:
        """Who enters."""
        return SelfWish(str(self.name.data), _day(self.born_on), ELDER_CONSENT_VERSION)


class AgreementForm(WriteForm):
    """The code that the elder reads out."""

    code = CleanField(
        _l("老人收到的 6 位验证码"),
        gate=_six_digits,
        validators=[InputRequired(_l("请填写老人念给您的 6 位数字。"))],
        render_kw={**NUMERIC, "maxlength": 12},
    )

    def wish(self, request_id: int) -> AgreementWish:
        """The code for this request."""
        return AgreementWish(request_id, str(self.code.data))


class EndingCodeForm(WriteForm):
    """The code that came to one's own telephone."""

    code = CleanField(
        _l("6 位验证码"),
        gate=_six_digits,
        validators=[InputRequired(_l("请填写短信里的 6 位数字。"))],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 12},
    )


class BindingForm(WriteForm):
    """Which binding ends."""

    person_id = IntegerField(widget=HiddenInput())
    handle = HiddenField()


class PhoneForm(WriteForm):
    """An elder's own telephone, to see who is bound to it."""

    phone = CleanField(
        _l("您的手机号码"),
        gate=identifiers.mobile,
        validators=[InputRequired(_l("请填写您的手机号码。"))],
        render_kw={"type": "tel", "inputmode": "tel", "autocomplete": "tel"},
    )


class ErasureForm(WriteForm):
    """Withdrawing everything, said twice: by the page and by this tick."""

    sure = BooleanField(
        _l("我知道家人不能再替我订餐，我的电话、地址和饮食习惯马上删掉。"),
        validators=[InputRequired(_l("请先打钩，再撤回。"))],
    )
