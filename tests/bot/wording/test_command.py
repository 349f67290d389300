"""Words at the terminal: how far each language is, files out and in, two people for every word."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands import catalog
from bot.commands.line import main
from tests.bot.wording.rooms import a_folder

Capsys = pytest.CaptureFixture[str]
AR = ["--language", "ar"]
BY = ["--who", "Fatima", "--why", "first reading"]
COLUMNS = "id;where;note;english;italian;state;words"


@pytest.fixture(autouse=True)
def folder(terminal: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The small folder of locales in place of ours."""
    monkeypatch.setattr(catalog, "LOCALES", a_folder(terminal / "locales"))
    return terminal


def status(capsys: Capsys, code: str) -> str:
    """The line of a language."""
    capsys.readouterr()
    assert main(["catalog", "status"]) == 0
    lines = capsys.readouterr().out.splitlines()
    return next(line for line in lines if line.startswith(code))


def exported(folder: Path, ending: str = ".csv", *more: str) -> Path:
    """A file with the Arabic words."""
    file = folder / f"ar{ending}"
    assert main(["catalog", "export", str(file), *AR, *more]) == 0
    return file


def bring(file: Path, *more: str) -> int:
    """Import a file."""
    return main(["catalog", "import", str(file), *AR, *more])


def test_every_language_says_how_far_it_is(capsys: Capsys) -> None:
    """Missing, stale, unread and read; the state of the list as it is."""
    assert status(capsys, "ar") == (
        "ar       5 missing, 0 stale, 1 unread, 0 read; 0 waiting. "
        "State: draft, needs a native reviewer."
    )


def test_who_read_all_of_it_is_the_second_person(folder: Path, capsys: Capsys) -> None:
    """The release wrote the words; whoever gives the file back has read them."""
    assert bring(exported(folder, ".po"), *BY, "--read") == 0
    assert "Read for the first time: 1" in capsys.readouterr().out
    assert "0 unread, 1 read; 0 waiting" in status(capsys, "ar")


def test_words_of_one_person_wait_for_another(folder: Path, capsys: Capsys) -> None:
    """Without a second name nothing changes for people; with one it does; nobody is both."""
    file = exported(folder)
    words = file.read_text(encoding="utf-8").replace("تدفعون", "ستدفعون")
    file.write_text(words, encoding="utf-8")
    assert bring(file, *BY, "--dry-run") == 0
    assert "0 waiting" in status(capsys, "ar")
    assert bring(file, *BY) == 0
    assert "1 unread, 0 read; 1 waiting" in status(capsys, "ar")
    assert bring(file, *BY, "--approved-by", " fatima ") == 2
    assert bring(file, *BY, "--approved-by", "Said") == 0
    assert "0 unread, 1 read; 0 waiting" in status(capsys, "ar")
    assert "ستدفعون" in exported(folder).read_text(encoding="utf-8")


def test_each_mistake_is_printed_with_its_place(folder: Path, capsys: Capsys) -> None:
    """Line, column and words; nothing of the file is taken."""
    file = exported(folder)
    file.write_text(file.read_text(encoding="utf-8").replace("تدفعون 16", "تدفعون 60"), "utf-8")
    assert bring(file, *BY) == 2
    told = capsys.readouterr()
    assert "Line 3, words: The number 16 is missing." in told.out
    assert "Nothing was taken." in told.err
    assert "0 waiting" in status(capsys, "ar")


def test_only_what_waits_for_a_reader_goes_out(folder: Path) -> None:
    """A reader is not sent what was read already; a domain may be chosen."""
    file = exported(folder, ".csv", "--todo", "--domain", "content")
    assert bring(exported(folder, ".po"), *BY, "--read") == 0
    before = file.read_text(encoding="utf-8-sig").splitlines()
    after = exported(folder, ".csv", "--todo", "--domain", "content")
    assert len(before) - 1 == len(after.read_text(encoding="utf-8-sig").splitlines())
    assert before[0].startswith(COLUMNS)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["import", "missing.csv", *AR, *BY], "The file cannot be read"),
        (["import", "words.txt", *AR, *BY], "ends in .po or in .csv"),
        (["export", "x.csv", "--language", "xx"], "No words are kept in “xx”"),
        (["import", "x.csv", *AR, "--who", " ", "--why", "x"], "Say who wrote it and why"),
    ],
)
def test_what_cannot_be_done_is_said(arguments: list[str], words: str, capsys: Capsys) -> None:
    """No traceback: what is wrong and what to do."""
    assert main(["catalog", *arguments]) == 2
    assert words in capsys.readouterr().err


def test_the_check_of_the_content_says_how_far_each_language_is(capsys: Capsys) -> None:
    """Honestly, and before anything that is to be mended."""
    main(["check", "content"])
    told = capsys.readouterr().out
    assert "\nLanguages\n" in told
    assert "  bn       draft, needs a native reviewer\n" in told


def test_nobody_signs_as_the_release(folder: Path, capsys: Capsys) -> None:
    """It is the first of two people wherever words were only read: nobody else goes by its name."""
    file = exported(folder, ".po")
    assert bring(file, "--who", " Release", "--why", "x", "--read") == 2
    assert bring(file, *BY, "--approved-by", "RELEASE") == 2
    assert "0 read; 0 waiting" in status(capsys, "ar")
