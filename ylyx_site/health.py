"""For machines: is the process alive, can it serve, what has it counted."""

import ipaddress
import time

import sqlalchemy as sa
from flask import Flask, Response, current_app, g, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from ylyx_site.identity.access import ANYONE, access
from ylyx_site.shared import clock
from ylyx_site.shared.beats import STALE_AFTER, beats, last_beat
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound

REQUESTS = Counter("ylyx_requests_total", "Requests answered", ["endpoint", "status"])
SECONDS = Histogram(
    "ylyx_request_seconds",
    "Server time of a request",
    ["endpoint"],
    buckets=(0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 1, 3, 8),
)

AGE = Gauge("ylyx_sweep_age_seconds", "Since the worker last ended this sweep", ["sweep"])
BACKLOG = Gauge("ylyx_sweep_backlog", "What was still due after it", ["sweep"])
FAILED = Gauge("ylyx_sweep_failed", "Whether its latest round failed", ["sweep"])


def register(app: Flask) -> None:
    """Add `/healthz`, `/readyz` and `/metrics`, and count every request."""
    app.add_url_rule("/healthz", view_func=healthz)
    app.add_url_rule("/readyz", view_func=readyz)
    app.add_url_rule("/metrics", view_func=metrics)
    app.before_request(_start)
    app.after_request(_count)


def _start() -> None:
    g.started = time.perf_counter()


def _count(response: Response) -> Response:
    endpoint = request.endpoint or "none"
    REQUESTS.labels(endpoint, response.status_code).inc()
    SECONDS.labels(endpoint).observe(time.perf_counter() - g.get("started", time.perf_counter()))
    return response


@access(ANYONE)
def healthz() -> Response:
    """The process answers; touches nothing else."""
    return Response("ok\n", mimetype="text/plain")


@access(ANYONE)
def readyz() -> Response:
    """The database answers and has its tables, and the worker has been at work; 503 otherwise.

    In a demo the worker's age is told, but a site without one is ready all the same.
    """
    try:
        db.session.execute(sa.text("SELECT 1 FROM place_slot LIMIT 1"))
        last = last_beat(db.session())
    except SQLAlchemyError:
        db.session.rollback()
        return _plain("database: it does not answer, or has no tables", 503)
    age = None if last is None else clock.now() - last
    told = "worker: never ran" if age is None else f"worker: {age.total_seconds():.0f} s ago"
    if (age is None or age > STALE_AFTER) and not current_app.config["DEMO"]:
        return _plain(f"{told}; start `flask --app wsgi work`", 503)
    return _plain(f"ok\n{told}", 200)


def _plain(words: str, status: int) -> Response:
    return Response(f"{words}\n", status=status, mimetype="text/plain")


@access(ANYONE)
def metrics() -> Response:
    """Counters for Prometheus; only to addresses of this machine or a private network."""
    address = ipaddress.ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 a fallback
    if not (address.is_loopback or address.is_private):
        raise NotFound
    _measure_worker()
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


def _measure_worker() -> None:
    """Ages and backlogs as the database has them; nothing new when it does not answer."""
    try:
        rows, now = beats(db.session()), clock.now()
    except SQLAlchemyError:
        db.session.rollback()
        return
    for row in rows:
        AGE.labels(row.sweep).set((now - row.ran_at).total_seconds())
        FAILED.labels(row.sweep).set(1 if row.error else 0)
        if row.backlog >= 0:
            BACKLOG.labels(row.sweep).set(row.backlog)
