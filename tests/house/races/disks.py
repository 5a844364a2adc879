"""Disks that are full when a test says so, and have room again when it says that."""

import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask

from tests.house.races.cluster import Cluster, owner
from ylyx_site.shared.db import db

SMALL = 96 * 2**20  # the site's tables, empty, are some 40 MB
PIECE = 4096


class Disk(Protocol):
    """Where a database lives."""

    def fill(self) -> None:
        """Leave no room."""

    def free(self) -> None:
        """Have room again."""


class Pages:
    """SQLite's own limit: no more pages than the file has now."""

    def __init__(self) -> None:
        self.most = 2**30

    def limit(self, connection: Any, _record: object, _proxy: object) -> None:
        """To each connection that is taken from the pool."""
        connection.execute(f"PRAGMA max_page_count={self.most}")

    def fill(self) -> None:
        self.most = 1  # never below what is there

    def free(self) -> None:
        self.most = 2**30


@contextmanager
def limited_pages(app: Flask) -> Iterator[Disk]:
    """The disk under the app's SQLite file."""
    pages = Pages()
    with app.app_context():
        engine = db.engine
        db.session.remove()
    engine.dispose()
    with closing(sqlite3.connect(engine.url.database or "")) as connection:
        connection.execute("VACUUM")  # room inside the file would be room too
    sa.event.listen(engine, "checkout", pages.limit)
    try:
        yield pages
    finally:
        sa.event.remove(engine, "checkout", pages.limit)
        engine.dispose()


class Ballast:
    """A small file system, and a file on it that takes what is left."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "ballast"

    def fill(self) -> None:
        with self.file.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(b"\0" * PIECE)

    def free(self) -> None:
        self.file.unlink()


@contextmanager
def small_tablespace(cluster: Cluster) -> Iterator[Disk]:
    """A database `small` of the cluster on a file system of its own; skips where none may be.

    Only the tables are there: where PostgreSQL's own log has no room it stops, as when killed.
    """
    folder = Path(tempfile.mkdtemp(prefix="disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", str(folder)]
    try:
        if subprocess.run(mount, check=False, capture_output=True).returncode != 0:  # noqa: S603 ours
            pytest.skip("nobody may mount a small file system here")
        tables = folder / "tables"
        tables.mkdir()
        if name := owner():
            shutil.chown(tables, name)
        with psycopg.connect(cluster.plain, autocommit=True) as connection:
            connection.execute(f"CREATE TABLESPACE small LOCATION '{tables}'".encode())
            connection.execute("CREATE DATABASE small TABLESPACE small")
        yield Ballast(folder)
    finally:
        cluster.kill()
        subprocess.run(["umount", str(folder)], check=False, capture_output=True)  # noqa: S603, S607 ours
        folder.rmdir()
