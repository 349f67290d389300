"""A backup restores exactly, or is refused; the erased stay erased, and nothing is sent twice."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from storage.backup import back_up, read_backup
from storage.database import KEY_FILE, LEDGER_FILE, Database, default_url
from storage.erase import forget
from storage.errors import BackupError, VaultError
from storage.outbox import State, count_by_state, release_held
from storage.restore import restore
from storage.schema import metadata
from storage.unit import Unit
from storage.vault import Key, Vault
from storage.writer import Writer
from tests.postgresql import Server
from tests.storage.conftest import Place
from tests.storage.factories import CHAT, NOON, TODAY, do, message, send, someone


@dataclass(frozen=True)
class Elsewhere:
    """An empty place to restore into, which has the keys."""

    url: str
    data: Path

    def open(self) -> Database:
        """Open what was restored."""
        return Database.open(self.url, data=self.data)


@pytest.fixture
def elsewhere(
    request: pytest.FixtureRequest, engine: str, place: Place, tmp_path: Path
) -> Iterator[Elsewhere]:
    """Another machine, onto which somebody carried the keys folder."""
    data = tmp_path / "elsewhere"
    (data / KEY_FILE).parent.mkdir(mode=0o700, parents=True)
    shutil.copy2(place.data / KEY_FILE, data / KEY_FILE)
    if engine == "sqlite":
        yield Elsewhere(default_url(data), data)
        return
    server: Server = request.getfixturevalue("server")
    name = server.create()
    yield Elsewhere(server.url(name), data)
    server.drop(name)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the backup goes."""
    return tmp_path / "backups" / "antenna.backup"


def fill(writer: Writer) -> None:
    """Some of everything."""
    person = someone(writer)

    def job(unit: Unit) -> None:
        unit.save_conversation(person.id, {"words": "è così"}, living=4)
        unit.remember_message(person.id, 4, NOON, NOON, incoming=False)
        unit.mark_handled(1, TODAY)
        unit.quarantine(2, "message", NOON)
        unit.count_useful("card", "it", "2026-11", True)
        unit.set_setting("heartbeat", "now")
        unit.send(message("waits", person, not_before=NOON, wash_at=NOON))

    do(writer, job)


def rows(database: Database) -> dict[str, list[Any]]:
    """All rows of all tables, but for the state of the outbox."""
    with database.reading() as connection:
        return {
            table.name: sorted(
                connection.execute(select(*(c for c in table.c if c.name != "state"))).all()
            )
            if table.name == "outbox"
            else sorted(connection.execute(select(table)).all(), key=str)
            for table in metadata.sorted_tables
        }


def test_a_restored_database_is_the_one_that_was_backed_up(
    writer: Writer, database: Database, elsewhere: Elsewhere, file: Path
) -> None:
    """Every row comes back as it was, and the manifest counted them."""
    fill(writer)
    before = rows(database)
    manifest = back_up(database, file, NOON)
    counts = {name: len(found) for name, found in before.items()}
    assert {**manifest.counts, "draft": 0} == counts
    restored = restore(file, elsewhere.url, elsewhere.data)
    assert (restored.manifest, restored.erased, restored.held) == (manifest, 0, 1)
    copy = elsewhere.open()
    before["setting"].append(("notices restored", "yes"))  # what was due meanwhile may be told
    assert rows(copy) == before
    copy.close()


def test_nothing_of_a_restored_outbox_is_sent_until_confirmed(
    writer: Writer, database: Database, elsewhere: Elsewhere, file: Path
) -> None:
    """Waiting rows come back held, interrupted ones unknown; confirmed ones go, and can be read."""
    waiting = send(writer, message("waits"))
    sending = send(writer, message("under way"))
    do(writer, lambda unit: unit.mark_sending(sending))
    back_up(database, file, NOON)
    restore(file, elsewhere.url, elsewhere.data)
    copy = elsewhere.open()
    other = Writer(copy)
    assert do(other, lambda unit: unit.pending_rows(9)) == []
    assert do(other, lambda unit: count_by_state(unit.reading())) == {
        State.HELD: 1,
        State.UNKNOWN: 1,
    }
    assert do(other, lambda unit: release_held(unit.direct(), send=True)) == 1
    assert do(other, lambda unit: unit.pending_rows(9)) == [waiting]
    other.close()
    copy.close()


def test_held_rows_can_be_dropped(
    writer: Writer, database: Database, elsewhere: Elsewhere, file: Path
) -> None:
    """Who restores can decide that nothing old is sent at all."""
    send(writer, message("waits"))
    back_up(database, file, NOON)
    restore(file, elsewhere.url, elsewhere.data)
    copy = elsewhere.open()
    other = Writer(copy)
    assert do(other, lambda unit: release_held(unit.direct(), send=False)) == 1
    assert do(other, lambda unit: count_by_state(unit.reading())) == {}
    other.close()
    copy.close()


def test_no_outbox_id_is_used_again_after_a_restore(
    writer: Writer, database: Database, elsewhere: Elsewhere, file: Path
) -> None:
    """The restored copy goes on counting behind the last id ever used, even of rows long gone."""
    last = [send(writer, message("x")) for _ in range(3)][-1]
    for row in do(writer, lambda unit: unit.pending_rows(9)):
        do(writer, lambda unit, row=row: unit.mark_failed(row, NOON))
    back_up(database, file, NOON)
    restore(file, elsewhere.url, elsewhere.data)
    copy = elsewhere.open()
    other = Writer(copy)
    assert send(other, message("y")).id > last.id
    other.close()
    copy.close()


def test_who_was_erased_after_the_backup_stays_erased(
    writer: Writer, database: Database, elsewhere: Elsewhere, file: Path
) -> None:
    """With the ledger in place nobody who asked to be forgotten comes back, others do."""
    gone, stays = someone(writer, chat=1), someone(writer, chat=2)
    send(writer, message("x", gone))
    back_up(database, file, NOON)
    do(writer, lambda unit: forget(unit, gone.id, NOON))
    shutil.copy2(database.data / LEDGER_FILE, elsewhere.data / LEDGER_FILE)
    restored = restore(file, elsewhere.url, elsewhere.data)
    assert (restored.erased, restored.held, restored.ledger_missing) == (1, 0, False)
    copy = elsewhere.open()
    other = Writer(copy)
    assert do(other, lambda unit: (unit.person(1), unit.person(2))) == (None, stays)
    other.close()
    copy.close()


def test_who_came_back_before_the_backup_is_not_erased_again(
    writer: Writer, database: Database, elsewhere: Elsewhere, file: Path
) -> None:
    """An erasure that the backup already knows does not touch the person who came back."""
    first = someone(writer)
    do(writer, lambda unit: forget(unit, first.id, NOON))
    second = someone(writer)
    back_up(database, file, NOON)
    shutil.copy2(database.data / LEDGER_FILE, elsewhere.data / LEDGER_FILE)
    assert restore(file, elsewhere.url, elsewhere.data).erased == 0
    copy = elsewhere.open()
    other = Writer(copy)
    assert do(other, lambda unit: unit.person(CHAT)) == second
    other.close()
    copy.close()


def test_a_missing_ledger_is_told(
    writer: Writer, database: Database, elsewhere: Elsewhere, file: Path
) -> None:
    """Where the ledger is not there although people were erased, the restore says so."""
    known = someone(writer)
    do(writer, lambda unit: forget(unit, known.id, NOON))
    back_up(database, file, NOON)
    assert restore(file, elsewhere.url, elsewhere.data).ledger_missing is True


def test_a_backup_under_writing_load_is_one_moment(
    writer: Writer, database: Database, elsewhere: Elsewhere, file: Path
) -> None:
    """While people keep coming, a backup holds whole transactions only."""
    stop, errors = threading.Event(), list[BaseException]()

    def pair(unit: Unit, n: int) -> None:
        unit.create_person(2 * n, "it", TODAY)
        unit.create_person(2 * n + 1, "it", TODAY)

    def load() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            error = writer.submit(lambda unit, n=n: pair(unit, n)).exception(60)
            if error:
                errors.append(error)

    thread = threading.Thread(target=load)
    thread.start()
    counts = []
    while len(counts) < 5 or counts[-1] < 20:
        counts.append(back_up(database, file, NOON).counts["person"])
    stop.set()
    thread.join()
    restore(file, elsewhere.url, elsewhere.data)
    copy = elsewhere.open()
    found = len(rows(copy)["person"])
    if copy.file is not None:
        with copy.reading() as connection:
            assert connection.execute(text("PRAGMA integrity_check")).scalar() == "ok"
    copy.close()
    assert (errors, [count % 2 for count in counts], found) == ([], [0] * len(counts), counts[-1])


def test_a_database_in_use_is_not_restored_into(
    writer: Writer, database: Database, place: Place, file: Path
) -> None:
    """Where there is a database already, the restore refuses and everything stays."""
    person = someone(writer)
    back_up(database, file, NOON)
    with pytest.raises(BackupError, match="already exists"):
        restore(file, place.url, place.data)
    assert do(writer, lambda unit: unit.person(CHAT)) == person


def test_progress_is_told_to_the_end(
    writer: Writer, database: Database, elsewhere: Elsewhere, file: Path
) -> None:
    """Backup and restore say how far they are, beginning at nothing and ending at all."""
    for chat in range(3):
        someone(writer, chat=chat)
    steps: list[tuple[int, int]] = []
    total = sum(back_up(database, file, NOON, lambda *step: steps.append(step)).counts.values())
    assert (steps[0], steps[-1]) == ((0, total), (total, total))
    steps.clear()
    restore(file, elsewhere.url, elsewhere.data, lambda *step: steps.append(step))
    assert (steps[0], steps[-1]) == ((0, total), (total, total))


class TestFile:
    """The file itself; one engine is enough."""

    @pytest.fixture
    def engine(self) -> str:
        """Only SQLite."""
        return "sqlite"

    @pytest.fixture
    def made(self, writer: Writer, database: Database, file: Path) -> Path:
        """A backup of some of everything, of several pieces."""
        for chat in range(20):
            someone(writer, chat=chat)
        back_up(database, file, NOON)
        return file

    def test_a_backup_holds_no_secret(
        self, writer: Writer, database: Database, file: Path, place: Place
    ) -> None:
        """Neither keys nor words, desks or look-ups can be read in the file; only its owner can."""
        person = someone(writer)
        do(writer, lambda unit: unit.set_setting("canary", "canary-in-a-setting"))
        do(writer, lambda unit: unit.save_conversation(person.id, {"w": "canary-in-a-state"}))
        back_up(database, file, NOON)
        content = file.read_bytes()
        key = (place.data / KEY_FILE).read_bytes()
        secrets = (b"canary", b"person", database.vault.lookup(CHAT), key, key.hex().encode())
        assert [secret for secret in secrets if secret in content] == []
        assert file.stat().st_mode & 0o777 == 0o600
        assert [one.name for one in file.parent.iterdir()] == [file.name]

    def test_a_whole_backup_is_read(self, made: Path, database: Database) -> None:
        """Checking a good backup tells what is in it."""
        assert read_backup(made, database.vault).counts["person"] == 20

    @pytest.mark.parametrize(
        "damage",
        [
            lambda content: content[:-1],
            lambda content: content[: len(content) // 2],
            lambda content: content[:40],
            lambda content: content[:5],
            lambda content: b"",
            lambda content: content + b"x",
            lambda content: b"antenna backup 9\n" + content[17:],
            lambda content: content[:60] + bytes([content[60] ^ 1]) + content[61:],
        ],
        ids=["cut", "half", "head", "name", "nothing", "more", "other", "flag"],
    )
    def test_a_damaged_backup_is_refused(
        self,
        made: Path,
        elsewhere: Elsewhere,
        damage: Callable[[bytes], bytes],
    ) -> None:
        """Cut off, lengthened or changed, a backup is refused before anything is restored."""
        made.write_bytes(damage(made.read_bytes()))
        with pytest.raises(BackupError, match="Nothing was restored"):
            restore(made, elsewhere.url, elsewhere.data)
        assert not (elsewhere.data / "antenna.db").exists()

    def test_every_turned_bit_is_noticed(self, made: Path, database: Database) -> None:
        """Whichever byte is changed, reading the backup fails."""
        content = made.read_bytes()
        survived = []
        places = [*range(100), *range(100, len(content), 23), *_heads(content)]
        for where in places:
            made.write_bytes(
                content[:where] + bytes([content[where] ^ 0x10]) + content[where + 1 :]
            )
            try:
                read_backup(made, database.vault)
                survived.append(where)
            except BackupError:
                pass
        assert survived == []

    def test_a_backup_of_another_key_is_refused(self, made: Path) -> None:
        """With another key the error says that the key is the matter."""
        with pytest.raises(BackupError, match="another key"):
            read_backup(made, Vault(Key(bytes(32))))

    def test_a_restore_without_key_is_refused(self, made: Path, tmp_path: Path) -> None:
        """Where no key file is, none is made."""
        place = tmp_path / "nowhere"
        with pytest.raises(VaultError, match="is missing"):
            restore(made, default_url(place), place)
        assert not place.exists()

    def test_a_missing_backup_is_said(self, tmp_path: Path, database: Database) -> None:
        """A name that is no file is an error with that name."""
        with pytest.raises(BackupError, match=r"none\.backup"):
            read_backup(tmp_path / "none.backup", database.vault)

    def test_a_backup_that_cannot_be_written_leaves_the_last_one(
        self, made: Path, database: Database, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """On a full disk there is an error, no half file, and the backup from before."""
        before = made.read_bytes()

        def no_room(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("storage.backup.os.fsync", no_room)
        with pytest.raises(BackupError, match="No space left"):
            back_up(database, made, NOON)
        assert (made.read_bytes(), len(list(made.parent.iterdir()))) == (before, 1)


def _heads(content: bytes) -> list[int]:
    """Where the lengths and flags between the pieces are."""
    places, at = list[int](), 17 + 16 + 16
    while at < len(content):
        places += range(at, at + 5)
        at += 5 + int.from_bytes(content[at : at + 4], "big")
    return places
