"""Which day and meal; from the address."""

from wtforms import StringField

from ylyx_site.facilities.kinds import Meal
from ylyx_site.shared.forms import DayField, Form
from ylyx_site.shared.language import lazy_gettext as _l


class SheetForm(Form):
    """A day and a meal, both may be left out."""

    date = DayField(_l("日期"))
    meal = StringField(_l("餐次"))

    @property
    def wanted(self) -> Meal | None:
        """The meal, if it is one."""
        return next((one for one in Meal if one.value == self.meal.data), None)
