"""Planning messages, in the transaction of what they tell: no commit, no message."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ylyx_site.notices import rules
from ylyx_site.notices.kinds import NoticeKind
from ylyx_site.notices.models import Notice, new_code
from ylyx_site.notices.words import Value, packed
from ylyx_site.shared import clock
from ylyx_site.shared.db import on_conflict


@dataclass(frozen=True, slots=True)
class News:
    """What to tell. `sentence` is marked by `N_` and names its `values`.

    No health data, no ID or telephone number, no child's name: a message is read over shoulders.
    `link` is an address of this site, the one thing to do. What has the same `subject` within a
    minute goes out as one message. `key` names the event: told again, it stays one message.
    """

    kind: NoticeKind
    sentence: str
    values: Mapping[str, Value]
    link: str
    subject: str
    key: str


def plan(session: Session, accounts: Iterable[int], news: News, *, now: datetime) -> None:
    """Plan one message to each account; one statement, none when there is nobody to tell."""
    plan_each(session, [(account_id, news) for account_id in sorted(accounts)], now=now)


def plan_each(session: Session, told: Collection[tuple[int, News]], *, now: datetime) -> None:
    """Plan to each account its own message; one statement, however many they are."""
    rows = [_row(account_id, news, now) for account_id, news in told]
    if rows:
        insert = on_conflict(session, Notice).on_conflict_do_nothing(index_elements=["key"])
        session.execute(insert, rows)


def when_due(kind: NoticeKind, at: datetime) -> datetime:
    """The first moment from `at` on at which a message of this kind may leave."""
    if rules.is_urgent(kind):
        return at
    return at + rules.quiet_left(clock.minute_of(at))


def _row(account_id: int, news: News, now: datetime) -> dict[str, object]:
    return {
        "code": new_code(),
        "account_id": account_id,
        "kind": news.kind,
        "sentence": news.sentence,
        "filling": packed(news.values),
        "link": news.link,
        "subject": news.subject,
        "key": f"{news.key}:{account_id}",
        "planned_at": now,
        "due_at": when_due(news.kind, now + rules.waits(news.kind)),
    }
