"""Withdrawing a consent."""

from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.families import queries, rules
from ylyx_site.families.erasure import erase_elsewhere
from ylyx_site.families.errors import ConsentOfAnother
from ylyx_site.families.models import Consent
from ylyx_site.families.service.turns import take_turns
from ylyx_site.journal.service import note


def withdraw_consent(session: Session, child_id: int, *, actor_id: int, now: datetime) -> None:
    """End the record of a child: it disappears from every list, number and note are erased.

    What is booked for days to come ends, in every room that plugged in.

    The name stays for what was booked and paid (儿童个人信息网络保护规定 第二十条: to be erased
    when the consent is withdrawn, as far as no law wants it kept). Raises `NotFound`,
    `ConsentOfAnother`.
    """
    take_turns(session, f"person:{child_id}")
    child, _bond = queries.rows_of(session, actor_id, child_id)
    consent = session.get_one(Consent, child.consent_id)
    live = queries.live_guardians(session, child_id)
    if not rules.may_withdraw(consent.account_id, live, actor_id):
        raise ConsentOfAnother
    consent.withdrawn_at = child.ended_at = now
    child.id_number_sealed = child.id_number_index = child.note_sealed = None
    erase_elsewhere(session, child_id, actor_id=actor_id, now=now)
    note(session, "families.consent_withdrawn", f"person:{child_id}", actor_id=actor_id, now=now)
    session.flush()
