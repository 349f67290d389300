"""The vocabulary that binds every translator, and the catalogs that keep to it."""

from __future__ import annotations

import csv
import re

from bot.catalogs import load_catalog
from tests.locales.factory import CODES, LOCALES, ROSTER

_AS_A_SIGN = re.compile(
    "[☀-☄☎☑☠☹☺♀♂♥♻⚒⚔-⚙⚠⛏⛑⛓⛰⛴✂✈✉✌-✏✒✔✖❄❤➡⬅-⬇⏭-⏯⏱⏲⏸-⏺▶◀🌡-🌬🌶🍽🎖-🎟🏋-🏎🏔-🏟🏳-🏷👁📽🕉🕊🕯-🕹🖇-🖐"
    "🖥-🗺🛋🛍-🛏🛠-🛩🛰🛳](?![\ufe0f🏻-🏿])"
)
"""Pictograms that a phone may draw as a small sign in black, with no selector behind them."""
_AROUND = re.compile(r"^\W+|\W+$|^\W*(?:(?:il|lo|la|i|gli|le) |l’)", re.IGNORECASE)


def terms() -> list[dict[str, str]]:
    """The rows of the glossary."""
    with (LOCALES / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def bare(words: str) -> set[str]:
    """A cell or a message as the alternatives it allows, without signs, case and brackets."""
    without = re.sub(r"\([^)]*\)", "", words)
    cells = [words, without, *without.split(" / ")]
    return {_AROUND.sub("", cell).casefold() for cell in cells}


def test_every_term_is_there_in_every_language() -> None:
    """66 terms in fourteen languages, in the order of the list, none empty and none twice."""
    rows = terms()
    assert list(rows[0]) == ["key", *CODES]
    assert len({row["key"] for row in rows}) == len(rows) == 66
    assert [key for row in rows for key, cell in row.items() if not cell.strip()] == []


def test_italian_keeps_to_the_glossary() -> None:
    """Where a term of the glossary stands alone, the Italian catalog uses the glossary's word."""
    binding = [(bare(row["en"]), bare(row["it"])) for row in terms()]
    entries = load_catalog(ROSTER[0], LOCALES).entries
    alone = [
        (source, forms[0], italian)
        for (_context, source), forms in entries.items()
        for english, italian in binding
        if bare(source) & english
    ]
    assert [row for row in alone if not bare(row[1]) & row[2]] == []
    assert len(alone) > 3


def test_every_pictogram_asks_to_be_a_picture() -> None:
    """On no phone is one a sign in black: the selector stands behind it, in every language."""
    assert [bool(_AS_A_SIGN.search(one)) for one in ("🗑", "🗑\ufe0f", "📚")] == [True, False, False]
    said = [
        words
        for language in ROSTER
        for (_context, source), forms in load_catalog(language, LOCALES).entries.items()
        for words in (source, *forms)
    ]
    assert [words for words in said if _AS_A_SIGN.search(words)] == []
    assert len(said) > 1_000
