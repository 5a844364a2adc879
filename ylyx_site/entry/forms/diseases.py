"""Forms of the district's table."""

from wtforms import BooleanField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange

from ylyx_site.entry.rules.wishes import DiseaseWish, TermsWish
from ylyx_site.shared.forms import CountField, WriteForm
from ylyx_site.shared.language import lazy_gettext as _l


class DiseaseForm(WriteForm):
    """A row of the table."""

    name = StringField(
        _l("病名"),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("请填病名。")),
            Length(max=30, message=_l("病名最多 30 个字。")),
        ],
    )
    days = CountField(
        _l("从发病那天起，最少在家多少天"),
        validators=[
            InputRequired(_l("请填天数。")),
            NumberRange(0, 365, message=_l("天数在 0 到 365 之间。")),
        ],
        render_kw={"inputmode": "numeric"},
    )
    needs_paper = BooleanField(_l("回来时要返园证明"))

    def wish(self, disease_id: int | None) -> DiseaseWish:
        """The wish of a valid form."""
        return DiseaseWish(
            disease_id, self.name.data or "", self.days.data or 0, self.needs_paper.data
        )


class TermsForm(WriteForm):
    """The district's figures."""

    away_months = CountField(
        _l("离开几个月以上要重新体检"),
        validators=[
            InputRequired(_l("请填月数。")),
            NumberRange(1, 24, message=_l("月数在 1 到 24 之间。")),
        ],
        render_kw={"inputmode": "numeric"},
    )
    keep_months = CountField(
        _l("不再来以后，材料保存几个月"),
        validators=[
            InputRequired(_l("请填月数。")),
            NumberRange(1, 60, message=_l("月数在 1 到 60 之间。")),
        ],
        render_kw={"inputmode": "numeric"},
    )

    def wish(self) -> TermsWish:
        """The wish of a valid form."""
        return TermsWish(self.away_months.data or 0, self.keep_months.data or 0)


class TableForm(WriteForm):
    """Rows pasted from a table: name, days, yes or no."""

    table = TextAreaField(
        _l("从表格粘贴"),
        validators=[
            InputRequired(_l("请先粘贴内容。")),
            Length(max=20000, message=_l("内容太长了。")),
        ],
        render_kw={"rows": 6},
    )
