"""Forms of the desk's page of checks: a step, an end, how long to wait."""

from wtforms import HiddenField, RadioField, StringField
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange

from ylyx_site.shared.forms import CountField, Form, MonthField, WriteForm
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.welfare import words
from ylyx_site.welfare.kinds import Outcome, StepKind
from ylyx_site.welfare.rules.checking import LEAST_MINUTES, MOST_MINUTES
from ylyx_site.welfare.rules.wishes import OutcomeWish, StepWish

BROKEN = _l("页面不完整，请重新打开这一页再试。")
TOO_LONG = _l("最多 200 个字。请写短一点。")
STEPS = [f"{kind.value}-{end}" for kind in StepKind for end in ("yes", "no")]


class StepForm(WriteForm):
    """One tap: `call-yes`, `neighbour-no` …, with a word if there is one."""

    step = HiddenField(validators=[InputRequired(BROKEN), AnyOf(STEPS, message=BROKEN)])
    words = StringField(_l("说明（可以不填）"), [Length(max=200, message=TOO_LONG)])

    def wish(self) -> StepWish:
        """The wish of a valid form."""
        kind, _dash, end = str(self.step.data).partition("-")
        return StepWish(StepKind(kind), end == "yes", (self.words.data or "").strip())


class OutcomeForm(WriteForm):
    """How it ended."""

    outcome = RadioField(_l("结果"), choices=words.outcomes)
    words = StringField(
        _l("说明（选“其他”必填）"), [Length(max=200, message=TOO_LONG)],
        render_kw={"autocomplete": "off"},
    )  # fmt: skip

    def wish(self) -> OutcomeWish:
        """The wish of a valid form."""
        return OutcomeWish(Outcome(self.outcome.data), (self.words.data or "").strip())


class TermsForm(WriteForm):
    """How many minutes after serving."""

    minutes = CountField(
        _l("供餐结束后多少分钟还没取，就要查看"),
        [
            InputRequired(_l("请填 5 到 240 之间的分钟数。")),
            NumberRange(LEAST_MINUTES, MOST_MINUTES, _l("请填 5 到 240 之间的分钟数。")),
        ],
        render_kw={"inputmode": "numeric"},
    )


class MonthForm(Form):
    """Which month; from the address."""

    month = MonthField()
