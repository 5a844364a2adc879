"""The form of a sale to a guest."""

from flask import request
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import AnyOf, InputRequired

from ylyx_site.facilities.kinds import Meal, Serving
from ylyx_site.serving import words
from ylyx_site.serving.forms.counter import BROKEN
from ylyx_site.serving.rules.wishes import GuestWish
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l

MOST = 20


class GuestForm(WriteForm):
    """How many of what; the numbers come as `dish-<id>` and `set-<id>`."""

    meal = StringField(
        validators=[InputRequired(BROKEN), AnyOf([one.value for one in Meal], message=BROKEN)]
    )
    serving = RadioField(
        _l("怎么用餐"),
        choices=[
            SelectChoice(one.value, words.SERVINGS[one][0])
            for one in (Serving.DINE_IN, Serving.PICK_UP)
        ],
        default=Serving.DINE_IN.value,
    )

    def numbers(self) -> dict[str, str]:
        """What was typed beside each dish."""
        return {
            name: text for name, text in request.form.items() if name.startswith(("dish-", "set-"))
        }

    def wish(self) -> GuestWish:
        """The wish of a valid form; ValueError with a sentence for a number that is none."""
        wanted = tuple((name, _number(text)) for name, text in sorted(self.numbers().items()))
        return GuestWish(Meal(self.meal.data or ""), Serving(self.serving.data), wanted)


def _number(text: str) -> int:
    plain = digits(text).strip() or "0"
    if not (plain.isascii() and plain.isdigit() and len(plain) <= 3 and int(plain) <= MOST):
        raise ValueError(gettext("份数要填 0 到 %(most)d 的整数。", most=MOST))
    return int(plain)
