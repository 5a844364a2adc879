"""What machines are told: ready or not and why, ages and backlogs of the worker."""

from datetime import timedelta

import pytest
from flask import Flask

from tests.client import SiteClient, text_of
from tests.makers import a_role, an_account
from ylyx_site.identity.roles import Role
from ylyx_site.shared import beats, clock
from ylyx_site.shared.db import transaction


def a_round(age: timedelta, *, backlog: int = 0) -> None:
    """The worker ended a sweep so long ago."""
    with transaction() as session:
        beats.note_beat(
            session,
            "send messages",
            milliseconds=10,
            done=2,
            backlog=backlog,
            now=clock.now() - age,
        )


def ready(client: SiteClient) -> tuple[int, str]:
    """Status and words of /readyz."""
    answer = client.get("/readyz")
    return answer.status_code, answer.text


def test_a_demo_without_a_worker_is_ready(client: SiteClient) -> None:
    assert ready(client) == (200, "ok\nworker: never ran\n")


@pytest.mark.parametrize(
    ("age", "status", "words"),
    [
        (timedelta(minutes=5), 200, "ok\nworker: 300 s ago\n"),
        (timedelta(seconds=301), 503, "worker: 301 s ago; start `flask --app wsgi work`\n"),
        (None, 503, "worker: never ran; start `flask --app wsgi work`\n"),
    ],
)  # fmt: skip
def test_in_production_a_worker_that_stopped_is_told(
    app: Flask, client: SiteClient, monkeypatch: pytest.MonkeyPatch,
    age: timedelta | None, status: int, words: str,
) -> None:  # fmt: skip
    monkeypatch.setitem(app.config, "DEMO", False)
    if age is not None:
        a_round(age)
    assert ready(client) == (status, words)


def test_metrics_tell_age_backlog_and_failure(client: SiteClient) -> None:
    a_round(timedelta(minutes=2), backlog=3)
    lines = client.get("/metrics").text.splitlines()
    assert 'ylyx_sweep_age_seconds{sweep="send messages"} 120.0' in lines
    assert 'ylyx_sweep_backlog{sweep="send messages"} 3.0' in lines
    assert 'ylyx_sweep_failed{sweep="send messages"} 0.0' in lines


@pytest.fixture
def admin(client: SiteClient) -> SiteClient:
    """An administrator's browser."""
    with transaction() as session:
        a_role(session, an_account(session, "13800000040", "平台管理员"), Role.ADMINISTRATOR)
    client.sign_in_as("13800000040")
    return client


def test_the_page_says_that_there_has_never_been_a_worker(admin: SiteClient) -> None:
    assert "还没有运行过" in text_of(admin.get("/admin/worker"))


def test_the_page_shows_what_failed_first_and_when(admin: SiteClient) -> None:
    a_round(timedelta(0))
    with transaction() as session:
        beats.note_failure(
            session, "seal the journal", "OSError", milliseconds=1500, now=clock.now()
        )
    page = admin.page("/admin/worker")
    rows = [" ".join(row.text_content().split()) for row in page.xpath("//tbody/tr")]
    assert rows[0].startswith("给操作日志封链")
    assert "OSError" in rows[0]
    assert rows[1].startswith("发出到点的消息")
    assert "做了 2 件" in rows[1]


def test_the_page_says_that_the_worker_stopped(admin: SiteClient) -> None:
    a_round(timedelta(minutes=6))
    assert "后台任务停了" in text_of(admin.get("/admin/worker"))
