"""The site under gunicorn, on a port of 127.0.0.1, with workers that can be killed."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from flask import Flask

from tests.conftest import MONDAY

ROOT = Path(__file__).resolve().parents[3]
STARTS_WITHIN = 30.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running gunicorn: the process of its master, and its port."""

    master: int
    port: int

    def workers(self) -> list[int]:
        """The processes that serve now."""
        children = Path(f"/proc/{self.master}/task/{self.master}/children")
        return [int(number) for number in children.read_text().split()]

    def kill_one(self, dice: random.Random) -> bool:
        """SIGKILL some worker; gunicorn starts another."""
        workers = self.workers()
        if not workers:
            return False
        with suppress(ProcessLookupError):
            os.kill(dice.choice(workers), signal.SIGKILL)
        return True


@contextmanager
def serving(app: Flask, target: str = "wsgi:app") -> Iterator[Server]:
    """Serve `target` on the database of `app` until the block ends.

    Loaded before forking, so that who takes the place of a killed worker serves at once.
    """
    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    process = subprocess.Popen(  # noqa: S603 our own server
        [sys.executable, "-m", "gunicorn", "-k", "gthread", "-w", "2", "--threads", "4",
         "--preload", "--bind", f"fd://{listener.fileno()}", "--graceful-timeout", "2",
         "--log-level", "critical", target],
        cwd=ROOT, env=_environment(app), pass_fds=[listener.fileno()], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    server = Server(process.pid, listener.getsockname()[1])
    try:
        _wait_for(server)
        yield server
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(10)
        listener.close()


def _environment(app: Flask) -> dict[str, str]:
    return os.environ | {
        "YLYX_DATABASE_URL": app.config["SQLALCHEMY_DATABASE_URI"],
        "YLYX_SECRET_KEY": str(app.secret_key),
        "YLYX_MODE": "demo",
        "YLYX_NOW": MONDAY,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
    }


def _wait_for(server: Server) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        try:
            connection = HTTPConnection("127.0.0.1", server.port, timeout=2)
            connection.request("GET", "/readyz")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise TimeoutError("gunicorn did not start")
