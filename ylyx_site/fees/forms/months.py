"""A month of an address or a form."""

from ylyx_site.shared.forms import Form, MonthField, WriteForm
from ylyx_site.shared.language import lazy_gettext as _l


class MonthForm(Form):
    """Which month; from the address."""

    month = MonthField(_l("月份"))


class ClosingForm(WriteForm):
    """Close a month."""

    month = MonthField(_l("月份"))
