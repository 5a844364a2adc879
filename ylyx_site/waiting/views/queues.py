"""The queues of full nurseries, for the search, which lies in a lower room."""

from collections.abc import Collection

from flask import Flask

from ylyx_site.shared import clock
from ylyx_site.shared.db import db
from ylyx_site.waiting import words
from ylyx_site.waiting.queries.queues import Queue, queues_at


def set_up(app: Flask) -> None:
    """Let pages of lower rooms say how long a queue is."""
    app.jinja_env.globals["queues_at"] = queues_of
    app.jinja_env.globals["typical_wait"] = words.typical_wait


def queues_of(facility_ids: Collection[int]) -> dict[int, Queue]:
    """The queues at these facilities; nothing is asked for none."""
    return queues_at(db.session(), facility_ids, clock.now()) if facility_ids else {}
