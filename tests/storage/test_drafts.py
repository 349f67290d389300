"""Drafts and secret rows: sealed under keys that die, found by nobody without them."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.backup import back_up
from storage.database import Database
from storage.drafts import SIZE, Draft, find_due, sweep, written
from storage.errors import VaultError
from storage.outbox import Outgoing
from storage.vault import MEMORY, Fleeting, fleeting_folder
from storage.vault.fleeting import is_memory
from storage.writer import Writer

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
CHAT = 700_001
STORY = "the boss keeps my passport"


def keys(folder: Path | None = None, now: datetime = NOW) -> Fleeting:
    """Fleeting keys of an hour."""
    found = Fleeting(folder)
    found.turn(now)
    return found


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder of this test in memory."""
    folder = MEMORY / f"antenna-test-{os.getpid()}-{os.urandom(4).hex()}"
    folder.mkdir(mode=0o700)
    yield folder
    for file in sorted(folder.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    folder.rmdir()


def test_what_is_sealed_opens_for_a_day_and_then_never() -> None:
    """Twenty-four keys are kept, one an hour."""
    fleeting = keys()
    sealed = fleeting.seal(b"story", b"a")
    opened = []
    for hours in (0, 23, 24):
        fleeting.turn(NOW + hours * HOUR)
        opened.append((fleeting.open(sealed, b"a"), fleeting.holds(sealed)))
    assert opened == [(b"story", True), (b"story", True), (None, False)]


def test_what_belongs_elsewhere_does_not_open() -> None:
    """A row moved to another place, or changed, or cut short, opens as nothing."""
    fleeting = keys()
    sealed = fleeting.seal(b"story", b"a")
    turned = sealed[:-1] + bytes([sealed[-1] ^ 1])
    assert [fleeting.open(one, b"b") for one in (sealed, turned, sealed[:9], b"")] == [None] * 4


def test_nothing_is_sealed_before_there_is_a_key() -> None:
    """A key is made when the hour is told."""
    with pytest.raises(VaultError, match="No key of this hour"):
        Fleeting().seal(b"story", b"a")


def test_a_restart_finds_the_keys_in_memory(memory: Path) -> None:
    """What was sealed before a crash opens after it; the folder and the file are the owner's."""
    folder = fleeting_folder(memory, "f" * 32)
    first = keys(folder)
    sealed = first.seal(b"story", b"a")
    again = Fleeting(folder)
    assert (first.survives, again.open(sealed, b"a")) == (True, b"story")
    assert (again.mark, again.lookup(7)) == (first.mark, first.lookup(7))
    modes = [stat.S_IMODE(one.stat().st_mode) for one in (folder, folder / "fleeting")]
    assert modes == [0o700, 0o600]


def test_old_keys_leave_the_file_too(memory: Path) -> None:
    """After a day nothing on this machine holds the key of an hour."""
    folder = fleeting_folder(memory, "f" * 32)
    fleeting = keys(folder)
    sealed = fleeting.seal(b"story", b"a")
    fleeting.turn(NOW + 24 * HOUR)
    assert Fleeting(folder).open(sealed, b"a") is None
    assert (folder / "fleeting").stat().st_size == 32 + 36


def test_a_damaged_file_is_no_keys(memory: Path) -> None:
    """Keys that cannot be read are gone: new ones are made, and they have another mark."""
    folder = fleeting_folder(memory, "f" * 32)
    first = keys(folder)
    (folder / "fleeting").write_bytes(b"short")
    again = keys(folder)
    assert again.mark != first.mark
    assert again.open(first.seal(b"story", b"a"), b"a") is None


def test_keys_are_never_written_to_a_disk(tmp_path: Path, memory: Path) -> None:
    """Where the folder is a disk, or others can look into it, they live in the process only."""
    open_to_all = memory / "open"
    open_to_all.mkdir(mode=0o755)
    assert (is_memory(memory), is_memory(tmp_path)) == (True, False)
    for folder in (tmp_path / "keys", open_to_all, memory / "absent" / "keys"):
        fleeting = keys(folder)
        assert (fleeting.survives, fleeting.open(fleeting.seal(b"x", b""), b"")) == (False, b"x")
    assert list(tmp_path.iterdir()) == []


def test_keys_print_as_nothing() -> None:
    """No log can show them."""
    assert repr(Fleeting()) == "Fleeting(…)"


class TestStored:
    """Drafts in the database."""

    def test_a_draft_comes_back_and_goes(self, database: Database, writer: Writer) -> None:
        """It is kept and let go in the transaction of its turn."""
        database.fleeting.turn(NOW)
        draft = Draft({"s": [STORY]}, {"~a": 5_000}, NOW)
        person = writer.submit(lambda unit: unit.create_person(CHAT, "it", NOW.date())).result()

        def found() -> Draft | None:
            return writer.submit(lambda unit: unit.draft(person.id), chat=CHAT).result()

        writer.submit(lambda unit: unit.save_draft(person.id, draft), chat=CHAT).result()
        kept = found()
        writer.submit(lambda unit: unit.save_draft(person.id, None), chat=CHAT).result()
        assert (kept, found(), _rows(database)) == (draft, None, 0)

    def test_a_draft_of_an_undone_turn_never_was(self, database: Database, writer: Writer) -> None:
        """What is taken back leaves the draft of before."""
        database.fleeting.turn(NOW)

        def job(unit):
            person = unit.create_person(CHAT, "it", NOW.date())
            unit.save_draft(person.id, Draft({"a": 1}, {}))
            unit.undo()
            return unit.draft(person.id)

        assert (writer.submit(job, chat=CHAT).result(), _rows(database)) == (None, 0)

    def test_a_draft_goes_with_its_person(self, database: Database, writer: Writer) -> None:
        """Forget me leaves no draft behind."""
        database.fleeting.turn(NOW)

        def begin(unit):
            person = unit.create_person(CHAT, "it", NOW.date())
            unit.save_draft(person.id, Draft({}, {}))
            return person.id

        person_id = writer.submit(begin, chat=CHAT).result()
        before = _rows(database)
        writer.submit(lambda unit: unit.delete_person(person_id), chat=CHAT).result()
        assert (before, _rows(database)) == (1, 0)

    def test_drafts_that_end_now_are_found_and_dead_ones_swept(
        self, database: Database, writer: Writer
    ) -> None:
        """The earliest end counts; what no key opens any more is deleted."""
        fleeting = database.fleeting
        fleeting.turn(NOW)
        end = int(NOW.timestamp() * 1000)
        drafts = {1: Draft({}, {"a": end + 1, "b": end}), 2: Draft({}, {"a": end + 1}, NOW + HOUR)}

        def save(unit):
            for person_id, draft in drafts.items():
                unit.save_draft(person_id, draft)

        writer.submit(save).result()
        with database.reading() as connection:
            assert find_due(connection, fleeting, NOW) == [1]
            assert sorted(find_due(connection, fleeting, NOW + HOUR)) == [1, 2]
        fleeting.turn(NOW + 25 * HOUR)
        assert writer.submit(lambda unit: sweep(unit.direct(), fleeting)).result() == 2

    def test_drafts_have_few_sizes_and_nobodys_name(
        self, database: Database, writer: Writer
    ) -> None:
        """A kilobyte, or two: a row says neither how much was told nor by whom."""
        database.fleeting.turn(NOW)

        def save(unit):
            for person_id, length in ((1, 1), (2, 700), (3, 1500)):
                unit.save_draft(person_id, Draft({"s": "x" * length}, {}))

        writer.submit(save).result()
        with database.reading() as connection:
            sizes = connection.execute(text("SELECT length(body) FROM draft")).scalars().all()
            columns = connection.execute(text("SELECT * FROM draft")).keys()
        assert sorted({size // SIZE for size in sizes}) == [1, 2]
        assert len(set(sizes)) == 2
        assert list(columns) == ["lookup", "body"]
        assert len(written(1, Draft({}, {}))) == SIZE


class TestSecretRows:
    """What waits to be sent and is secret."""

    def test_a_secret_row_opens_while_its_key_lives(
        self, database: Database, writer: Writer
    ) -> None:
        """It is sent like another; without its key it is dropped and holds up nothing."""
        database.fleeting.turn(NOW)

        def send(unit):
            unit.send(Outgoing("sendMessage", {"chat_id": 1, "text": STORY}, secret=True))
            unit.send(Outgoing("sendMessage", {"chat_id": 2, "text": "hello"}))

        def pending(unit):
            return [row.params["text"] for row in unit.pending_rows(10)]

        writer.submit(send).result()
        first = writer.submit(pending).result()
        database.fleeting.turn(NOW + 25 * HOUR)
        assert (first, writer.submit(pending).result()) == ([STORY, "hello"], ["hello"])

    def test_the_key_of_the_house_opens_neither(self, database: Database, writer: Writer) -> None:
        """With the vault alone a secret row is noise."""
        database.fleeting.turn(NOW)
        row = writer.submit(
            lambda unit: unit.send(Outgoing("sendMessage", {"text": STORY}, secret=True))
        ).result()
        with database.reading() as connection:
            body = connection.execute(text("SELECT body FROM outbox")).scalar()
        with pytest.raises(VaultError):
            database.vault.open_outgoing(bytes(body), row.id)

    def test_a_backup_holds_neither_drafts_nor_secret_rows(
        self, database: Database, writer: Writer, tmp_path: Path
    ) -> None:
        """What dies in a day has no business in a copy that is kept for a month."""
        database.fleeting.turn(NOW)

        def fill(unit):
            unit.save_draft(1, Draft({"s": STORY}, {}))
            unit.send(Outgoing("sendMessage", {"chat_id": 1, "text": STORY}, secret=True))
            unit.send(Outgoing("sendMessage", {"chat_id": 2, "text": "hello"}))

        writer.submit(fill).result()
        manifest = back_up(database, tmp_path / "copy.backup", NOW)
        assert ("draft" in manifest.counts, manifest.counts["outbox"]) == (False, 1)


def _rows(database: Database) -> int:
    with database.reading() as connection:
        return int(connection.execute(text("SELECT count(*) FROM draft")).scalar() or 0)
