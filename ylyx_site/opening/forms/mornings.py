"""Forms of the morning: hazards, and opening the house."""

from wtforms import StringField
from wtforms.validators import Length

from ylyx_site.opening.rules.wishes import LONGEST_WORDS, HazardWish, MendWish, OpenWish
from ylyx_site.shared.forms import WriteForm
from ylyx_site.shared.language import lazy_gettext as _l

TOO_LONG = _l("太长了，最多 200 个字。")
FITS = [Length(max=LONGEST_WORDS, message=TOO_LONG)]
QUIET = {"autocomplete": "off", "maxlength": str(LONGEST_WORDS)}


class OpenForm(WriteForm):
    """Open; with a reason where a point is red."""

    reason = StringField(_l("为什么还是要开门，怎么保证安全"), validators=FITS, render_kw=QUIET)

    def wish(self) -> OpenWish:
        """What was typed."""
        return OpenWish(self.reason.data or "")


class HazardForm(WriteForm):
    """Something dangerous."""

    words = StringField(_l("哪里有隐患"), validators=FITS, render_kw=QUIET)

    def wish(self) -> HazardWish:
        """What was typed."""
        return HazardWish(self.words.data or "")


class MendForm(WriteForm):
    """What was done about it."""

    how = StringField(_l("怎么处理的"), validators=FITS, render_kw=QUIET)

    def wish(self, hazard_id: int) -> MendWish:
        """What was typed."""
        return MendWish(hazard_id, self.how.data or "")
