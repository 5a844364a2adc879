"""Logs: one JSON line per event with the request's number; never anything personal."""

import logging
import sys

import structlog
from flask import Flask, g, has_request_context
from structlog.tracebacks import ExceptionDictTransformer
from structlog.typing import EventDict, WrappedLogger


def set_up(app: Flask) -> None:
    """Configure structlog once per process."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _add_request_number,
            # Not the locals of each frame: they hold passwords, numbers and our own keys.
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=not app.testing,
    )


def _add_request_number(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    if has_request_context():
        event["request"] = g.get("request_number", "")
    return event
