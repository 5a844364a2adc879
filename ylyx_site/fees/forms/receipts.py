"""The form of a receipt."""

from wtforms import BooleanField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length

from ylyx_site.fees import words
from ylyx_site.fees.kinds import Means, ReceiptKind
from ylyx_site.fees.rules.wishes import ReceiptWish
from ylyx_site.shared.forms import MonthField, WriteForm, YuanField
from ylyx_site.shared.language import lazy_gettext as _l


class ReceiptForm(WriteForm):
    """Money in or back for a child's month."""

    month = MonthField(_l("月份"), [InputRequired(_l("页面不完整，请重新打开这一页再试。"))])
    kind = RadioField(
        _l("记什么"),
        choices=[SelectChoice(one.value, name) for one, name in words.KINDS.items()],
        default=ReceiptKind.PAID.value,
    )
    means = RadioField(
        _l("怎么付的"),
        choices=[SelectChoice(one.value, name) for one, name in words.MEANS.items()],
        default=Means.PHONE.value,
    )
    fen = YuanField(_l("金额（元）"), [InputRequired(_l("请填写金额，例如 120.00。"))])
    is_downward = BooleanField(_l("更正为少收（不勾是多收）"))
    note = StringField(
        _l("说明（退费、更正必填）"), [Length(max=100, message=_l("最多 100 个字。请写短一点。"))]
    )

    def wish(self) -> ReceiptWish:
        """The wish of a valid form."""
        return ReceiptWish(
            ReceiptKind(self.kind.data), Means(self.means.data), self.fen.data or 0,
            (self.note.data or "").strip(), bool(self.is_downward.data),
        )  # fmt: skip
