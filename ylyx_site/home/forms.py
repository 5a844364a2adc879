"""Forms of one's own messages."""

from dataclasses import dataclass

from wtforms import RadioField

from ylyx_site.notices.kinds import Channel, NoticeKind, channels_for
from ylyx_site.notices.words import CHANNELS, KINDS
from ylyx_site.shared.forms import Form, WriteForm
from ylyx_site.shared.language import gettext
from ylyx_site.shared.language import lazy_gettext as _l


class ReadingForm(Form):
    """A button. Without a one-time key: to read twice is to have read."""


@dataclass(frozen=True, slots=True)
class PreferencesWish:
    """How each kind of message is wanted."""

    channels: tuple[tuple[NoticeKind, Channel], ...]


def _radio(kind: NoticeKind) -> RadioField:
    return RadioField(_l(KINDS[kind]), choices=[], validate_choice=True)


class PreferencesForm(WriteForm):
    """One choice per kind; the fields are named by the kinds."""

    family_care = _radio(NoticeKind.FAMILY_CARE)
    family_meals = _radio(NoticeKind.FAMILY_MEALS)
    offers = _radio(NoticeKind.OFFERS)
    from_staff = _radio(NoticeKind.FROM_STAFF)
    emergency = _radio(NoticeKind.EMERGENCY)
    guardians = _radio(NoticeKind.GUARDIANS)
    account = _radio(NoticeKind.ACCOUNT)

    def offer(self, *, has_mail: bool) -> None:
        """Say which ways there are; e-mail only for a verified address."""
        for kind in NoticeKind:
            self[kind.value].choices = [
                (channel.value, gettext(CHANNELS[channel]))
                for channel in channels_for(kind)
                if has_mail or channel is not Channel.EMAIL
            ]

    def wish(self) -> PreferencesWish:
        """What was chosen."""
        return PreferencesWish(tuple((kind, Channel(self[kind.value].data)) for kind in NoticeKind))
