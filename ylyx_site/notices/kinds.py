"""What messages are about, and the ways they leave the house."""

import enum


class NoticeKind(enum.StrEnum):
    """What a message is about; each kind is chosen for apart."""

    FAMILY_CARE = "family_care"
    FAMILY_MEALS = "family_meals"
    OFFERS = "offers"
    FROM_STAFF = "from_staff"
    EMERGENCY = "emergency"
    GUARDIANS = "guardians"
    ACCOUNT = "account"


class Channel(enum.StrEnum):
    """How a message reaches somebody besides the page 消息, where every message stands."""

    SITE = "site"
    SMS = "sms"
    EMAIL = "email"


# About the safety of a child, of its record or of an account: sent at once, at night too, always.
ALWAYS = frozenset({NoticeKind.EMERGENCY, NoticeKind.GUARDIANS, NoticeKind.ACCOUNT})
USUAL = Channel.SMS


def channels_for(kind: NoticeKind) -> tuple[Channel, ...]:
    """The ways among which an account may choose for this kind."""
    if kind in ALWAYS:
        return (Channel.SMS, Channel.EMAIL)
    return (Channel.SMS, Channel.EMAIL, Channel.SITE)
