"""Counting what goes to the database: statements on SQLite, round trips on the wire to PostgreSQL.

A small proxy stands between psycopg and PostgreSQL: each time the client sends after the server
has answered is one round trip, whatever a driver or an ORM may call it.
"""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine


class Statements(list[str]):
    """Statements in order, BEGIN and COMMIT included."""


@contextmanager
def statements(engine: Engine) -> Iterator[Statements]:
    """Collect what this engine executes; a BEGIN that the driver itself sends is added."""
    seen = Statements()
    says_begin = engine.dialect.name == "sqlite"  # there it is a statement of our own

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    def begin(_connection: object) -> None:
        if not says_begin:
            seen.append("BEGIN")

    listeners = [
        ("before_cursor_execute", note),
        ("begin", begin),
        ("commit", lambda _connection: seen.append("COMMIT")),
        ("rollback", lambda _connection: seen.append("ROLLBACK")),
    ]
    for name, listener in listeners:
        event.listen(engine, name, listener)
    try:
        yield seen
    finally:
        for name, listener in listeners:
            event.remove(engine, name, listener)


class Wire:
    """A proxy before PostgreSQL that counts round trips of all its connections."""

    def __init__(self, url: sa.URL) -> None:
        self.target = (url.host or "127.0.0.1", url.port or 5432)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.url = url.set(host="127.0.0.1", port=self.listener.getsockname()[1])
        self.trips = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            client, _ = self.listener.accept()
            server = socket.create_connection(self.target)
            answered = threading.Event()
            answered.set()
            for pair in ((client, server, answered, True), (server, client, answered, False)):
                threading.Thread(target=self._carry, args=pair, daemon=True).start()

    def _carry(
        self, source: socket.socket, sink: socket.socket, answered: threading.Event, asks: bool
    ) -> None:
        with contextlib.suppress(OSError):  # the other side may have hung up first
            while data := source.recv(65536):
                if not asks:
                    answered.set()
                elif answered.is_set():
                    answered.clear()
                    self.trips += 1
                sink.sendall(data)
        sink.close()
