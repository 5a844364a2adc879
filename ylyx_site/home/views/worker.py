"""For administrators: how the worker is, sweep by sweep."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint

from ylyx_site.home.sweeps import purpose
from ylyx_site.identity.access import access
from ylyx_site.identity.roles import Role
from ylyx_site.shared import clock
from ylyx_site.shared.beats import STALE_AFTER, WorkerBeat, beats
from ylyx_site.shared.db import db
from ylyx_site.shared.language import gettext as _
from ylyx_site.shared.templating import render

pages = Blueprint("worker", __name__)


@dataclass(frozen=True, slots=True)
class Line:
    """A sweep as the page shows it."""

    beat: WorkerBeat
    purpose: str
    age: str
    is_late: bool


@pages.get("/admin/worker")
@access(Role.ADMINISTRATOR)
def worker_page() -> str:
    """Age, duration, backlog and last error of every sweep; what is wrong first."""
    now = clock.now()
    lines = [_line(one, now) for one in beats(db.session())]
    lines.sort(key=lambda one: (not one.beat.error, not one.is_late, one.purpose))
    return render(
        "home/worker.html",
        lines=lines,
        last=max((one.beat.ran_at for one in lines), default=None),
        is_late=all(one.is_late for one in lines),
        failed=[one for one in lines if one.beat.error],
    )


def _line(beat: WorkerBeat, now: datetime) -> Line:
    age = now - beat.ran_at
    return Line(beat, purpose(beat.sweep), _age(int(age.total_seconds())), age > STALE_AFTER)


def _age(seconds: int) -> str:
    if seconds < 90:
        return _("刚刚")
    minutes = seconds // 60
    if minutes < 120:
        return _("%(num)d 分钟前", num=minutes)
    return _("%(num)d 小时前", num=minutes // 60)
