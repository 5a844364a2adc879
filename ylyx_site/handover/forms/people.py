"""Forms about who may fetch a child and who must not."""

from datetime import date
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from ylyx_site.handover import words
from ylyx_site.handover.kinds import BlockReason, PaperSeen
from ylyx_site.handover.rules.wishes import AdultWish, BlockWish, CodeWish
from ylyx_site.shared import identifiers
from ylyx_site.shared.forms import CleanField, DayField, WriteForm
from ylyx_site.shared.language import lazy_gettext as _l


def _name(label: Any) -> CleanField:
    return CleanField(
        label,
        gate=identifiers.person_name,
        validators=[InputRequired(_l("请填写姓名。"))],
        render_kw={"autocomplete": "off"},
    )


def _phone(label: Any, *, needed: bool) -> CleanField:
    validator = InputRequired(_l("请填写手机号码。")) if needed else Optional()
    return CleanField(
        label,
        gate=identifiers.mobile,
        validators=[validator],
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )


class AdultForm(WriteForm):
    """An adult who may fetch the child."""

    name = _name(_l("姓名（和身份证一样）"))
    relation = StringField(
        _l("是孩子的什么人"),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("请填是孩子的什么人。")),
            Length(max=10, message=_l("最多 10 个字，例如：奶奶。")),
        ],
        render_kw={"autocomplete": "off"},
    )
    phone = _phone(_l("手机号码"), needed=True)
    valid_from = DayField(_l("从哪天起"), validators=[InputRequired(_l("请填从哪天起。"))])
    valid_to = DayField(_l("到哪天为止（可以不填）"))
    picture = FileField(
        _l("照片（可以不放）"), render_kw={"accept": "image/jpeg,image/png,image/webp"}
    )
    consent = BooleanField(_l("本人同意放照片，只给托育机构的老师在交接时看。"))

    def wish(self, child_id: int) -> AdultWish:
        """The wish of a valid form."""
        return AdultWish(
            child_id, self.name.data or "", self.relation.data or "", self.phone.data or "",
            self.valid_from.data or date.min, self.valid_to.data,
        )  # fmt: skip


class CodeForm(WriteForm):
    """A code for one day."""

    name = _name(_l("谁来接"))
    day = DayField(_l("哪天"), validators=[InputRequired(_l("请选哪天来接。"))])

    def wish(self, child_id: int) -> CodeWish:
        """The wish of a valid form."""
        return CodeWish(child_id, self.day.data or date.min, self.name.data or "")


class _BlockFields(WriteForm):
    name = _name(_l("姓名"))
    looks = StringField(
        _l("怎么认出来（可以不填）"),
        filters=[lambda text: (text or "").strip()],
        validators=[Length(max=60, message=_l("最多 60 个字，请写短一些。"))],
        render_kw={"autocomplete": "off"},
    )
    phone = _phone(_l("手机号码（知道就填）"), needed=False)


class BlockForm(_BlockFields):
    """A guardian keeps somebody from fetching the child."""

    reason = RadioField(
        _l("为什么"),
        choices=lambda: [(one.value, words.REASONS[one]) for one in BlockReason],
        validators=[InputRequired(_l("请选一个原因。"))],
    )

    def wish(self, child_id: int) -> BlockWish:
        """The wish of a valid form."""
        return BlockWish(
            child_id, self.name.data or "", self.looks.data or "", self.phone.data or None,
            reason=BlockReason(self.reason.data),
        )  # fmt: skip


class HeadBlockForm(_BlockFields):
    """The head has seen a paper."""

    paper = RadioField(
        _l("看过哪一种文书"),
        choices=lambda: [(one.value, words.PAPERS[one]) for one in PaperSeen],
        validators=[InputRequired(_l("请选看过哪一种文书。"))],
    )
    number = StringField(
        _l("文书编号或日期"),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("请填文书编号或日期，以后好查。")),
            Length(max=40, message=_l("最多 40 个字。")),
        ],
        render_kw={"autocomplete": "off"},
    )

    def wish(self, child_id: int) -> BlockWish:
        """The wish of a valid form."""
        return BlockWish(
            child_id, self.name.data or "", self.looks.data or "", self.phone.data or None,
            paper=PaperSeen(self.paper.data), number=self.number.data or "",
        )  # fmt: skip


class PressForm(WriteForm):
    """A button that writes; nothing to fill in."""
