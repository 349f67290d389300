"""What is erased is gone: from the tables, from every byte of the files, from later copies."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text

from storage.ballast import Ballast
from storage.database import Database
from storage.erase import forget, purge, retain
from storage.ledger import Erasure, Ledger
from storage.outbox import State, count_by_state
from storage.schema import chat_message, conversation, handled, outbox, person, quarantine
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.factories import CHAT, NOON, TODAY, do, message, send, someone

DAY = timedelta(days=1)


def test_forgetting_is_written_down_beside_the_keys(writer: Writer, database: Database) -> None:
    """Whoever is forgotten is in the ledger by look-up, once, and was kept before."""
    known = someone(writer)
    assert do(writer, lambda unit: forget(unit, known.id, NOON)) is True
    assert do(writer, lambda unit: forget(unit, known.id, NOON)) is False
    assert database.ledger.all() == [Erasure(1, TODAY, database.vault.lookup(CHAT))]


def test_people_go_after_so_many_idle_days(writer: Writer, database: Database) -> None:
    """Retention deletes whoever was last seen before the limit, and nobody seen on it."""
    for chat, days in ((1, 31), (2, 30), (3, 0)):
        known = someone(writer, chat=chat)
        seen = TODAY - days * DAY
        do(writer, lambda unit, known=known, seen=seen: unit.mark_seen(known.id, seen))
    assert do(writer, lambda unit: retain(unit, NOON, 30)) == 1
    left = [chat for chat in (1, 2, 3) if do(writer, lambda unit, c=chat: unit.person(c))]
    assert left == [2, 3]
    assert len(database.ledger.all()) == 1


def test_old_traces_go(writer: Writer) -> None:
    """Handled updates, messages, quarantine and unknown fates go when their time is over."""
    known = someone(writer)
    row = send(writer, message("x"))

    def job(unit: Unit) -> None:
        unit.mark_unknown(row, NOON)
        for age in range(5):
            unit.mark_handled(100 + age, TODAY - age * DAY)
            unit.remember_message(known.id, 200 + age, NOON - age * DAY, incoming=True)
        unit.quarantine(1, "message", NOON - 31 * DAY)
        unit.quarantine(2, "message", NOON)

    do(writer, job)
    do(writer, lambda unit: retain(unit, NOON, 365))

    def look(unit: Unit) -> list[object]:
        connection = unit.direct()
        columns = (handled.c.update_id, chat_message.c.message_id, quarantine.c.update_id)
        found = [sorted(connection.execute(select(column)).scalars()) for column in columns]
        return [*found, count_by_state(connection)]

    assert do(writer, look) == [[2, 100, 101, 102], [200, 201, 202], [2], {}]


def test_purging_says_that_it_is_clean(writer: Writer, database: Database) -> None:
    """Where nobody reads, one purge is enough on either engine, and the bot goes on."""
    _seed(writer, 20)
    _forget_all(writer)
    assert purge(database, tries=1) is True
    assert len(_seed(writer, 1)) == 5


class TestBytes:
    """X10: what was deleted cannot be found in the files."""

    @pytest.fixture
    def engine(self) -> str:
        """Only SQLite."""
        return "sqlite"

    def test_no_byte_of_a_thousand_people_is_left(self, writer: Writer, database: Database) -> None:
        """Of 1,000 people forgotten, none of what was stored is in the file or its log."""
        secrets = _seed(writer, 1000)
        assert len(_found(database, secrets)) == len(secrets) == 5000
        _forget_all(writer)
        assert purge(database) is True
        assert _found(database, secrets) == []

    def test_a_reader_in_the_way_is_noticed_and_outlived(
        self, writer: Writer, database: Database
    ) -> None:
        """While a reader holds the old rows the purge says no; after it they are gone."""
        secrets = _seed(writer, 200)
        with database.reading() as connection:
            connection.execute(text("SELECT count(*) FROM person"))
            _forget_all(writer)
            assert purge(database, tries=2, pause_seconds=0) is False
            assert len(_found(database, secrets)) > 0
        assert purge(database) is True
        assert _found(database, secrets) == []

    def test_a_message_that_was_sent_leaves_no_byte(
        self, writer: Writer, database: Database
    ) -> None:
        """Bodies of sent rows and states that were replaced are gone as well."""
        known = someone(writer)
        row = send(writer, message("x" * 3000, known))
        secrets = _column(database, outbox.c.body) + _column(database, conversation.c.state)
        do(writer, lambda unit: unit.mark_sent(row, 5, NOON))
        do(writer, lambda unit: unit.save_conversation(known.id, {"at": "elsewhere"}))
        assert purge(database) is True
        assert _found(database, secrets) == []


def _seed(writer: Writer, count: int) -> list[bytes]:
    """People with all that can be kept about them; the bytes that stand for it in the file."""

    def job(unit: Unit, chat: int) -> None:
        known = unit.create_person(chat, "it", TODAY, desk=f"desk-of-{chat:06}")
        unit.save_conversation(known.id, {"log": [f"what {chat} said"] * (chat % 40 * 3)})
        unit.send(message(f"for {chat}" * (chat % 40 + 1), known, chat=chat))

    futures = [writer.submit(lambda unit, n=n: job(unit, n)) for n in range(count)]
    for future in futures:
        future.result(60)

    def read(unit: Unit) -> list[bytes]:
        connection = unit.direct()
        columns = (person.c.lookup, person.c.chat, conversation.c.state, outbox.c.body)
        found = [one for c in columns for one in connection.execute(select(c)).scalars()]
        return found + [f"desk-of-{n:06}".encode() for n in range(count)]

    secrets: list[bytes] = do(writer, read)
    return secrets


def _forget_all(writer: Writer) -> None:
    ids = do(writer, lambda unit: unit.direct().execute(select(person.c.id)).scalars().all())
    for first in range(0, len(ids), 50):
        some = ids[first : first + 50]
        do(writer, lambda unit, some=some: [unit.delete_person(id_) for id_ in some])


def _column(database: Database, column: object) -> list[bytes]:
    with database.reading() as connection:
        return list(connection.execute(select(column)).scalars())  # type: ignore[call-overload]


def _found(database: Database, secrets: list[bytes]) -> list[bytes]:
    """Which of these bytes are in the database's files, by their beginning or their end."""
    assert database.file is not None
    # Pages that were overwritten are zeros: leaving them out makes the search ten times shorter.
    files = b"".join(
        one.read_bytes() for one in sorted(database.file.parent.glob(f"{database.file.name}*"))
    ).replace(bytes(64), b"")
    return [one for one in secrets if one[:40] in files or one[-40:] in files]


class TestLedger:
    """The file of erasures survives crashes and forgets in its turn."""

    def test_erasures_are_numbered_and_kept(self, tmp_path: Path) -> None:
        """Each erasure has the next number, also for another that reads the same file."""
        path = tmp_path / "keys" / "erased.ledger"
        Ledger(path).add(b"one", TODAY)
        Ledger(path).add(b"two", TODAY)
        assert Ledger(path).all() == [Erasure(1, TODAY, b"one"), Erasure(2, TODAY, b"two")]
        assert (path.stat().st_mode & 0o777, Ledger(path).last()) == (0o600, 2)

    def test_a_line_cut_off_by_a_crash_spoils_only_itself(self, tmp_path: Path) -> None:
        """After half a line the next erasure is whole and numbered."""
        ledger = Ledger(tmp_path / "erased.ledger")
        ledger.add(b"one", TODAY)
        with (tmp_path / "erased.ledger").open("ab") as file:
            file.write(b"2 2026-1")
        ledger.add(b"two", TODAY)
        assert [one.lookup for one in ledger.all()] == [b"one", b"two"]

    def test_old_erasures_go_and_numbers_go_on(self, tmp_path: Path) -> None:
        """Pruning drops what is older than any backup, never the last number."""
        ledger = Ledger(tmp_path / "erased.ledger")
        for day in (1, 2, 3):
            ledger.add(bytes([day]), date(2026, 1, day))
        assert ledger.prune(date(2026, 1, 2)) == 1
        assert ledger.prune(date(2027, 1, 1)) == 1
        assert ledger.prune(date(2027, 1, 1)) == 0
        ledger.add(b"four", TODAY)
        assert [one.serial for one in ledger.all()] == [3, 4]

    def test_an_empty_ledger_is_no_error(self, tmp_path: Path) -> None:
        """Where nobody was ever erased, there is nothing to read or prune."""
        ledger = Ledger(tmp_path / "erased.ledger")
        assert (ledger.all(), ledger.last(), ledger.prune(TODAY)) == ([], 0, 0)


class TestBallast:
    """The room kept for erasing."""

    def test_ballast_is_room_that_can_be_given_up_once(self, tmp_path: Path) -> None:
        """It takes its full size on the disk, can be kept again, and is given up once."""
        ballast = Ballast(tmp_path / "ballast", size_bytes=1 << 16)
        assert (ballast.keep(), ballast.keep()) == (True, True)
        assert (tmp_path / "ballast").stat().st_blocks * 512 >= 1 << 16
        assert (ballast.spend(), ballast.spend()) == (True, False)

    def test_without_room_there_is_no_ballast(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where the disk has no room, no half ballast is left."""

        def no_room(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("storage.ballast.os.posix_fallocate", no_room)
        assert Ballast(tmp_path / "ballast").keep() is False
        assert not (tmp_path / "ballast").exists()


def test_unknown_fates_are_counted_until_they_go(writer: Writer) -> None:
    """The operators can see how many messages have an unknown fate."""
    row = send(writer, message("x"))
    do(writer, lambda unit: unit.mark_unknown(row, NOON))
    states = do(writer, lambda unit: count_by_state(unit.reading()))
    assert states == {State.UNKNOWN: 1}
