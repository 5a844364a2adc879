"""The worker's door for messages: claim and commit, send, write down and commit."""

from datetime import datetime

import structlog
from sqlalchemy.orm import Session

from ylyx_site.notices import queries
from ylyx_site.notices.kinds import Channel
from ylyx_site.notices.links import outward
from ylyx_site.notices.senders import Message, Post, Sender, post
from ylyx_site.notices.service.sending import Parcel, claim, put_off, settle
from ylyx_site.notices.words import message_text, said
from ylyx_site.shared.db import db, transaction
from ylyx_site.shared.retries import retrying

log = structlog.get_logger()


def send_due(now: datetime) -> int:
    """Send one batch of what is due; returns how many messages that was. Needs an app context."""
    parcels = retrying(lambda: _claim(now))
    for parcel in parcels:
        _deliver(parcel, now)
    return len(parcels)


def _claim(now: datetime) -> list[Parcel]:
    with transaction() as session:
        return claim(session, now)


def _deliver(parcel: Parcel, now: datetime) -> None:
    """Send outside of any transaction; what fails is tried again later and holds up nobody."""
    try:
        by = _send(parcel, post())
    except Exception as error:  # noqa: BLE001 whatever a service raises, the others go on
        # Its words may hold the address: only its kind is logged.
        log.error("message not sent", key=parcel.key, error=type(error).__name__)  # noqa: TRY400
        retrying(lambda: _put_off(parcel, now))
    else:
        retrying(lambda: _settle(parcel, by, now if by else None))


def _send(parcel: Parcel, ports: Post) -> str:
    """Send it; returns by whom, empty where nothing had to be sent."""
    sender, to = _way(parcel, ports)
    if to is None:
        return ""
    sender.send(Message(parcel.key, to, _text(parcel)))
    return sender.name


def _way(parcel: Parcel, ports: Post) -> tuple[Sender, str | None]:
    """By whom and where to; nowhere when it is only for the site or the account is closed."""
    newest = parcel.newest
    session = db.session()
    channel = queries.choices_of(session, newest.account_id)[newest.kind]
    phone = ports.phone_of(session, newest.account_id)
    mail = _mail(session, newest.account_id) if channel is Channel.EMAIL else None
    session.rollback()  # nothing is kept open while a far-away service takes its time
    if phone is None or channel is Channel.SITE:
        return ports.senders[Channel.SMS], None
    if mail is not None:
        return ports.senders[Channel.EMAIL], mail
    return ports.senders[Channel.SMS], phone


def _mail(session: Session, account_id: int) -> str | None:
    return queries.address_of(session, account_id, Channel.EMAIL)


def _text(parcel: Parcel) -> str:
    newest, others = parcel.newest, len(parcel.notices) - 1
    return message_text(said(newest), others, post().site, outward(newest.link))


def _settle(parcel: Parcel, sender: str, sent_at: datetime | None) -> None:
    with transaction() as session:
        settle(session, parcel.key, sender=sender, sent_at=sent_at)


def _put_off(parcel: Parcel, now: datetime) -> None:
    with transaction() as session:
        put_off(session, parcel, now)
