"""For machines: is the process alive, can it serve, what has it counted."""

import ipaddress
import time

import sqlalchemy as sa
from flask import Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from ylyx_site.identity.access import ANYONE, access
from ylyx_site.shared.db import db
from ylyx_site.shared.refusals import NotFound

REQUESTS = Counter("ylyx_requests_total", "Requests answered", ["endpoint", "status"])
SECONDS = Histogram(
    "ylyx_request_seconds",
    "Server time of a request",
    ["endpoint"],
    buckets=(0.005, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 1, 3, 8),
)


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
    """The database answers and has its tables; 503 otherwise."""
    try:
        db.session.execute(sa.text("SELECT 1 FROM place_slot LIMIT 1"))
    except SQLAlchemyError:
        db.session.rollback()
        return Response("database\n", status=503, mimetype="text/plain")
    return Response("ok\n", mimetype="text/plain")


@access(ANYONE)
def metrics() -> Response:
    """Counters for Prometheus; only to addresses of this machine or a private network."""
    address = ipaddress.ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 a fallback
    if not (address.is_loopback or address.is_private):
        raise NotFound
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)
