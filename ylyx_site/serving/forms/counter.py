"""Forms of the counter: which list, one tap, a neighbour's digits."""

from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length

from ylyx_site.facilities.kinds import Meal
from ylyx_site.serving import words
from ylyx_site.serving.kinds import SERVED, HandedHow, Means
from ylyx_site.serving.rules.wishes import HandWish
from ylyx_site.shared.forms import DayField, Form, WriteForm
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.language import lazy_gettext as _l

BROKEN = _l("页面不完整，请重新打开这一页再试。")


class ListForm(Form):
    """Which day and meal, and who is looked for; from the address."""

    date = DayField(_l("日期"))
    meal = StringField(_l("餐次"))
    q = StringField(_l("姓名、拼音、尾号或取餐码"))

    @property
    def wanted(self) -> Meal | None:
        """The meal, if it is one."""
        return next((one for one in Meal if one.value == self.meal.data), None)


class TapForm(WriteForm):
    """One tap at one meal."""

    how = HiddenField(
        validators=[
            InputRequired(BROKEN),
            AnyOf(sorted(one.value for one in SERVED), message=BROKEN),
        ]
    )
    means = HiddenField(default=Means.NAME.value)
    pay = HiddenField()

    def wish(self, meal_id: int) -> HandWish:
        """The wish of a valid form."""
        said = str(self.means.data or "")
        known = {one.value for one in Means} - {Means.NEIGHBOUR_CODE.value}
        means = Means(said) if said in known else Means.NAME
        return HandWish(
            meal_id, HandedHow(self.how.data or ""), means, takes_money=bool(self.pay.data)
        )


class LateForm(WriteForm):
    """A meal of an earlier day, with why it is entered only now."""

    how = RadioField(
        _l("老人怎么吃到的"),
        choices=[SelectChoice(one.value, words.HOW[one][0]) for one in HandedHow if one in SERVED],
        validators=[InputRequired(_l("请选老人怎么吃到的。"))],
    )
    reason = StringField(
        _l("为什么现在才记"),
        filters=[lambda text: (text or "").strip()],
        validators=[
            DataRequired(_l("补记要写明原因，例如：当天忘了点，老人说吃过了。")),
            Length(max=60, message=_l("最多 60 个字。请写短一点。")),
        ],
    )

    def wish(self, meal_id: int) -> HandWish:
        """The wish of a valid form; money is recorded by itself."""
        return HandWish(meal_id, HandedHow(str(self.how.data)), late_reason=str(self.reason.data))


class UndoForm(WriteForm):
    """Taking a tap back."""


class NeighbourForm(WriteForm):
    """The six digits that a neighbour says."""

    code = StringField(
        _l("六位代领码"),
        [InputRequired(_l("请输入邻居说的六位数字。")), Length(max=12, message=BROKEN)],
    )
    pay = HiddenField()

    def digits(self) -> str:
        """As typed, plain digits without spaces."""
        return digits(self.code.data or "").replace(" ", "").replace("-", "")
