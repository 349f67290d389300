"""Courses at the terminal: taken in whole or not at all, listed, and written out again."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.line import main
from tests.bot.exchange.test_applying import TABLE

pytestmark = pytest.mark.usefixtures("terminal")
Capsys = pytest.CaptureFixture[str]


@pytest.fixture
def office(capsys: Capsys) -> str:
    """The key of an office."""
    main(["office", "add", "--name", "PUA Desio", "--duty", "no"])
    return capsys.readouterr().out.split()[1]


def test_a_file_goes_in_and_out(office: str, tmp_path: Path, capsys: Capsys) -> None:
    """A dry run changes nothing; then the courses are there, and what is written brings nothing."""
    file, written = tmp_path / "courses.csv", tmp_path / "out.csv"
    file.write_text(TABLE)
    assert main(["course", "import", str(file), "--office", office, "--dry-run"]) == 0
    assert main(["course", "list"]) == 0
    told = capsys.readouterr()
    assert ("Added: 2" in told.out, "There are no courses to come." in told.err) == (True, True)
    assert main(["course", "import", str(file), "--office", office, "--open"]) == 0
    capsys.readouterr()
    assert main(["course", "list", "--office", office]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sorted(line.split()[0] for line in lines) == ["a1", "a2"]
    assert "open" in lines[0]
    assert main(["course", "export", str(written), "--office", office]) == 0
    assert main(["course", "import", str(written), "--office", office]) == 0
    assert "Same: 2" in capsys.readouterr().out


def test_each_mistake_is_printed_with_its_place(
    office: str, tmp_path: Path, capsys: Capsys
) -> None:
    """Line, column and words; nothing of the file is taken."""
    file = tmp_path / "courses.csv"
    file.write_text(TABLE.replace("9:00", "29:00").replace("italian", "dance"))
    assert main(["course", "import", str(file), "--office", office]) == 2
    told = capsys.readouterr()
    assert "Line 2, kind: There is no such kind." in told.out
    assert "Line 3, time: This is no time. A time looks like 18:30." in told.out
    assert "Nothing was taken." in told.err
    assert main(["course", "list"]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "missing.csv", "--office", "x"], "The file cannot be read"),
        (["list", "--office", "x"], "No office has this key"),
        (["export", "out.csv", "--office", "x"], "No office has this key"),
    ],
)
def test_what_is_not_there_is_said(arguments: list[str], words: str, capsys: Capsys) -> None:
    """A wrong key and a file that is not there: one sentence, and nothing is written."""
    assert main(["course", *arguments]) == 2
    assert words in capsys.readouterr().err
    assert not Path("out.csv").exists()
