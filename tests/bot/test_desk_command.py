"""What the terminal says of a desk is kept, and what says nothing is refused."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.commands.line import main
from storage.desks import Desk

pytestmark = pytest.mark.usefixtures("terminal")


def test_a_desk_is_told_who_answers_and_when(capsys: pytest.CaptureFixture[str]) -> None:
    """What is given is kept, what is not given stays, and the list says who answers."""
    main(["office", "add", "--name", "PUA Desio", "--duty", "no"])
    office = capsys.readouterr().out.split()[1]
    more = ["--office", office, "--hours", "lun-ven 9:00-12:30", "--talks"]
    assert main(["desk", "add", "--name", "Uno", *more]) == 0
    key = capsys.readouterr().out.split()[1]
    assert main(["desk", "list"]) == 0
    assert "(answers in the chat)" in capsys.readouterr().out
    assert main(["desk", "change", key, "--closed", "12-07", "--place", "Via Roma 1"]) == 0
    told = capsys.readouterr().out
    assert ("lun-ven 9:00-12:30" in told, "offered to nobody yet" in told) == (True, True)
    assert main(["desk", "change", key, "--no-talks"]) == 0
    assert "Nobody answers" in capsys.readouterr().out


def test_a_desk_says_where_it_is_and_when_it_reminds(terminal: Path) -> None:
    """How one gets there, phone, map and steps are kept; a word takes the steps back again."""
    where = ["--how", "Bus z250", "--phone", "0362 1", "--position", "45.6189, 9.2104"]
    found: list[Desk] = []
    for reminds in ("2h, 7d", "never", "usual"):
        if not found:
            assert main(["desk", "add", "--name", "Uno", *where, "--reminds", reminds]) == 0
        else:
            assert main(["desk", "change", found[0].key, "--reminds", reminds]) == 0
        found.append(_only_desk(terminal))
    assert [one.steps for one in found] == ["7d,2h", "", None]
    last = found[-1]
    assert (last.how, last.phone) == ("Bus z250", "0362 1")
    assert (last.latitude, last.longitude) == (45.6189, 9.2104)


def _only_desk(folder: Path) -> Desk:
    with closing(sqlite3.connect(folder / "data" / "antenna.db")) as connection:
        (row,) = connection.execute("SELECT * FROM desk").fetchall()
    return Desk(*row)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--hours", "mon 25:00-26:00"], "At letter 5"),
        (["--closed", "31-31"], "This is no day"),
        (["--position", "Via Roma"], "no place on the map"),
        (["--reminds", "tomorrow"], "Offsets look like"),
        (["--office", "nokey"], "No office has this key"),
    ],
)
def test_hours_that_cannot_be_read_are_refused(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A desk is not kept with hours, days or an office that say nothing."""
    assert main(["desk", "add", "--name", "Uno", *arguments]) == 2
    assert words in capsys.readouterr().err
    assert main(["desk", "list"]) in (0, 2)
    assert "Uno" not in capsys.readouterr().out
