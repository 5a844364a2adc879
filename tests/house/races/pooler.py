"""PgBouncer before a PostgreSQL of the test's own, set up by the words of docs/operations.md."""

import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest

from tests.house.races.cluster import STARTS_WITHIN, Cluster, a_free_port, owner

ROOT = Path(__file__).resolve().parents[3]
CONNECTIONS = 4  # to the database: far fewer than a rush has clients
PLACES_TO_LOOK = ("/usr/sbin", "/usr/bin", "/usr/local/bin")  # sbin is in few people's PATH


def told(pattern: str) -> list[str]:
    """What docs/operations.md tells to set: all that match."""
    text = (ROOT / "docs" / "operations.md").read_text("utf-8")
    found = re.findall(pattern, text)
    assert found, pattern
    return found


def set_up_role(cluster: Cluster, *, limits: bool = True) -> None:
    """The site's own role and database, with the limits that are told, or without."""
    with psycopg.connect(cluster.plain, autocommit=True) as connection:
        connection.execute("CREATE ROLE ylyx LOGIN")
        connection.execute("CREATE DATABASE ylyx OWNER ylyx")
        for statement in told(r"ALTER ROLE ylyx SET [^;`]+") if limits else []:
            connection.execute(statement.encode())


@contextmanager
def a_pooler(cluster: Cluster) -> Iterator[str]:
    """PgBouncer before the cluster's database `ylyx`: its address for the site."""
    program = shutil.which("pgbouncer", path=":".join(PLACES_TO_LOOK))
    if program is None:
        pytest.skip("no PgBouncer is installed here (make test installs one)")
    folder, port = Path(tempfile.mkdtemp(prefix="pooler-")), a_free_port()
    folder.chmod(0o755)
    settings = folder / "pgbouncer.ini"
    settings.write_text(_settings(cluster, port))
    process = subprocess.Popen(  # noqa: S603 our own pooler
        [program, "-q", str(settings)], user=owner(),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    url = f"postgresql+psycopg://ylyx@127.0.0.1:{port}/ylyx"
    try:
        _wait_for(url.replace("+psycopg", ""))
        yield url
    finally:
        process.terminate()
        process.wait(10)
        shutil.rmtree(folder)


def _settings(cluster: Cluster, port: int) -> str:
    [lines] = told(r"(?s)```ini\n(.*?)```")
    own = [line.strip() for line in lines.splitlines()]
    return "\n".join([
        "[databases]", f"ylyx = host=127.0.0.1 port={cluster.port} user=ylyx",
        "[pgbouncer]", "listen_addr = 127.0.0.1", f"listen_port = {port}", "unix_socket_dir =",
        "auth_type = any", f"default_pool_size = {CONNECTIONS}", "max_client_conn = 300", *own,
    ])  # fmt: skip


def _wait_for(url: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        with suppress(psycopg.OperationalError):
            psycopg.connect(url, connect_timeout=2).close()
            return
        time.sleep(0.02)
    raise TimeoutError("PgBouncer did not start")
