"""The names that stay under what was paid go when their years are over."""

from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from tests.makers import a_child, an_account, an_elder
from ylyx_site.families import service
from ylyx_site.families.kinds import Group
from ylyx_site.families.models import Person, PersonGroup
from ylyx_site.families.service.sweeps import NAMELESS
from ylyx_site.journal.models import JournalEntry
from ylyx_site.settings import BadSettingsError, from_environment
from ylyx_site.shared import clock

NIGHT = clock.instant_at(date(2057, 1, 1), 3 * 60)


def withdrawn(session: Session) -> Person:
    """A child whose consent was withdrawn in November 2026."""
    account = an_account(session).id
    child = a_child(session, account)
    service.withdraw_consent(session, child.id, actor_id=account, now=clock.now())
    return child


def names(session: Session) -> list[str]:
    """All names, in order."""
    return sorted(session.scalars(sa.select(Person.name)))


def test_the_name_stays_for_its_years_and_goes_with_the_new_year(session: Session) -> None:
    withdrawn(session)
    before = clock.instant_at(date(2056, 12, 31), 3 * 60)
    assert (service.forget_names(session, before, years=30), names(session)) == (0, ["明明"])
    assert (service.forget_names(session, NIGHT, years=30), names(session)) == (1, [NAMELESS])
    assert service.forget_names(session, NIGHT, years=30) == 0


def test_nothing_of_the_person_is_left_but_the_year_of_birth(session: Session) -> None:
    child, born = withdrawn(session), date(2025, 1, 1)
    session.add(
        PersonGroup(person_id=child.id, group=next(iter(Group)), evidence="低保证",
                    valid_from=date(2026, 1, 1))
    )  # fmt: skip
    service.forget_names(session, NIGHT, years=30)
    session.expire_all()
    kept = (child.name, child.search_text, child.sex, child.hukou_division, child.born_on)
    assert kept == (NAMELESS, "", "", None, date(child.born_on.year, 1, 1))
    assert child.born_on >= born
    assert session.scalar(sa.select(sa.func.count(PersonGroup.id))) == 0
    last = session.scalars(sa.select(JournalEntry.action).order_by(JournalEntry.id)).all()[-1]
    assert last == "families.name_forgotten"


def test_who_is_still_here_keeps_the_name(session: Session) -> None:
    withdrawn(session)
    an_elder(session, an_account(session, "13800000002").id, "周桂兰")
    service.forget_names(session, NIGHT, years=1)
    assert names(session) == sorted([NAMELESS, "周桂兰"])


@pytest.mark.parametrize(("minute", "done"), [(179, 0), (180, 1), (239, 1), (240, 0)])
def test_it_is_done_in_one_hour_of_the_night(session: Session, minute: int, done: int) -> None:
    withdrawn(session)
    now = clock.instant_at(date(2057, 1, 1), minute)
    assert service.forget_names(session, now, years=30) == done


def test_a_run_is_bounded_and_goes_on(session: Session) -> None:
    account = an_account(session).id
    for name in ("明明", "红红", "亮亮"):
        child = a_child(session, account, name)
        service.withdraw_consent(session, child.id, actor_id=account, now=clock.now())
    runs = [service.forget_names(session, NIGHT, years=30, most=2) for _run in range(3)]
    assert runs == [2, 1, 0]


@pytest.mark.parametrize("years", ["0", "-1"])
def test_no_years_at_all_are_refused(years: str) -> None:
    with pytest.raises(BadSettingsError):
        from_environment({"YLYX_NAMES_YEARS": years})
