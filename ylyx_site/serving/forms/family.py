"""The family's form: six digits for a neighbour."""

from wtforms import HiddenField
from wtforms.validators import InputRequired

from ylyx_site.serving.forms.counter import BROKEN
from ylyx_site.shared.fields import number_from_text
from ylyx_site.shared.forms import WriteForm


class CodeForm(WriteForm):
    """For which meal of the order."""

    meal_id = HiddenField(validators=[InputRequired(BROKEN)])

    def meal(self) -> int:
        """The meal's number; nobody's for what is none."""
        try:
            return number_from_text(str(self.meal_id.data))
        except ValueError:
            return -1
