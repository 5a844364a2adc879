"""A PostgreSQL of one test's own, that may be killed like a machine that loses its power."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

INSTALLED = Path("/usr/lib/postgresql")
STARTS_WITHIN = 30.0


@dataclass(slots=True)
class Cluster:
    """A running cluster: its folder, its port, and the process of its postmaster."""

    folder: Path
    port: int
    settings: tuple[str, ...]
    postmaster: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        """Its database, for the site."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Start it, after a crash too: it then replays its log; returns when it answers."""
        options = [word for one in self.settings for word in ("-c", one)]
        command = [
            f"{binaries()}/postgres", "-D", f"{self.folder}/data", "-p", str(self.port),
            "-k", str(self.folder), "-h", "127.0.0.1", *options,
        ]  # fmt: skip
        until = time.monotonic() + STARTS_WITHIN
        while time.monotonic() < until:
            process = subprocess.Popen(  # noqa: S603 our own server
                command, user=owner(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            self.postmaster = process
            while process.poll() is None and time.monotonic() < until:
                if self._answers():
                    return
                time.sleep(0.02)
        raise TimeoutError("PostgreSQL did not start")

    def kill(self) -> None:
        """SIGKILL the postmaster and all that it has forked: nothing is flushed, nothing said."""
        assert self.postmaster is not None
        pid = self.postmaster.pid
        for process in [
            pid,
            *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()),
        ]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.postmaster.wait(10)

    def checkpoint(self) -> None:
        """Have everything until now on the disk."""
        with psycopg.connect(self.plain, autocommit=True) as connection:
            connection.execute("CHECKPOINT")

    def _answers(self) -> bool:
        with suppress(psycopg.OperationalError):
            psycopg.connect(self.plain, connect_timeout=2).close()
            return True
        return False

    @property
    def plain(self) -> str:
        """The same address, for the driver alone."""
        return self.url.replace("+psycopg", "")


def binaries() -> Path:
    """Where PostgreSQL's own programs are; skips the test without them."""
    found = sorted(INSTALLED.glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        pytest.skip("no PostgreSQL is installed here (make test installs one)")
    return found[-1]


def owner() -> str | None:
    """As whom it runs: PostgreSQL refuses root."""
    return "postgres" if os.getuid() == 0 else None


@contextmanager
def a_cluster(*settings: str) -> Iterator[Cluster]:
    """A fresh cluster with these settings (`name=value`), as safe as it comes; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="cluster-"))
    if name := owner():
        os.chown(folder, pwd.getpwnam(name).pw_uid, -1)
    subprocess.run(  # noqa: S603 our own cluster
        [f"{binaries()}/initdb", "-D", f"{folder}/data", "-A", "trust", "-U", "postgres",
         "--locale=C.UTF-8", "--encoding=UTF8", "--no-sync"],
        check=True, user=owner(), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    cluster = Cluster(folder, a_free_port(), settings)
    try:
        cluster.start()
        yield cluster
    finally:
        with suppress(FileNotFoundError, AssertionError):
            cluster.kill()
        shutil.rmtree(folder, ignore_errors=True)


def a_free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
