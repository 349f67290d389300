"""Reports in a backup: all comes back sealed as it was, and what was deleted stays deleted."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from flows.report_model import Box, Ending, Words
from storage.backup import back_up, read_backup
from storage.database import Database, default_url
from storage.errors import BackupError, VaultError
from storage.reports import Reports
from storage.reports.copies import Back
from storage.reports.database import SALT_FILE
from storage.reports_schema import metadata
from storage.restore import Restored, restore
from tests.postgresql import Server
from tests.storage.reports.conftest import Place
from tests.storage.reports.makers import (
    ANNA,
    BRUNO,
    CHAT,
    NOON,
    PAPER,
    a_box,
    a_code,
    a_photo,
    kept,
    sent,
)


@dataclass
class House:
    """A bot's database beside its reports, and an empty place with the same keys."""

    reports: Reports
    database: Database
    file: Path
    elsewhere: Place

    def back_up(self) -> None:
        """Write the backup."""
        back_up(self.database, self.file, NOON, None, self.reports.database)

    def restore(self) -> Restored:
        """Restore it elsewhere, with today's keys folder."""
        keys = self.elsewhere.data / "keys"
        shutil.copytree(self.database.data / "keys", keys, dirs_exist_ok=True)
        url = default_url(self.elsewhere.data)
        return restore(self.file, url, self.elsewhere.data, None, self.elsewhere.url)


@pytest.fixture
def house(
    request: pytest.FixtureRequest, engine: str, reports: Reports, place: Place, tmp_path: Path
) -> Iterator[House]:
    """A house whose own database is small."""
    database = Database.open(default_url(place.data), data=place.data)
    data = tmp_path / "elsewhere"
    data.mkdir(mode=0o700)
    url = f"sqlite:///{data / 'reports.db'}"
    if engine == "postgresql":
        server: Server = request.getfixturevalue("server")
        name = server.create()
        url = server.url(name)
    yield House(reports, database, tmp_path / "a.backup", Place(engine, url, data))
    database.close()
    if engine == "postgresql":
        server.drop(name)


def rows(reports: Reports) -> dict[str, list[Any]]:
    """All rows of all tables."""
    with reports.database.reading() as connection:
        return {
            table.name: sorted(connection.execute(select(table)).all(), key=str)
            for table in metadata.sorted_tables
        }


def test_everything_comes_back_as_it_was(house: House) -> None:
    """Rows, files and codes: what could be opened can be opened, with the same keys."""
    box = a_box()
    photo = kept(house.reports, box, a_photo(b"p" * 3_000_000, original=b"o" * 100))
    made = sent(house.reports, box=box, files=(photo.id,), ending=Ending.LINE, chat=CHAT)
    code = a_code(house.reports, made)
    house.reports.reply(ANNA, box.id, Words(True, "Come"), NOON)
    before = rows(house.reports)
    house.back_up()
    assert house.restore().reports == Back(reports=1, erased=0)
    again = house.elsewhere.open()
    assert rows(again) == before
    for original in (False, True):
        assert again.evidence(ANNA, box.id, photo.id, original=original) == house.reports.evidence(
            ANNA, box.id, photo.id, original=original
        )
    opened = again.open_by_code(code, NOON)
    assert opened is not None
    assert opened.box == box
    assert again.reconcile(NOON).rows_lost == 0
    again.close(NOON)


def test_what_was_deleted_since_stays_deleted(house: House) -> None:
    """Withdrawn, expired, a line that was cut, an operator who left: none of it comes back."""
    reports = house.reports
    withdrawn, cut, stays = (
        sent(reports, ending=Ending.LINE, chat=CHAT, box=_with_photo(reports)) for _ in range(3)
    )
    house.back_up()
    reports.withdraw(withdrawn.box, NOON)
    reports.cut_line(cut.box, NOON)
    reports.remove_recipient(BRUNO.operator_id, NOON)
    restored = house.restore()
    assert restored.reports == Back(reports=2, erased=1)
    again = house.elsewhere.open()
    assert again.read(ANNA, withdrawn.box.id) is None
    assert again.queue(BRUNO) == []
    lines = [again.reply(ANNA, one.box.id, Words(True, "x"), NOON) for one in (cut, stays)]
    assert [line is not None for line in lines] == [False, True]
    names = {path.name for path in (house.elsewhere.data / "evidence").rglob("*")}
    assert len(names - {"kept"}) == 0
    again.close(NOON)


def test_an_operator_who_began_anew_keeps_what_came_since(house: House) -> None:
    """Their old keys were taken away before the backup; what was sealed to the new ones stays."""
    house.reports.remove_recipient(BRUNO.operator_id, NOON)
    made = sent(house.reports)
    house.back_up()
    house.restore()
    again = house.elsewhere.open()
    assert [one.id for one in again.queue(BRUNO)] == [made.box.id]
    again.close(NOON)


def test_what_expired_meanwhile_goes_at_the_start(house: House) -> None:
    """A copy of long ago is put back: what is over by now is deleted before anything else."""
    sent(house.reports)
    house.back_up()
    house.restore()
    again = house.elsewhere.open()
    again.start(NOON + timedelta(days=100))
    assert again.count() == 0
    again.close(NOON)


def test_a_lost_ledger_is_told(house: House) -> None:
    """Where nobody can say what was deleted since, the restore says so."""
    made = sent(house.reports)
    house.reports.withdraw(made.box, NOON)
    house.back_up()
    (house.database.data / "keys" / "reports.ledger").unlink()
    assert house.restore().ledger_missing is True


@pytest.mark.parametrize("lost", ["missing", "another"])
def test_without_its_salt_nothing_is_restored(house: House, lost: str) -> None:
    """Missing or foreign, it is said, and both databases are as empty as before."""
    sent(house.reports, box=_with_photo(house.reports))
    house.back_up()
    salt = house.database.data / SALT_FILE
    aside = salt.rename(salt.with_name("aside"))
    if lost == "another":
        salt.write_bytes(bytes(32))
        salt.chmod(0o600)
    with pytest.raises(VaultError, match="salt"):
        house.restore()
    assert not [path for path in (house.elsewhere.data / "evidence").rglob("*") if path.is_file()]
    (house.elsewhere.data / SALT_FILE).unlink(missing_ok=True)
    aside.replace(salt)
    assert house.restore().reports == Back(reports=1, erased=0)


def test_reports_in_use_are_not_restored_into(house: House) -> None:
    """What is there stays, and the other database stays empty too."""
    sent(house.reports)
    house.back_up()
    shutil.copytree(house.database.data / "keys", house.elsewhere.data / "keys")
    other = house.elsewhere.open()
    made = sent(other)
    with pytest.raises(BackupError, match="already exists"):
        house.restore()
    assert other.read(ANNA, made.box.id) is not None
    other.close(NOON)


def test_a_backup_beside_withdrawals_is_whole(house: House) -> None:
    """While reports come and go, each backup can be read to its end and restored."""
    boxes = [sent(house.reports, box=_with_photo(house.reports)).box for _ in range(8)]

    def withdraw() -> None:
        for box in boxes:
            house.reports.withdraw(box, NOON)

    thread = threading.Thread(target=withdraw)
    thread.start()
    house.back_up()
    thread.join()
    read_backup(house.file, house.database.vault)
    back = house.restore().reports
    assert back is not None
    assert back.reports == 0


def test_neither_salt_nor_keys_are_in_a_backup(house: House) -> None:
    """With the house's own key the backup opens, and what is in it is sealed to others."""
    from storage.backup import frames_of

    made = sent(house.reports, ending=Ending.LINE, chat=CHAT)
    code = a_code(house.reports, made)
    house.back_up()
    opened = b"".join(piece for piece, _ in frames_of(house.file, house.database.vault))
    salt = (house.database.data / SALT_FILE).read_bytes()
    secrets = [salt, bytes.fromhex(made.box.key), b"passport", b"777000111", code.encode()]
    found = [one for one in secrets if one in opened or one.hex().encode() in opened]
    assert found == []
    assert PAPER.key.bytes not in opened


def _with_photo(reports: Reports) -> Box:
    box = a_box()
    kept(reports, box)
    return box
