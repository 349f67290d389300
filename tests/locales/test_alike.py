"""What a translation must have in common with its source."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.alike import has_pictogram, lost_names, numbers, other_numbers
from bot.catalogs import Kind
from bot.proof import check_catalogs
from flows.text import _
from tests.locales.factory import load, make_locales


@pytest.mark.parametrize(
    ("source", "words", "said"),
    [
        ("Within 60 days.", "Entro 60 giorni.", ""),
        ("It costs 1,000 euro.", "Costa 1.000 euro.", ""),
        ("It costs 1,000 euro.", "Il coûte 1\u202f000 euros.", ""),
        ("From 9:30 to 18:00.", "Dalle 9.30 alle 18.00.", ""),
        ("{count} of 12", "12 में से {count}", ""),
        ("{day1} and 2", "2 e {day1}", ""),
        ("On 4 March, in 3 months", "3个月后，3月4日", ""),
        ("In 3 months", "3月", "lacks the number 3"),
        ("Within 60 days.", "Entro due mesi.", "lacks the number 60"),
        ("Some days.", "7 giorni.", "has another number, 7"),
        ("8 or 8", "8", "lacks the number 8"),
        ("68 days", "86 giorni", "lacks the number 68 and has another number, 86"),
    ],
)
def test_a_number_is_neither_lost_nor_invented(source: str, words: str, said: str) -> None:
    """Digits are compared as digits, however a language groups them; names are no numbers."""
    assert other_numbers(source, words) == said


def test_every_number_counts_as_often_as_it_stands() -> None:
    """The same number twice is two numbers."""
    assert numbers("800 290 290") == {"800": 1, "290": 2}


@pytest.mark.parametrize(
    ("source", "words", "kept"),
    [
        ("📅 Today", "📅 Oggi", True),
        ("✉\ufe0f Write", "✉ Scrivi", True),
        ("⬅\ufe0f Back", "➡\ufe0f رجوع", True),
        ("Today", "Oggi", True),
        ("{icon} {title}", "{icon} {title}", True),
        ("📅 Today", "Oggi", False),
        ("📅 Today", "🗓 Oggi", False),
    ],
)
def test_the_picture_at_the_beginning_stays(source: str, words: str, kept: bool) -> None:
    """It is what is recognised first; only what points somewhere may be mirrored."""
    assert has_pictogram(source, words) is kept


def test_a_name_on_paper_stays_in_italian() -> None:
    """What stands in brackets in the source and in Italian has to stand in every language."""
    source, italian = "A payslip (busta paga) every month (or week).", "Ogni mese la busta paga."
    said = [
        list(lost_names(source, italian, words)) for words in ("工资单（busta paga）", "工资单")
    ]
    assert said == [[], ["busta paga"]]


def test_a_translation_with_another_number_is_not_shown(tmp_path: Path) -> None:
    """A sentence that says 86 for 68 does harm: the next language of the chain is shown."""
    entry = 'msgid "You have {} days."\nmsgstr "Hai {} giorni."\n'.format
    wrong, right = (
        load(tmp_path / name, it=entry("68", days)) for name, days in (("a", "86"), ("b", "68"))
    )
    text = _("You have 68 days.")
    assert [one.words("it").plain(text) for one in (wrong, right)] == [
        "You have 68 days.",
        "Hai 68 giorni.",
    ]


def test_the_proofreader_names_the_picture_and_the_name_that_are_missing(tmp_path: Path) -> None:
    """What is shown all the same is found before a release, with its line."""
    source = 'msgid "📄 The payslip (busta paga)"\nmsgstr '
    folder = make_locales(
        tmp_path,
        it=f'{source}"📄 La busta paga"\n',
        ro=f'{source}"Fluturaș"\n',
    )
    found = [(one.kind, one.path.parts[-3], one.line) for one in check_catalogs(folder)]
    assert found == [(Kind.PICTOGRAM, "ro", 8), (Kind.NAMES, "ro", 8)]
