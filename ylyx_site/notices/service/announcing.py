"""A text from staff to families: kept once, told to each, never sent in full."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.notices import rules
from ylyx_site.notices.errors import NobodyToTell, TextNotPlain, ToldTooOften
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.models import Announcement, new_code
from ylyx_site.notices.queries import announced_lately
from ylyx_site.notices.service.planning import News, plan
from ylyx_site.shared.refusals import N_

SENTENCE = N_("%(who)s发来一条通知，请打开看。")


@dataclass(frozen=True, slots=True)
class Letter:
    """What staff write. `audience` says in words to whom, `facility` who writes."""

    facility_id: int
    facility: str
    audience: str
    text: str


def announce(
    session: Session, letter: Letter, accounts: Collection[int], *, actor_id: int, now: datetime
) -> str:
    """Keep the text and tell each of these accounts where to read it; returns its code.

    The text may touch upon health: it stands behind the sign-in only, and in no message that goes
    out. Raises `TextNotPlain`, `NobodyToTell`, `ToldTooOften`.
    """
    if rules.has_long_number(letter.text):
        raise TextNotPlain(field="text")
    if not accounts:
        raise NobodyToTell
    if announced_lately(session, letter.facility_id, now) >= rules.ANNOUNCEMENTS_AN_HOUR:
        raise ToldTooOften(most=rules.ANNOUNCEMENTS_AN_HOUR)
    code = new_code()
    session.add(
        Announcement(
            code=code, facility_id=letter.facility_id, account_id=actor_id,
            audience=letter.audience, text=letter.text, families=len(accounts), sent_at=now,
        )
    )  # fmt: skip
    session.flush()
    key = f"announcement:{code}"
    news = News(
        NoticeKind.FROM_STAFF, SENTENCE, {"who": letter.facility},
        f"/notices/announcements/{code}", key, key,
    )  # fmt: skip
    plan(session, accounts, news, now=now)
    return code
