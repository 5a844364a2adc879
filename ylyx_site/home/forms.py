"""Forms of one's own messages."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from wtforms import BooleanField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import Field
from wtforms.validators import InputRequired, Length

from ylyx_site.home.wishes import TextWish
from ylyx_site.notices.kinds import ALWAYS, Channel, NoticeKind, channels_for
from ylyx_site.notices.rules import is_address
from ylyx_site.notices.words import CHANNELS, KINDS
from ylyx_site.shared.forms import CleanField, DayField, Form, WriteForm
from ylyx_site.shared.identifiers import BadIdentifier, digits
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l
from ylyx_site.shared.refusals import N_


def mail_address(text: str) -> str:
    """The gate of an address: plain letters, lower case; raises `BadIdentifier`."""
    plain = text.strip().lower()
    if not is_address(plain):
        raise BadIdentifier(N_("邮箱地址像 name@example.com 这样。请检查一下。"))
    return plain


class ReadingForm(Form):
    """A button. Without a one-time key: to read twice is to have read."""


class ClosingForm(WriteForm):
    """One's own account goes for good."""

    sure = BooleanField(
        _l("我知道删掉以后不能恢复"), validators=[InputRequired(_l("请打钩确认。"))]
    )


@dataclass(frozen=True, slots=True)
class PreferencesWish:
    """How each kind of message is wanted."""

    channels: tuple[tuple[NoticeKind, Channel], ...]


BY_DAY = N_("晚上 9 点到早上 7 点半不发，早上一起发。")
AT_ONCE = N_("关系到安全，随时都发。")
HINTS = {
    NoticeKind.OFFERS: N_("有位要尽快回复，建议发短信。晚上 9 点到早上 7 点半不发。"),
    NoticeKind.FROM_STAFF: N_("短信只说有一条通知，内容在网站上看。"),
}


def _radio(kind: NoticeKind) -> RadioField:
    return RadioField(_l(KINDS[kind]), choices=[], validate_choice=True)


class PreferencesForm(WriteForm):
    """One choice per kind; the fields are named by the kinds."""

    def offer(self, *, has_mail: bool) -> None:
        """Say which ways there are; e-mail only for a verified address."""
        for kind in NoticeKind:
            self[kind.value].choices = [
                (channel.value, gettext(CHANNELS[channel]))
                for channel in channels_for(kind)
                if has_mail or channel is not Channel.EMAIL
            ]

    def with_hints(self) -> list[tuple[Field, str]]:
        """Each choice, with when such a message leaves."""
        return [
            (self[kind.value], gettext(HINTS.get(kind, AT_ONCE if kind in ALWAYS else BY_DAY)))
            for kind in NoticeKind
        ]

    def wish(self) -> PreferencesWish:
        """What was chosen."""
        return PreferencesWish(tuple((kind, Channel(self[kind.value].data)) for kind in NoticeKind))


for _kind in NoticeKind:
    setattr(PreferencesForm, _kind.value, _radio(_kind))


@dataclass(frozen=True, slots=True)
class AddressWish:
    """An address for messages, lower case."""

    address: str


class AddressForm(WriteForm):
    """An e-mail address."""

    address = CleanField(
        _l("邮箱地址"),
        gate=mail_address,
        validators=[InputRequired(_l("请填写邮箱地址。"))],
        render_kw={"type": "email", "inputmode": "email", "autocomplete": "email"},
    )

    def wish(self) -> AddressWish:
        """The address."""
        return AddressWish(str(self.address.data))


@dataclass(frozen=True, slots=True)
class ProofWish:
    """The code that came to the address."""

    code: str


class ProofForm(WriteForm):
    """The code from the letter."""

    code = StringField(
        _l("邮件里的 6 位验证码"),
        [InputRequired(_l("请填写验证码。"))],
        render_kw={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 12},
    )

    def wish(self) -> ProofWish:
        """The digits, however they were typed."""
        return ProofWish(digits(self.code.data or ""))


class RemovalForm(WriteForm):
    """A button."""


class MessageForm(WriteForm):
    """A text to families; which of its fields are there depends on who works where."""

    class_id = SelectField(_l("哪个班"), choices=[], validate_choice=True, default="0")
    first = DayField(_l("从哪一天"))
    last = DayField(_l("到哪一天"))
    meal = SelectField(_l("哪一餐"), choices=[], validate_choice=True, default="")
    round_id = SelectField(_l("哪条送餐线路"), choices=[], validate_choice=True, default="0")
    text = TextAreaField(
        _l("写什么"),
        [
            InputRequired(_l("请写几句话。")),
            Length(max=300, message=_l("最多 300 个字。请写短一点。")),
        ],
        render_kw={"rows": 5, "maxlength": 300},
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field, then the two days together."""
        good = bool(super().validate(extra_validators))
        if self.first.data is None:
            self.first.errors = [*self.first.errors, gettext("请选日期。")]
            return False
        last = self.last.data or self.first.data
        if not self.first.data <= last <= self.first.data + timedelta(days=31):
            self.last.errors = [*self.last.errors, gettext("结束日期要在开始日期之后的一个月内。")]
            return False
        return good

    def wish(self) -> TextWish:
        """The text and to whom."""
        assert self.first.data is not None  # noqa: S101 validated
        last = self.last.data or self.first.data
        return TextWish(
            str(self.text.data).strip(),
            int(self.class_id.data or 0) or None,
            self.first.data,
            last,
            self.meal.data or "",
            int(self.round_id.data or 0) or None,
        )
