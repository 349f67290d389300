"""Erasing: no byte of what was deleted stays in the files; a death while mixing harms nothing."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url, select, text

from storage.reports import Reports
from storage.reports_schema import report, sealed_key
from tests.postgresql import Server
from tests.storage.reports.conftest import Place
from tests.storage.reports.makers import ANNA, NOON, sent

COUNT = 200
ROOT = Path(__file__).resolve().parents[3]
MIXER = """
import sys
from pathlib import Path
from storage.reports import Reports
from storage.vault import LIGHT_EFFORT
reports = Reports.open(sys.argv[1], data=Path(sys.argv[2]), effort=LIGHT_EFFORT)
print("mixing", flush=True)
while True:
    reports.shuffle()
"""


def pieces(reports: Reports) -> list[bytes]:
    """A piece of every sealed letter and key, as it lies in the file."""
    with reports.database.reading() as connection:
        letters = connection.execute(select(report.c.letter)).scalars().all()
        keys = connection.execute(select(sealed_key.c.sealed)).scalars().all()
    return [bytes(one)[-48:] for one in (*letters, *keys)]


def left(places: list[Path], sealed: list[bytes]) -> int:
    """How many of these pieces can still be read in some files; a server deletes its own."""
    contents = []
    for path in places:
        with suppress(FileNotFoundError):
            contents.append(path.read_bytes())
    whole = b"\n".join(contents)
    return sum(one in whole for one in sealed)


class TestSqlite:
    """A database in a file."""

    @pytest.fixture
    def engine(self) -> str:
        """Only SQLite."""
        return "sqlite"

    def test_a_withdrawn_report_is_gone_from_the_file_at_once(
        self, reports: Reports, place: Place
    ) -> None:
        """X10: of 200 withdrawn reports, 0 sealed letters and 0 keys can be read afterwards."""
        stays = sent(reports)
        made = [sent(reports) for _ in range(COUNT)]
        mine = pieces(reports)
        for one in made:
            reports.withdraw(one.box, NOON)
        kept = set(pieces(reports))
        gone = [one for one in mine if one not in kept]
        files = [path for path in place.data.glob("reports*") if path.is_file()]
        print(f"X10 pieces of {COUNT} reports left: {left(files, gone)} of {len(gone)}")
        assert (len(gone), left(files, list(kept))) == (COUNT * 4, 4)
        assert left(files, gone) == 0
        assert reports.read(ANNA, stays.box.id) is not None

    def test_dying_while_mixing_loses_nothing(self, reports: Reports, place: Place) -> None:
        """Killed at any moment of it, the database is sound and every report opens."""
        made = [sent(reports) for _ in range(60)]
        dice = random.Random(1)
        for _ in range(6):
            victim = subprocess.Popen(
                [sys.executable, "-c", MIXER, place.url, str(place.data)],
                stdout=subprocess.PIPE,
                cwd=ROOT,
            )
            assert victim.stdout is not None
            victim.stdout.readline()
            time.sleep(dice.uniform(0.001, 0.06))
            os.kill(victim.pid, signal.SIGKILL)
            victim.communicate()
            connection = sqlite3.connect(place.data / "reports.db")
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            connection.close()
        assert {one.id for one in reports.queue(ANNA)} == {one.box.id for one in made}


class TestPostgresql:
    """A database on a server."""

    @pytest.fixture
    def engine(self) -> str:
        """Only PostgreSQL."""
        return "postgresql"

    def test_a_purge_leaves_nothing_in_the_tables_files(
        self, reports: Reports, place: Place, server: Server
    ) -> None:
        """X10: after the purge and the server's next checkpoint, 0 of 200 can be read."""
        sent(reports)
        made = [sent(reports) for _ in range(COUNT)]
        mine = pieces(reports)
        with reports.database.writing() as connection:
            connection.execute(text("ANALYZE"))  # the server does so by itself, sooner or later
        for one in made:
            reports.withdraw(one.box, NOON)
        kept = set(pieces(reports))
        gone = [one for one in mine if one not in kept]
        with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
            query = "SELECT oid::text, current_setting('data_directory') FROM pg_database "
            name = make_url(place.url).database
            found = connection.execute(query + "WHERE datname = %s", [name]).fetchone()
            assert found is not None
            base = Path(found[1]) / "base" / found[0]
            connection.execute("CHECKPOINT")
            before = left([path for path in base.rglob("*") if path.is_file()], gone)
            assert reports.purge() is True
            connection.execute("CHECKPOINT")
            after = left([path for path in base.rglob("*") if path.is_file()], gone)
        print(f"X10 PostgreSQL: {before} of {len(gone)} before the purge, {after} after it")
        assert before > 0
        assert after == 0

    def test_dying_while_mixing_loses_nothing(self, reports: Reports, place: Place) -> None:
        """A connection that is cut in the middle leaves the tables as they were."""
        made = [sent(reports) for _ in range(20)]
        with pytest.raises(RuntimeError):
            empty_and_fail(reports)
        assert {one.id for one in reports.queue(ANNA)} == {one.box.id for one in made}


def empty_and_fail(reports: Reports) -> None:
    """What mixing does first, and then an end."""
    tables = "report, line, line_key, mailbox, sealed_key, word, note, evidence"
    with reports.database.writing(alone=True) as connection:
        connection.execute(text(f"TRUNCATE {tables}"))
        raise RuntimeError
