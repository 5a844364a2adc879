"""The form of a receipt."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from ylyx_site.meals import words
from ylyx_site.meals.kinds import PaymentKind
from ylyx_site.meals.rules.wishes import PaymentWish
from ylyx_site.shared.fields import number_from_text
from ylyx_site.shared.forms import WriteForm, YuanField
from ylyx_site.shared.language import lazy_gettext as _l


class PaymentForm(WriteForm):
    """What was paid or given back; `what` is a meal (`meal-12`) or money ahead (`person-7`)."""

    what = HiddenField(validators=[InputRequired(_l("页面不完整，请重新打开这一页再试。"))])
    kind = RadioField(
        _l("怎么付的"),
        choices=[SelectChoice(one.value, name) for one, name in words.PAYMENTS.items()],
    )
    fen = YuanField(_l("金额（元）"), [InputRequired(_l("请填写金额，例如 9.00。"))])
    downward = BooleanField(_l("更正为少收（不勾是多收）"))
    note = StringField(
        _l("说明（退款、更正必填）"), [Length(max=100, message=_l("最多 100 个字。请写短一点。"))]
    )

    def wish(self) -> PaymentWish:
        """The wish of a valid form."""
        kind, _sep, number = str(self.what.data).partition("-")
        numbers: dict[str, Any] = {"meal_id" if kind == "meal" else "person_id": _number(number)}
        return PaymentWish(
            kind=PaymentKind(self.kind.data), fen=self.fen.data or 0,
            note=(self.note.data or "").strip(), is_downward=bool(self.downward.data), **numbers,
        )  # fmt: skip


def _number(text: str) -> int:
    try:
        return number_from_text(text)
    except ValueError:
        return -1  # nobody's
