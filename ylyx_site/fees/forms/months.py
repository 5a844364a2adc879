"""A month of an address or a form."""

import re
from collections.abc import Sequence

from wtforms import StringField

from ylyx_site.shared.forms import Form, WriteForm
from ylyx_site.shared.identifiers import digits
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l

MONTH = re.compile(r"(20|21)\d\d-(0[1-9]|1[0-2])", re.ASCII)


class MonthField(StringField):
    """A month, `2026-11`; an empty field is None."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read one month; anything else is refused with a sentence."""
        text = digits(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not text:
            return
        if MONTH.fullmatch(text) is None:
            raise ValueError(gettext("没有这个月份。请按 2026-11 这样填写。"))
        self.data = text


class MonthForm(Form):
    """Which month; from the address."""

    month = MonthField(_l("月份"))


class ClosingForm(WriteForm):
    """Close a month."""

    month = MonthField(_l("月份"))
