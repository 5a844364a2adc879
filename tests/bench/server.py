"""gunicorn as operations run it, on a port of its own and only on this machine."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WORKERS, THREADS = 2, 8


@contextmanager
def serving(
    app: str, port: int, environment: dict[str, str], workers: int = WORKERS
) -> Iterator[int]:
    """Serve `module:app` on `port` for the length of the block; returns the master's process."""
    command = [
        sys.executable, "-m", "gunicorn", "-k", "gthread", "--workers", str(workers),
        "--threads", str(THREADS), "--keep-alive", "60", "--bind", f"127.0.0.1:{port}",
        "--preload", "--log-level", "error", "--no-control-socket", app,
    ]  # fmt: skip
    process = subprocess.Popen(command, env=os.environ | environment)  # noqa: S603 our own command
    try:
        _wait_for(port, process)
        yield process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"The server on port {port} ended: is the port taken?")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"Nothing listens on port {port}.")
