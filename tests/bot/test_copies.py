"""Backup and restore from the terminal, and how far they are while they work."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.commands.line import main
from bot.commands.place import Progress
from storage.reports.database import ReportsDatabase, default_reports_url
from storage.vault import LIGHT_EFFORT

pytestmark = pytest.mark.usefixtures("terminal")


def test_a_backup_comes_back(
    terminal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was there at the backup is there after the restore, and the doctor knows the day."""
    main(["desk", "add", "--name", "Uno", "--territory", "Desio"])
    assert main(["backup", "copy.antenna"]) == 0
    assert (terminal / "data" / "last-backup").exists()
    assert b"Desio" not in (terminal / "copy.antenna").read_bytes()
    main(["desk", "add", "--name", "Due"])
    monkeypatch.setenv("ANTENNA_DATABASE", f"sqlite:///{terminal}/other.db")
    assert main(["restore", "copy.antenna"]) == 0
    capsys.readouterr()
    assert main(["desk", "list"]) == 0
    assert [row.split("  ")[2] for row in capsys.readouterr().out.splitlines()] == ["Uno, Desio"]
    assert main(["restore", "copy.antenna"]) == 2
    assert main(["release", "drop"]) == 0


def test_a_backup_holds_the_reports_too(
    terminal: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the bot keeps reports they are copied and come back, and the command says how many."""
    main(["desk", "add", "--name", "Uno"])
    data = terminal / "data"
    ReportsDatabase.open(default_reports_url(data), data=data, effort=LIGHT_EFFORT).close()
    assert main(["backup", "copy.antenna"]) == 0
    monkeypatch.setenv("ANTENNA_DATABASE", f"sqlite:///{terminal}/other.db")
    assert main(["restore", "copy.antenna"]) == 2
    assert "reports' database" in capsys.readouterr().err
    monkeypatch.setenv("ANTENNA_REPORTS_DATABASE", f"sqlite:///{terminal}/others.db")
    assert main(["restore", "copy.antenna"]) == 0
    assert "Reports: 0" in capsys.readouterr().out


def test_nothing_is_not_backed_up(terminal: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where no bot has been, a backup is refused and makes neither a key nor a database."""
    assert main(["backup", "copy.antenna"]) == 2
    assert "nothing here to back up" in capsys.readouterr().err
    assert [path.name for path in terminal.rglob("*.db")] == []
    assert not (terminal / "copy.antenna").exists()


def test_a_long_command_says_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    """Where nobody watches the line grow, each tenth is told once, on stderr."""
    progress = Progress("Backup")
    for done in range(101):
        progress(done, 100)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [f"Backup … {step:3d} %" for step in range(0, 101, 10)]


def test_nothing_to_do_is_done_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """An empty database is backed up to the end too."""
    Progress("Backup")(0, 0)
    assert capsys.readouterr().err == "Backup … 100 %\n"
