"""A meal that nobody ticked on its day is entered later, by the manager, with the reason."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.client import text_of
from tests.integration.serving.conftest import CHEN, MANAGER, NOON, ZHAO, Hall, browser
from tests.integration.serving.test_handing import hands, rows
from ylyx_site.serving.errors import NotItsDay, TooOldToEnter
from ylyx_site.serving.kinds import HandedHow
from ylyx_site.serving.models import Handover
from ylyx_site.shared import clock
from ylyx_site.shared.db import db

WHY = "当天忘了点，老人说吃过了"
NEXT_DAY = "2026-11-25T09:00:00+08:00"


def reasons() -> list[str]:
    """Why each was entered later."""
    db.session.rollback()
    return list(db.session.scalars(db.select(Handover.late_reason)))


def test_the_manager_enters_a_forgotten_meal_the_next_day(app: Flask, hall: Hall) -> None:
    page = f"/desk/collection/{hall.meals[0]}"
    with clock.standing_at(NEXT_DAY):
        manager = browser(app, MANAGER)
        answer = manager.submit(page, f"{page}/late", how="collected", reason=WHY)
        assert (answer.status_code, answer.location) == (303, page)
        assert rows() == [(hall.meals[0], HandedHow.COLLECTED, 1500)]
        assert reasons() == [WHY]
        shown = text_of(manager.get(page))
    assert "事后补记" in shown
    assert WHY in shown


def test_without_a_reason_nothing_is_entered(app: Flask, hall: Hall) -> None:
    page = f"/desk/collection/{hall.meals[0]}"
    with clock.standing_at(NEXT_DAY):
        answer = browser(app, MANAGER).submit(page, f"{page}/late", how="collected", reason=" ")
    assert answer.status_code == 422
    assert "补记要写明原因" in text_of(answer)
    assert rows() == []


def test_a_clerk_sends_to_the_manager(app: Flask, hall: Hall) -> None:
    page = f"/desk/collection/{hall.meals[0]}"
    with clock.standing_at(NEXT_DAY):
        chen = browser(app, CHEN)
        assert "请食堂经理补记" in text_of(chen.get(page))
        data = {"csrf_token": chen.token(), "key": "k" * 22, "how": "collected", "reason": WHY}
        assert chen.post(f"{page}/late", data=data).status_code == 404
    assert rows() == []


def test_another_canteens_manager_finds_nothing(app: Flask, hall: Hall) -> None:
    page = f"/desk/collection/{hall.meals[0]}"
    with clock.standing_at(NEXT_DAY):
        zhao = browser(app, ZHAO)
        data = {"csrf_token": zhao.token(), "key": "k" * 22, "how": "collected", "reason": WHY}
        assert zhao.post(f"{page}/late", data=data).status_code == 404
    assert rows() == []


@pytest.mark.parametrize("days", [-1, 41])
def test_neither_before_its_day_nor_for_ever(hall: Hall, days: int) -> None:
    with clock.standing_at(NOON):
        now = clock.now() + timedelta(days=days)
        with pytest.raises(TooOldToEnter):
            hands(hall, 0, HandedHow.COLLECTED, now=now, late_reason=WHY)
        with pytest.raises(NotItsDay):
            hands(hall, 0, HandedHow.COLLECTED, now=now)


def test_on_its_day_a_reason_marks_nothing(hall: Hall) -> None:
    with clock.standing_at(NOON):
        hands(hall, 0, HandedHow.COLLECTED, late_reason=WHY)
    assert reasons() == [""]
