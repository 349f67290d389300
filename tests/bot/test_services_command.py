"""Services at the terminal, and what a new house begins with."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.commands.line import main
from bot.directory import begin_directory
from bot.furniture import LOCALES
from storage.database import Database, default_url
from storage.services.editing import delete_service
from storage.services.finding import find_services
from tests.storage.factories import NOON

Capsys = pytest.CaptureFixture[str]
TABLE = "id,name,kind,town\na1,AFOL,job centre,Seregno\n"


@pytest.mark.usefixtures("terminal")
def test_a_file_goes_in_and_out(tmp_path: Path, capsys: Capsys) -> None:
    """A dry run changes nothing; what is written brings nothing new; what is due is named."""
    file, written = tmp_path / "services.csv", tmp_path / "out.csv"
    file.write_text(TABLE)
    assert main(["services", "import", str(file), "--dry-run"]) == 0
    assert main(["services", "due"]) == 0
    told = capsys.readouterr()
    assert ("Added: 1" in told.out, "Nothing is due" in told.err) == (True, True)
    assert main(["services", "import", str(file)]) == 0
    assert main(["services", "due"]) == 0
    assert "a1  never checked  AFOL" in capsys.readouterr().out
    assert main(["services", "export", str(written)]) == 0
    assert main(["services", "import", str(written)]) == 0
    assert "Same: 1" in capsys.readouterr().out


@pytest.mark.usefixtures("terminal")
def test_each_mistake_is_printed_with_its_place(tmp_path: Path, capsys: Capsys) -> None:
    """Line, column and words; nothing of the file is taken."""
    file = tmp_path / "services.csv"
    file.write_text(TABLE.replace("job centre", "dance"))
    assert main(["services", "import", str(file)]) == 2
    told = capsys.readouterr()
    assert "Line 2, kind: There is no such value." in told.out
    assert "Nothing was taken." in told.err


@pytest.mark.usefixtures("terminal")
def test_what_is_old_is_said_with_its_day(tmp_path: Path, capsys: Capsys) -> None:
    """Since when people do not see it."""
    file = tmp_path / "services.csv"
    file.write_text("id,name,kind,checked\na1,AFOL,job centre,2020-01-01\n")
    assert main(["services", "import", str(file)]) == 0
    assert main(["services", "due"]) == 0
    assert "a1  due since 2020-03-31  AFOL" in capsys.readouterr().out


def test_a_house_begins_with_the_national_contacts_once(tmp_path: Path) -> None:
    """What was deleted does not come back with the next start."""
    database = Database.open(default_url(tmp_path), data=tmp_path)
    try:
        assert begin_directory(database, LOCALES, NOON) == 21
        with database.writing() as connection:
            for one in find_services(connection)[:2]:
                delete_service(connection, one.id)
            connection.commit()
        assert begin_directory(database, LOCALES, NOON + timedelta(days=1)) == 0
        with database.reading() as connection:
            assert len(find_services(connection)) == 19
    finally:
        database.close()
