"""Looking around sees what is there, and changes nothing."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import psycopg
import pytest
from pydantic import SecretStr

from bot.clock import Clock
from bot.doctor.examination import known_revisions, look_around, look_at_database
from bot.doctor.finding import Answer, Connected, Scene, Stored
from bot.doctor.machine import disk_kind, look_at_machine
from bot.doctor.telegram import ask_telegram, call, find_username
from bot.settings import load_settings
from tests.postgresql import Server

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOKEN = "123456789:AA-Example-Example-Example-Example"


class StillClock(Clock):
    """A clock that stands at noon."""

    def now(self) -> datetime:
        return NOW


DESKS = [("a", 1, 1), ("b", 1, 0), ("c", 0, 1)]
GROUPS = [(None, None, 0, 0, 0), ("x", 5, 1, 1, 0), ("x", None, 1, 1, 1)]


def scene(url: str) -> Scene:
    return Scene(load_settings(None).model_copy(update={"database": SecretStr(url)}), NOW)


def test_no_database_is_made_by_looking(tmp_path: Path) -> None:
    """Before the first start there is no database, and there is none after the look."""
    looked = look_at_database(scene(f"sqlite:///{tmp_path / 'antenna.db'}"))
    assert (looked.reachable, looked.revision) == (None, None)
    assert list(tmp_path.iterdir()) == []


def test_the_revision_of_a_database_is_read(tmp_path: Path) -> None:
    """The doctor reads which version wrote the database."""
    path = tmp_path / "antenna.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('9999')")
        connection.execute("CREATE TABLE setting (key TEXT, value TEXT)")
        rows = [("reports mixed", "then"), ("other", "a secret")]
        connection.executemany("INSERT INTO setting VALUES (?, ?)", rows)
        connection.execute("CREATE TABLE desk (key TEXT, active INTEGER, talks INTEGER)")
        connection.executemany("INSERT INTO desk VALUES (?, ?, ?)", DESKS)
        columns = ("office", "gone", "checked", "is_forum", "may_topics")
        connection.execute(f"CREATE TABLE staff_group ({', '.join(columns)})")
        connection.executemany("INSERT INTO staff_group VALUES (?, ?, ?, ?, ?)", GROUPS)
    connection.close()
    looked = look_at_database(scene(f"sqlite:///{path}"))
    assert looked.talking == 1
    assert looked.groups == (
        Connected(),
        Connected(shared=False, lost=True, shows=False),
        Connected(shared=False),
    )
    assert (looked.reachable, looked.revision) == (True, "9999")
    assert looked.remembered == {"reports mixed": "then"}
    assert "9999" not in known_revisions()


def test_a_file_that_is_no_database_cannot_be_opened(tmp_path: Path) -> None:
    """Garbage is told apart from an empty start."""
    path = tmp_path / "antenna.db"
    path.write_bytes(b"this is not a database" * 100)
    assert look_at_database(scene(f"sqlite:///{path}")).reachable is False


def test_postgresql_is_asked(server: Server) -> None:
    """Of PostgreSQL the doctor learns the revision and whether commits are durable."""
    name = server.create()
    address = server.url(name)
    url = address.replace("postgresql+psycopg://", "postgresql://")
    try:
        assert look_at_database(scene(url)) == Stored(True, None, known_revisions(), "on")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
            connection.execute("CREATE TABLE alembic_version (version_num text)")
            connection.execute("INSERT INTO alembic_version VALUES ('9999')")
            connection.execute("CREATE TABLE setting (key text, value text)")
            connection.execute(
                "INSERT INTO setting VALUES ('reports mixed', 'then'), ('other', 'x')"
            )
            connection.execute("CREATE TABLE desk (key text, active boolean, talks boolean)")
            connection.execute("INSERT INTO desk VALUES ('a', true, true), ('b', true, false)")
            connection.execute(
                "CREATE TABLE staff_group (office text, gone bigint, checked boolean, "
                "is_forum boolean, may_topics boolean)"
            )
            connection.execute("INSERT INTO staff_group VALUES ('x', 5, true, true, false)")
        kept, lost = {"reports mixed": "then"}, Connected(shared=False, lost=True, shows=False)
        found = Stored(True, "9999", known_revisions(), "off", kept, 0, (lost,), 1)
        assert look_at_database(scene(url)) == found
    finally:
        server.drop(name)


def test_a_database_server_that_is_not_there_is_told() -> None:
    """Nothing listens: the database cannot be reached, and no password is shown."""
    assert look_at_database(scene("postgresql://a:b@127.0.0.1:1/a")).reachable is False


def test_the_machine_is_looked_at(tmp_path: Path) -> None:
    """A folder that does not exist yet is judged by the disk it will be on."""
    found = look_at_machine(tmp_path / "not" / "yet")
    assert 0 < found.free_bytes <= found.total_bytes


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/srv/data/antenna", "nfs4"), ("/srv/database", "ext4"), ("/srv", "ext4")],
)
def test_the_disk_of_a_folder_is_the_nearest_mount(folder: str, kind: str, tmp_path: Path) -> None:
    """The deepest mount above the folder decides, and a name that only begins alike does not."""
    mounts = tmp_path / "mounts"
    mounts.write_text("/dev/sda / ext4 rw 0 0\nhost:/x /srv/data nfs4 rw 0 0\nbroken\n")
    assert disk_kind(Path(folder), mounts) == kind


def test_a_disk_nobody_names_is_unknown(tmp_path: Path) -> None:
    """Without a list of mounts, or without one above the folder, nothing is claimed."""
    (tmp_path / "mounts").write_text("")
    assert disk_kind(Path("/srv"), tmp_path / "mounts") == "unknown"
    assert disk_kind(Path("/srv"), tmp_path / "none") == "unknown"


def test_looking_around_keeps_names_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the environment only the names are kept for the misspelt ones, never the values."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ANTENNA_TELEGRAM_TOKN", TOKEN)
    found = look_around(load_settings(None), StillClock())
    assert "ANTENNA_TELEGRAM_TOKN" in found.names
    assert TOKEN not in repr(found)


class Telegram(BaseHTTPRequestHandler):
    """A Telegram that says what the test wants."""

    token_known = True
    webhook = ""
    broken = False

    def do_GET(self) -> None:
        if type(self).broken:
            body = b"<html>"
        elif self.path == f"/bot{TOKEN}/getMe" and type(self).token_known:
            body = json.dumps({"ok": True, "result": {"username": "antenna_bot"}}).encode()
        elif self.path == f"/bot{TOKEN}/getWebhookInfo":
            body = json.dumps({"ok": True, "result": {"url": type(self).webhook}}).encode()
        else:
            body = json.dumps({"ok": False, "error_code": 401}).encode()
        self.send_response_only(200 if b'"ok": true' in body else 401)
        self.send_header("Date", "Sun, 22 Nov 2026 11:58:00 GMT")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Nothing is written."""


@pytest.fixture
def telegram() -> Iterator[tuple[str, type[Telegram]]]:
    """The address of a Telegram of our own, and its levers."""
    levers = type("Levers", (Telegram,), {})
    server = HTTPServer(("127.0.0.1", 0), levers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", levers
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("levers", "expected"),
    [
        ({}, Answer(True, 120.0, None)),
        ({"webhook": "https://else.example"}, Answer(True, 120.0, "https://else.example")),
        ({"token_known": False}, Answer(False, 120.0, None)),
        ({"broken": True}, Answer()),
    ],
)
def test_telegram_is_asked(
    levers: dict[str, object], expected: Answer, telegram: tuple[str, type[Telegram]]
) -> None:
    """Token, webhook and the time there; where nothing sensible comes back, nothing is claimed."""
    api, server = telegram
    for lever, position in levers.items():
        setattr(server, lever, position)
    changes = {"telegram_api": api, "telegram_token": SecretStr(TOKEN)}
    settings = load_settings(None).model_copy(update=changes)
    assert ask_telegram(settings, StillClock()) == expected
    assert find_username(settings) == ("antenna_bot" if expected.token_accepted else None)


def test_no_token_and_no_way_claim_nothing() -> None:
    """Without a token nothing is asked; without a way nothing is known; no error leaves."""
    assert ask_telegram(load_settings(None), StillClock()) == Answer()
    assert call("http://127.0.0.1:1", SecretStr(TOKEN), "getMe") is None
    assert call("http://bad host", SecretStr(TOKEN), "getMe") is None
