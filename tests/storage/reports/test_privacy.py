"""A stolen copy: no secret of five hundred reports is in it, and no order, and no link to a
person."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, func, select

from flows.report_model import Words
from storage.backup import back_up, frames_of
from storage.database import Database, default_url
from storage.errors import VaultError
from storage.reports import Reports
from storage.reports.database import PRAGMAS, default_reports_url
from storage.reports_schema import line, line_key, metadata, report
from storage.vault import LIGHT_EFFORT, PrivateKey, open_with
from tests.storage.reports.crowd import CANARY, CHATS, REPORTS, SEED, Crowd, fill
from tests.storage.reports.linkers import (
    by_chance,
    link_by_time,
    rank_correlation,
    second,
    week,
)
from tests.storage.reports.makers import ANNA, NOON, a_box, a_photo, kept, sent

PEOPLE = 150
MAGIC = CHATS.to_bytes(8, "big")[1:5]
DIGITS = str(CHATS)[:8].encode()


@dataclass
class Scene:
    """What is kept of the crowd, and the journals that lay beside it while it was written."""

    reports: Reports
    crowd: Crowd
    data: Path
    journals: list[bytes] = field(default_factory=list)


def take_journal(scene_file: Path, found: list[bytes], point: str) -> None:
    """Just before a commit, take what a power cut would leave beside the database."""
    if point == "K3" and len(found) < 200 and scene_file.exists():
        found.append(scene_file.read_bytes())


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scene]:
    """Five hundred reports on SQLite, as they lie there after the next tick."""
    data = tmp_path_factory.mktemp("stolen")
    journal, journals = data / "reports.db-journal", list[bytes]()
    with pytest.MonkeyPatch.context() as quick:
        # No power is cut here: what is on the disk is the same, it is only there sooner.
        swift = tuple(one.replace("=EXTRA", "=OFF") for one in PRAGMAS)
        quick.setattr("storage.reports.database.PRAGMAS", swift)
        reports = Reports.open(
            default_reports_url(data),
            data=data,
            effort=LIGHT_EFFORT,
            at=lambda point: take_journal(journal, journals, point),
        )
    found = Scene(reports, fill(reports, PEOPLE), data, journals)
    yield found
    reports.close(NOON)


def stored_order(scene: Scene) -> list[str]:
    """The reports in the order in which their letters lie in the file."""
    assert scene.reports.database.file is not None
    whole = scene.reports.database.file.read_bytes()
    with scene.reports.database.reading() as connection:
        letters = connection.execute(select(report.c.number, report.c.letter)).all()
    places = {number: whole.find(letter[-512:]) for number, letter in letters}
    assert min(places.values()) > 0
    return sorted(places, key=places.__getitem__)


def test_pages_tell_an_order_until_the_tick_and_none_after_it(scene: Scene) -> None:
    """X11: the linker finds the order while the rows lie as they came, and only chance later."""
    true = [one.number for one in scene.crowd.sent]
    before = rank_correlation(true, stored_order(scene))
    scene.reports.tick(scene.crowd.sent[-1].at)
    after = rank_correlation(true, stored_order(scene))
    print(f"X11 order in the file: before the tick {before:.3f}, after it {after:.3f}")
    assert before > 0.5
    assert abs(after) <= by_chance(REPORTS)


def test_rows_come_in_no_order(scene: Scene) -> None:
    """X11: reading every table from its beginning, or asking for row ids, tells nothing."""
    assert scene.reports.database.file is not None
    true = [one.number for one in scene.crowd.sent]
    connection = sqlite3.connect(scene.reports.database.file)
    found = [number for (number,) in connection.execute("SELECT number FROM report")]
    scanned = rank_correlation(true, found)
    for table in metadata.sorted_tables:
        with pytest.raises(sqlite3.OperationalError, match="no such column"):
            connection.execute(f"SELECT rowid FROM {table.name}")
    connection.close()
    print(f"X11 order of a scan: {scanned:.3f} (chance: ±{by_chance(REPORTS):.3f})")
    assert abs(scanned) <= by_chance(REPORTS)


def test_the_linker_would_find_an_order_if_there_were_one(scene: Scene, tmp_path: Path) -> None:
    """The same rows in a table with hidden row ids give their whole order away."""
    true = [one.number for one in scene.crowd.sent]
    connection = sqlite3.connect(tmp_path / "lax.db")
    connection.execute("CREATE TABLE report (id TEXT PRIMARY KEY)")
    connection.executemany("INSERT INTO report VALUES (?)", [(one,) for one in true])
    rows = connection.execute("SELECT id FROM report ORDER BY rowid")
    assert rank_correlation(true, [number for (number,) in rows]) == 1.0
    connection.close()


def test_files_tell_no_order_after_the_night(tmp_path: Path) -> None:
    """X11: names, dates, change times and inodes of a hundred files of a week give chance."""
    reports = Reports.open(default_reports_url(tmp_path), data=tmp_path, effort=LIGHT_EFFORT)
    box, count = a_box(), 100
    true = [kept(reports, box, a_photo(bytes([n]))).id for n in range(count)]
    sent(reports, box=box, files=tuple(true))
    folder = tmp_path / "evidence" / "kept"

    def orders() -> dict[str, float]:
        stats = {path.name: path.stat() for path in folder.iterdir()}
        kinds = {
            "names": lambda one: one,
            "change times": lambda one: stats[one].st_ctime_ns,
            "inodes": lambda one: stats[one].st_ino,
        }
        return {kind: rank_correlation(true, sorted(stats, key=key)) for kind, key in kinds.items()}

    before = orders()
    reports.night(NOON)
    after = orders()
    print(f"X11 order of files: before the night {before}, after it {after}")
    mondays = {path.stat().st_mtime for path in (folder, *folder.iterdir())}
    assert mondays == {datetime(2026, 11, 23, tzinfo=UTC).timestamp()}
    assert abs(before["names"]) <= by_chance(count)
    assert before["change times"] > 0.5  # inodes are the file system's own affair
    assert all(abs(one) <= by_chance(count) for one in after.values())
    reports.close(NOON)


def test_a_week_links_no_report_to_a_person(scene: Scene) -> None:
    """X13: a thief who knows when everybody wrote does not do better than guessing."""
    people = {one.number: one for one in scene.crowd.sent}
    with scene.reports.database.reading() as connection:
        rows = connection.execute(select(report.c.number, report.c.week)).all()
    kept = [
        (people[number].person, datetime(day.year, day.month, day.day, tzinfo=UTC))
        for number, day in rows
    ]
    exact = [(one.person, one.at) for one in scene.crowd.sent]
    found = link_by_time(kept, scene.crowd.activity, week, SEED)
    control = link_by_time(exact, scene.crowd.activity, second, SEED)
    print(f"X13 by week: {found}; by second: {control}")
    assert found.is_chance
    assert (found.unique, found.suspects >= 100) == (0, True)
    assert control.unique > REPORTS * 0.9


def test_no_secret_can_be_read_anywhere(scene: Scene) -> None:
    """T-A6: database, journals, files, ledger and an opened backup: 0 of all seeded secrets."""
    database = Database.open(default_url(scene.data), data=scene.data)
    backup = scene.data / "a.backup"
    back_up(database, backup, NOON, None, scene.reports.database)
    opened = b"".join(piece for piece, _ in frames_of(backup, database.vault))
    database.close()
    places = {str(path): path.read_bytes() for path in scene.data.rglob("*") if path.is_file()}
    places |= {f"journal {n}": one for n, one in enumerate(scene.journals)}
    places["backup, opened"] = opened
    found = {
        place: hits for place, whole in places.items() if (hits := secrets_in(whole, scene.crowd))
    }
    seeded = REPORTS + 25 + 50 * 4 + len({one.person for one in scene.crowd.sent})
    print(f"T-A6 secrets found: {len(found)} of {seeded} in {len(places)} places")
    assert found == {}
    assert len(scene.journals) == 200
    assert len(scene.crowd.codes) == 50


def secrets_in(whole: bytes, crowd: Crowd) -> list[str]:
    """What somebody seeded, in any form in which it might lie there."""
    forms = {
        "words": CANARY.encode(),
        "words in UTF-16": CANARY.encode("utf-16-le"),
        "words in hex": CANARY.encode().hex().encode(),
        "chat": MAGIC,
        "chat, turned": MAGIC[::-1],
        "chat in digits": DIGITS,
    }
    forms |= {f"code {n}": code.encode() for n, code in enumerate(crowd.codes)}
    return [name for name, form in forms.items() if form in whole]


def test_the_search_would_find_what_lies_open(scene: Scene) -> None:
    """Each form is found where it does lie, so that finding nothing says something."""
    chat = CHATS + 77
    lying = f"x {CANARY}3 {chat} {scene.crowd.codes[0]}".encode() + chat.to_bytes(8, "little")
    assert set(secrets_in(lying, scene.crowd)) == {
        "words",
        "chat, turned",
        "chat in digits",
        "code 0",
    }


def test_twelve_sizes_are_all_there_are(scene: Scene) -> None:
    """Of five hundred reports of every shape, rows and files together have 12 sizes at most."""
    sizes: set[int] = set()
    with scene.reports.database.reading() as connection:
        for table in metadata.sorted_tables:
            for column in table.columns:
                if isinstance(column.type, LargeBinary):
                    sizes |= set(
                        connection.execute(select(func.length(column)).distinct()).scalars()
                    )
    files = {path.stat().st_size for path in (scene.data / "evidence").rglob("*") if path.is_file()}
    print(f"sizes: rows {sorted(sizes)}, files {sorted(files)}")
    assert len(sizes | files) <= 12
    assert len(files) >= 3


def test_the_host_opens_no_line(scene: Scene) -> None:
    """T-A7: with all that is on the machine 0 chats; with an operator's key the open lines."""
    keys = [path.read_bytes() for path in (scene.data / "keys").iterdir()]
    scene.reports.retain(scene.crowd.sent[-1].at)
    with scene.reports.database.reading() as connection:
        lines = {id_.hex() for id_ in connection.execute(select(line.c.report_id)).scalars()}
        sealed = connection.execute(select(line_key.c.sealed)).scalars().all()
    opened = [one for key in keys if len(key) == 32 for one in sealed if opens(key, one)]
    pushed = {}
    for one in scene.crowd.sent:
        if scene.reports.read(ANNA, one.box.id) is not None:
            push = scene.reports.reply(ANNA, one.box.id, Words(True, "x"), scene.crowd.sent[-1].at)
            pushed |= {} if push is None else {one.box.id: push.chat_id == CHATS + one.person}
    print(f"T-A7 lines: {len(lines)}; host alone: {len(opened)}; with a key: {len(pushed)}")
    assert len(lines) > 50
    assert (opened, pushed) == ([], dict.fromkeys(lines, True))


def opens(key: bytes, sealed: bytes) -> bool:
    """Whether a key that lies on the machine opens what was sealed to operators."""
    try:
        open_with(PrivateKey(key), sealed)
    except VaultError:
        return False
    return True
