"""Forms of signing in."""

from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from ylyx_site.identity.rules import LONGEST_PASSWORD
from ylyx_site.shared.forms import CleanField, Form
from ylyx_site.shared.identifiers import mobile
from ylyx_site.shared.language import lazy_gettext as _l

PHONE = {"type": "tel", "inputmode": "tel", "autocomplete": "username"}


class PasswordForm(Form):
    """Number and password."""

    phone = CleanField(
        _l("手机号码"),
        gate=mobile,
        validators=[InputRequired(_l("请填写手机号码。"))],
        render_kw=PHONE,
    )
    password = PasswordField(
        _l("密码"),
        validators=[
            InputRequired(_l("请填写密码。")),
            Length(max=LONGEST_PASSWORD, message=_l("密码太长了，请重新填写。")),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()
