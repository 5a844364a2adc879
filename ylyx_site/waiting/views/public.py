"""The rule of a queue and its ledger: for everybody, to read and to take away."""

from flask import Blueprint, Response

from ylyx_site.childcare.policy import public_nursery
from ylyx_site.identity.access import ANYONE, access
from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.shared.templating import render
from ylyx_site.waiting import words
from ylyx_site.waiting.queries.lines import latest_lines, lines_of
from ylyx_site.waiting.queries.nearby import lengths_of
from ylyx_site.waiting.queries.terms import groups_of, terms_of
from ylyx_site.waiting.queries.waits import typical_waits
from ylyx_site.waiting.rules.lines import written

pages = Blueprint("queues", __name__)
SHOWN = 60


@pages.get("/waiting/rules/<int:facility_id>")
@access(ANYONE)
def show_rule(facility_id: int) -> str:
    """Who comes first and why, how long it takes, and what happened lately."""
    session = db.session()
    return render(
        "waiting/rule.html",
        facility=public_nursery(session, facility_id),
        terms=terms_of(session, facility_id),
        groups=groups_of(session, facility_id, clock.today()),
        length=lengths_of(session, [facility_id]).get(facility_id, 0),
        wait=typical_waits(session, [facility_id], clock.now()).get(facility_id),
        lines=latest_lines(session, facility_id, SHOWN),
        words=words,
    )


@pages.get("/waiting/rules/<int:facility_id>/ledger.csv")
@access(ANYONE)
def queue_ledger(facility_id: int) -> Response:
    """The whole ledger, without anybody's name, as `flask waiting replay` reads it."""
    session = db.session()
    public_nursery(session, facility_id)
    answer = Response("".join(written(lines_of(session, facility_id))), mimetype="text/csv")
    name = f"queue-{facility_id}-{clock.today().isoformat()}.csv"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
