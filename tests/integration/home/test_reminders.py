"""The evening before: one message to each family, once, as it wants it."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.makers import a_bond, a_child, a_nursery, an_account
from ylyx_site.childcare.rules.wishes import CareWish
from ylyx_site.childcare.service.bookings import book
from ylyx_site.facilities.kinds import CareKind
from ylyx_site.home.reminders import remind
from ylyx_site.notices.models import Notice
from ylyx_site.notices.words import said
from ylyx_site.shared import clock

TUESDAY = date(2026, 11, 24)
SIX = clock.instant_at(date(2026, 11, 23), 18 * 60)


@pytest.fixture
def wang(session: Session) -> int:
    """Wang has two children in care tomorrow, their father may act for one; li has care later."""
    wang, father, li = (
        an_account(session, f"1380000000{number}", name).id
        for number, name in enumerate(("王小明", "王大明", "李建国"), start=1)
    )
    house = a_nursery(session).id
    one, two = (a_child(session, wang, name).id for name in ("明明", "亮亮"))
    a_bond(session, one, father)
    wishes = (
        (wang, (one, two), TUESDAY),
        (li, (a_child(session, li, "果果").id,), date(2026, 11, 25)),
    )
    for number, (account, children, day) in enumerate(wishes):
        wish = CareWish(house, children, (day,), CareKind.FULL_DAY)
        book(session, wish, actor_id=account, code=f"7K392{number}", now=clock.now())
    session.execute(sa.delete(Notice))
    return wang


def told(session: Session) -> list[tuple[int, str]]:
    """Whom, what."""
    rows = session.scalars(sa.select(Notice).order_by(Notice.account_id))
    return [(one.account_id, said(one)) for one in rows]


def test_each_family_is_told_of_its_own_once(session: Session, wang: int) -> None:
    assert [remind(session, SIX), remind(session, SIX + timedelta(minutes=1))] == [2, 0]
    assert told(session) == [
        (wang, "提醒您：11月24日 周二有 2 个孩子去托育，最早 07:30 到园。"),
        (wang + 1, "提醒您：11月24日 周二有 1 个孩子去托育，最早 07:30 到园。"),
    ]


@pytest.mark.parametrize("moment", [SIX - timedelta(seconds=1), SIX + timedelta(hours=3)])
def test_not_before_six_and_not_at_night(session: Session, wang: int, moment: datetime) -> None:
    assert (remind(session, moment), told(session)) == (0, [])
