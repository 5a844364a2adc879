"""Forms of samples: several dishes at once; and throwing away."""

from flask import request
from wtforms import StringField
from wtforms.validators import InputRequired

from ylyx_site.kitchen.rules.samples import LEAST_GRAMS, SampleWish
from ylyx_site.shared.fields import number_from_text
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l


class SamplesForm(WriteForm):
    """The ticked dishes (`dish`), each with `grams-<id>` and `box-<id>`; the refrigerator's °C."""

    degrees = StringField(
        _l("留样冰箱现在几度（℃）"), [InputRequired(_l("请看一下冰箱的温度，填进来。"))]
    )

    def typed(self) -> dict[str, str]:
        """What was typed beside each dish."""
        names = ("grams-", "box-")
        return {name: text for name, text in request.form.items() if name.startswith(names)}

    def ticked(self) -> list[str]:
        """The numbers of the ticked dishes, as sent."""
        return request.form.getlist("dish") if request.method == "POST" else []

    def wish(self) -> SampleWish:
        """The wish of a valid form; ValueError with a sentence for a number that is none."""
        typed = self.typed()
        return SampleWish(tuple(_sample(one, typed) for one in self.ticked()), self._tenths())

    def _tenths(self) -> int:
        whole, _dot, part = (
            digits(self.degrees.data or "").strip().replace("。", ".").partition(".")
        )
        if not (whole.isascii() and whole.isdigit() and len(whole) <= 2 and len(part) <= 1):
            raise ValueError(gettext("温度请这样填：4 或 4.5。"))
        if part and not (part.isascii() and part.isdigit()):
            raise ValueError(gettext("温度请这样填：4 或 4.5。"))
        return int(whole) * 10 + int(part or 0)


class DisposeForm(WriteForm):
    """Something was thrown away."""


def _sample(dish: str, typed: dict[str, str]) -> tuple[int, int, str]:
    number = number_from_text(dish)
    grams = digits(typed.get(f"grams-{dish}", "")).strip() or str(LEAST_GRAMS)
    if not (grams.isascii() and grams.isdigit() and len(grams) <= 5):
        raise ValueError(gettext("克数要填整数，例如 150。"))
    return number, int(grams), typed.get(f"box-{dish}", "").strip()[:20]
