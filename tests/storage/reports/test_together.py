"""Many threads and two processes at once, and a full disk: nothing is lost, doubled or stuck."""

from __future__ import annotations

import errno
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from flows.report_model import Level, Status, Words
from storage.errors import BusyError
from storage.reports import Reader, Reports
from storage.reports.database import BALLAST_BYTES
from tests.storage.reports.conftest import Place
from tests.storage.reports.makers import (
    ANNA,
    BRUNO,
    CARLA,
    EVERYBODY,
    NOON,
    a_box,
    a_code,
    a_photo,
    a_report,
    kept,
    sent,
)


def test_the_same_report_from_many_threads_is_one(reports: Reports) -> None:
    """Whoever repeats an update while the first is under way gets the same number."""
    made = a_report()
    with ThreadPoolExecutor(8) as pool:
        numbers = set(pool.map(lambda _: reports.submit(made, EVERYBODY, NOON), range(16)))
    assert len(numbers) == 1
    assert (reports.count(), reports.tally("2026-11")) == (1, {(Level.SERIOUS, "sent"): 1})


def test_two_processes_share_one_database(place: Place) -> None:
    """What one keeps the other reads, repeats and withdraws; the same box stays one report."""
    first, second = place.open(), place.open()
    made = a_report()
    with ThreadPoolExecutor(8) as pool:
        numbers = set(
            pool.map(lambda n: (first, second)[n % 2].submit(made, EVERYBODY, NOON), range(16))
        )
    assert len(numbers) == 1
    code = a_code(first, made)
    assert second.open_by_code(code, NOON) is not None
    assert second.withdraw(made.box, NOON) is True
    assert first.read(ANNA, made.box.id) is None
    first.close(NOON)
    second.close(NOON)


def test_words_of_many_keep_their_number(reports: Reports) -> None:
    """Written by threads at once, all of them are there, each at a place of its own."""
    made = sent(reports)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda n: reports.note(ANNA, made.box.id, str(n), NOON), range(12)))
        list(
            pool.map(lambda n: reports.reply(BRUNO, made.box.id, Words(True, str(n)), NOON), "abcd")
        )
    found = reports.read(ANNA, made.box.id)
    assert found is not None
    assert sorted(note.text for note in found.notes) == sorted(str(n) for n in range(12))
    assert sorted(one.text for one in found.words) == ["a", "b", "c", "d"]


def test_reading_and_mixing_go_on_beside_each_other(reports: Reports) -> None:
    """While tables are written anew again and again, nobody misses a report or fails."""
    made = [sent(reports) for _ in range(5)]

    def look(n: int) -> int:
        return len(reports.queue(ANNA))

    def more(n: int) -> bool:
        return reports.add(made[n % 5].box, f"words {n}", (), NOON)

    with ThreadPoolExecutor(6) as pool:
        mixed = [pool.submit(reports.shuffle) for _ in range(6)]
        seen = list(pool.map(look, range(20)))
        added = list(pool.map(more, range(20)))
        done = [one.result() for one in mixed]
    assert (set(seen), all(added), any(done)) == ({5}, True, True)
    words = [len(found.words) for one in made if (found := reports.read(ANNA, one.box.id))]
    assert words == [4] * 5


def test_those_who_wait_are_committed_together(place: Place) -> None:
    """Twenty reports at once take one commit or two; one job that fails spoils no other."""
    commits: list[str] = []
    reports = place.open(at=lambda point: commits.append(point) if point == "K4" else None)
    made = sent(reports)
    commits.clear()
    stranger = Reader(ANNA.operator_id, CARLA.key)

    def work(n: int) -> str:
        if n == 7:
            with pytest.raises(LookupError):
                reports.reply(stranger, made.box.id, Words(True, "x"), NOON)
            return "refused"
        return reports.submit(a_report(), EVERYBODY, NOON)

    with ThreadPoolExecutor(20) as pool:
        with reports._one:
            under_way = [pool.submit(work, n) for n in range(20)]
            while len(reports._waiting) < 20:
                threading.Event().wait(0.01)
        numbers = {one.result() for one in under_way}
    assert len(numbers) == 20
    assert (reports.count(), len(commits)) == (20, 1)
    reports.close(NOON)


def test_where_a_common_commit_fails_each_is_tried_alone(
    reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The database refuses several at once: none of them is lost."""
    real = reports._transact

    def alone(jobs: Any) -> None:
        if len(jobs) > 1:
            refusing()
        real(jobs)

    monkeypatch.setattr(reports, "_transact", alone)
    with ThreadPoolExecutor(5) as pool:
        with reports._one:
            under_way = [pool.submit(sent, reports) for _ in range(5)]
            while len(reports._waiting) < 5:
                threading.Event().wait(0.01)
        assert len({one.result().box.id for one in under_way}) == 5
    assert reports.count() == 5


class TestFullDisk:
    """No room: what was not kept is said, and whoever must go still can."""

    @pytest.fixture
    def engine(self) -> str:
        """Only SQLite has its file on this disk."""
        return "sqlite"

    @pytest.fixture
    def full(self, reports: Reports) -> Reports:
        """A database that may not grow by a page."""
        sent(reports)
        return reports

    def test_a_report_that_finds_no_room_is_not_kept(
        self, full: Reports, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The caller is told, nothing of it is there, and later it is taken."""
        made = a_report(story="x" * 10)
        real, patience = full.database.writing, full._patience
        monkeypatch.setattr(patience, "wait", lambda _: None)
        monkeypatch.setattr(full.database, "writing", refusing)
        with pytest.raises(BusyError, match="full"):
            full.submit(made, EVERYBODY, NOON)
        monkeypatch.setattr(full.database, "writing", real)
        assert full.count() == 1
        assert full.submit(made, EVERYBODY, NOON) != ""

    def test_a_withdrawal_gets_the_room_that_is_kept_for_it(
        self, full: Reports, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The ballast is given up, the report goes, and the next night sets room aside again."""
        full.start(NOON)
        made = sent(full)
        ballast = place.data / "reports.ballast"
        assert ballast.stat().st_size == BALLAST_BYTES
        real = full.database.writing

        def while_ballast() -> Any:
            return refusing() if ballast.exists() else real()

        monkeypatch.setattr(full.database, "writing", while_ballast)
        assert full.withdraw(made.box, NOON) is True
        assert not ballast.exists()
        assert full.read(ANNA, made.box.id) is None
        monkeypatch.undo()
        full.night(NOON)
        assert ballast.stat().st_size == BALLAST_BYTES

    def test_a_full_disk_says_so_for_evidence(
        self, full: Reports, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The system's own error comes through; the box can be sent without the file."""
        box = a_box()

        def no_room(*_given: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("os.write", no_room)
        with pytest.raises(OSError, match="No space"):
            kept(full, box, a_photo(original=b"x"))
        monkeypatch.undo()
        assert [one for one in (place.data / "evidence").rglob("*") if one.is_file()] == []
        sent(full, box=box)


def test_a_database_that_is_away_for_a_moment_is_waited_for(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Locked twice, then free: the caller notices nothing."""
    reports = place.open()
    waited: list[float] = []
    monkeypatch.setattr(reports._patience, "wait", waited.append)
    real, left = reports.database.writing, [2]

    def sometimes() -> Any:
        left[0] -= 1
        return locked() if left[0] >= 0 else real()

    monkeypatch.setattr(reports.database, "writing", sometimes)
    made = sent(reports)
    assert waited == [0.0, 0.1]
    assert reports.set_status(ANNA, made.box.id, Status.WORK, "", NOON + timedelta(days=1)) is True
    monkeypatch.undo()
    reports.close(NOON)


def refusing() -> Any:
    """A database on a disk without room."""
    raise OperationalError("", {}, sqlite3.OperationalError("database or disk is full"))


def locked() -> Any:
    """A database that somebody else holds."""
    raise OperationalError("", {}, sqlite3.OperationalError("database is locked"))
