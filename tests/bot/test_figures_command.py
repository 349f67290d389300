"""The figures at the terminal: with numerator, denominator, period and definition, or refused."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import pytest

from bot.commands.figures import put_sample
from bot.commands.line import main
from bot.commands.place import Place, RefusedError
from bot.commands.start import load_year
from bot.settings import load_settings
from storage.database import Database

pytestmark = pytest.mark.usefixtures("terminal")


def place() -> Place:
    """The place of the terminal."""
    return Place(load_settings(None), Namespace())


@pytest.fixture
def filled(terminal: Path) -> None:
    """A database with the sample, in the folder of the test."""
    load_year(place())


@pytest.mark.usefixtures("filled")
def test_the_figures_of_both_desks_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    """139, 60, 53; 42, 34, 19 of 27, each with its denominator, and that it is a sample."""
    assert main(["figures"]) == 0
    carate, desio = capsys.readouterr().out.split("PUA Desio, ")
    assert "of sheets" not in desio
    for words in (
        "R2   Contact and identification sheets (schede di contatto e identificazione): 139\n",
        "R6   Taken in charge (prese in carico): 60\n",
        "60 of 139 = 43.2 % of the sheets opened in the period.",
        "R7   Projects concluded (progetti conclusi): 53\n",
        "53 of 60 = 88.3 % of the cases taken in charge in the period.",
        "! With the sample, a made-up year: nobody in it exists.",
        "definitions 1",
    ):
        assert words in desio
    for words in (": 42\n", "34 of 42 = 81.0 % of R3.", "19 of 27 = 70.4 % of the persons"):
        assert words in carate


@pytest.mark.usefixtures("filled")
def test_one_territory_and_a_period_are_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    """Only that PUA, only those months; without the sample nothing is left."""
    capsys.readouterr()
    asked = ["figures", "--territory", "Desio", "--from", "2000-01", "--to", "2000-12"]
    assert main(asked) == 0
    out = capsys.readouterr().out
    assert out.startswith("PUA Desio, 2000-01-01 to 2000-12-31, definitions 1\n")
    assert "identificazione): 0\n" in out
    assert "Carate" not in out
    assert main(["figures", "--territory", "Desio", "--real"]) == 0
    assert "identificazione): 0\n" in capsys.readouterr().out


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["--territory", "Roma"], "The territories: Carate Brianza, Desio."),
        (["--from", "2026-02", "--to", "2026-01"], "ends before it begins"),
    ],
)
def test_what_cannot_be_counted_is_said(
    asked: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An unknown place, a period that is none: words, and exit code 2."""
    assert main(["figures", *asked]) == 2
    assert words in capsys.readouterr().err


def test_a_period_is_asked_for_in_months(capsys: pytest.CaptureFixture[str]) -> None:
    """A day is refused: two periods that differ by one would tell what one person did."""
    with pytest.raises(SystemExit):
        main(["figures", "--from", "2026-01-15"])
    assert "--from" in capsys.readouterr().err


@pytest.mark.usefixtures("filled")
def test_the_sample_is_loaded_once_and_only_where_nothing_is() -> None:
    """A second time it is refused, in words, and nothing changes."""
    with pytest.raises(RefusedError, match="only into a database that is empty"):
        load_year(place())
    settings = load_settings(None)
    database = Database.open(settings.database_url, data=settings.data)
    assert not put_sample(place(), database)
    database.close()
