"""Forms of signing in, of one's own account and of the administrator."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from wtforms import HiddenField, PasswordField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired, Length, Optional

from ylyx_site.identity.roles import NAMES, Role
from ylyx_site.identity.rules import LONGEST_PASSWORD, SHORTEST_PASSWORD
from ylyx_site.shared.forms import CleanField, Form, WriteForm
from ylyx_site.shared.identifiers import BadIdentifier, digits, division_code, mobile, person_name
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.refusals import N_

PHONE = {"type": "tel", "inputmode": "tel", "autocomplete": "username"}
NUMBER_NEEDED = _l("请填写手机号码。")
TOO_LONG = _l("密码太长了，请重新填写。")


def six_digits(text: str) -> str:
    """A code as it was typed: full-width digits and spaces are fine."""
    code = re.sub(r"\s", "", digits(text))
    if not re.fullmatch(r"\d{6}", code, re.ASCII):
        raise BadIdentifier(N_("验证码是 6 位数字，请照短信里的填写。"))
    return code


def new_password_field(label: str) -> PasswordField:
    """A field for a password to be set."""
    return PasswordField(
        label,
        validators=[
            InputRequired(_l("请填写新密码。")),
            Length(min=SHORTEST_PASSWORD, message=_l("密码至少要 8 个字，长一点更安全。")),
            Length(max=LONGEST_PASSWORD, message=TOO_LONG),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class PasswordForm(Form):
    """Number and password."""

    phone = CleanField(
        _l("手机号码"), gate=mobile, validators=[InputRequired(NUMBER_NEEDED)], render_kw=PHONE
    )
    password = PasswordField(
        _l("密码"),
        validators=[
            InputRequired(_l("请填写密码。")),
            Length(max=LONGEST_PASSWORD, message=TOO_LONG),
        ],
        render_kw={"autocomplete": "current-password"},
    )
    next = HiddenField()


class AskCodeForm(Form):
    """The number to which a code is sent. Stands on the page beside `PasswordForm`."""

    phone = CleanField(
        _l("手机号码"),
        gate=mobile,
        id="code-phone",
        validators=[InputRequired(NUMBER_NEEDED)],
        render_kw=PHONE,
    )
    next = HiddenField(id="code-next")


class CodeForm(Form):
    """The code that came; the number is kept from the page before."""

    phone = CleanField(gate=mobile, validators=[InputRequired(NUMBER_NEEDED)])
    code = CleanField(
        _l("6 位验证码"),
        gate=six_digits,
        validators=[InputRequired(_l("请填写短信里的 6 位数字。"))],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code"},
    )
    next = HiddenField()


@dataclass(frozen=True, slots=True)
class NewName:
    """How somebody wants to be called."""

    name: str


class NameForm(WriteForm):
    """One's own name."""

    name = CleanField(
        _l("姓名"),
        gate=person_name,
        validators=[InputRequired(_l("请填写姓名。"))],
        render_kw={"autocomplete": "name"},
    )
    next = HiddenField()

    def wish(self) -> NewName:
        """What was typed."""
        return NewName(str(self.name.data))


@dataclass(frozen=True, slots=True)
class NewPassword:
    """A password to be set; neither it nor the old one is part of what is remembered of a form."""

    new: str = field(repr=False)
    old: str = field(default="", repr=False)


class NewPasswordForm(WriteForm):
    """A new password; the present one too, unless it need not be known."""

    old = PasswordField(
        _l("现在的密码"),
        validators=[Length(max=LONGEST_PASSWORD, message=TOO_LONG)],
        render_kw={"autocomplete": "current-password"},
    )
    new = new_password_field(_l("新密码"))

    def wish(self) -> NewPassword:
        """What was typed."""
        return NewPassword(self.new.data or "", self.old.data or "")


class DeedForm(WriteForm):
    """A button: nothing but the one-time key."""


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account that an administrator makes for somebody."""

    phone: str
    name: str


class NewAccountForm(WriteForm):
    """Number and name of a new account."""

    phone = CleanField(
        _l("手机号码"),
        gate=mobile,
        validators=[InputRequired(NUMBER_NEEDED)],
        render_kw={"inputmode": "tel", "autocomplete": "off"},
    )
    name = CleanField(
        _l("姓名"),
        gate=person_name,
        validators=[InputRequired(_l("请填写姓名。"))],
        render_kw={"autocomplete": "off"},
    )

    def wish(self) -> NewAccount:
        """What was typed."""
        return NewAccount(str(self.phone.data), str(self.name.data))


@dataclass(frozen=True, slots=True)
class NewColleague:
    """A number that is asked in, and as what."""

    phone: str
    role: Role


class InvitationForm(WriteForm):
    """The number of somebody to work here."""

    phone = CleanField(
        _l("对方的手机号码"),
        gate=mobile,
        validators=[InputRequired(NUMBER_NEEDED)],
        render_kw={"type": "tel", "inputmode": "tel", "autocomplete": "off"},
    )
    role = RadioField(_l("请他做什么"))

    def offer(self, roles: Sequence[Role]) -> None:
        """Offer these roles, the first one chosen."""
        self.role.choices = [SelectChoice(role.value, gettext(NAMES[role])) for role in roles]
        if self.role.data is None and not self.is_submitted():
            self.role.data = roles[0].value

    def wish(self) -> NewColleague:
        """What was typed."""
        return NewColleague(str(self.phone.data), Role(self.role.data))


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A role to be given; `facility` is a number or a name as it was typed."""

    role: Role
    facility: str | None
    division: str | None


class GrantForm(WriteForm):
    """A role and where it holds."""

    role = SelectField(
        _l("角色"),
        choices=[SelectChoice(role.value, _l(name)) for role, name in NAMES.items()],
    )
    facility = CleanField(
        _l("机构"), gate=str.strip, validators=[Optional(), Length(max=60)],
        render_kw={"autocomplete": "off"},
    )  # fmt: skip
    division = CleanField(
        _l("区划代码"), gate=division_code, validators=[Optional()],
        render_kw={"inputmode": "numeric", "autocomplete": "off"},
    )  # fmt: skip

    def wish(self) -> NewGrant:
        """What was typed."""
        return NewGrant(
            Role(self.role.data), self.facility.data or None, self.division.data or None
        )
