"""A voice that somebody took back is not heard again from a backup."""

from __future__ import annotations

import shutil
from pathlib import Path

from storage.backup import back_up
from storage.database import KEY_FILE, LEDGER_FILE, Database, default_url
from storage.restore import restore
from storage.voices import recordings
from storage.writer import Writer
from tests.storage.factories import NOON, TODAY, do


def test_a_deleted_voice_stays_deleted(writer: Writer, database: Database, tmp_path: Path) -> None:
    """The mark in the ledger takes it out of what is restored; the others are heard."""
    wanted, file, data = recordings.Wanted("home", "ar", "mark"), tmp_path / "b", tmp_path / "data2"
    gone, stays = (
        do(writer, lambda unit: recordings.add(unit.direct(), wanted, b"OggS", 3, 7, NOON))
        for _voice in range(2)
    )
    back_up(database, file, NOON)
    assert do(writer, lambda unit: recordings.erase_for_good(unit, gone.id, TODAY))
    (data / KEY_FILE).parent.mkdir(mode=0o700, parents=True)
    for name in (KEY_FILE, LEDGER_FILE):
        shutil.copy2(database.data / name, data / name)
    restore(file, default_url(data), data)
    restored = Database.open(default_url(data), data=data)
    with restored.reading() as connection:
        assert [one.id for one in recordings.all_of(connection)] == [stays.id]
    restored.close()
