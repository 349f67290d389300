"""The vocabulary that binds every translator, and the catalogs that keep to it."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from shutil import copy

import pytest

from bot.catalogs import DOMAINS, load_catalog, messages, read_catalog, sources
from bot.glossary import ALLOWED, TERMS, Missed, read_glossary
from bot.roster import LanguagesError
from tests.locales.factory import CODES, LOCALES, ROSTER

_AS_A_SIGN = re.compile(
    "[☀-☄☎☑☠☹☺♀♂♥♻⚒⚔-⚙⚠⛏⛑⛓⛰⛴✂✈✉✌-✏✒✔✖❄❤➡⬅-⬇⏭-⏯⏱⏲⏸-⏺▶◀🌡-🌬🌶🍽🎖-🎟🏋-🏎🏔-🏟🏳-🏷👁📽🕉🕊🕯-🕹🖇-🖐"
    "🖥-🗺🛋🛍-🛏🛠-🛩🛰🛳](?![\ufe0f🏻-🏿])"
)
"""Pictograms that a phone may draw as a small sign in black, with no selector behind them."""
BOUND = tuple(code for code in CODES if code != "en")
"""The languages that are held to the glossary."""


def terms() -> list[dict[str, str]]:
    """The rows of the glossary."""
    with (LOCALES / "glossary.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(code: str) -> dict[str, str]:
    """What a language says of each source."""
    language = next(one for one in ROSTER if one.code == code)
    entries = load_catalog(language, LOCALES).entries
    return {source: " ".join(forms) for (_context, source), forms in entries.items()}


def test_every_term_is_there_in_every_language() -> None:
    """66 terms in every language, in the order of the list, none empty and none twice."""
    rows = terms()
    assert list(rows[0]) == ["key", *CODES]
    assert len({row["key"] for row in rows}) == len(rows) == 66
    assert [key for row in rows for key, cell in row.items() if not cell.strip()] == []


def test_every_catalog_keeps_to_the_glossary() -> None:
    """Where the source means a term, each language says it by its name, or by the Italian one."""
    glossary = read_glossary(LOCALES)
    uses = {
        language.code: glossary.use(language.code, said(language.code))
        for language in ROSTER
        if language.code in BOUND
    }
    assert {code: use.missed for code, use in uses.items() if use.missed} == {}
    assert min(use.meant for use in uses.values()) > 100


def test_what_is_called_otherwise_is_found() -> None:
    """Bent words count, another word does not; what is allowed is not even asked for."""
    glossary = read_glossary(LOCALES)
    found = glossary.use(
        "ro",
        {
            "Keep every payslip.": "Păstrați toți fluturașii de salariu.",
            "Your payslip": "Recipisa",
            "Basic bank account": "Contul simplu",
            "Nothing of it": "Nimic",
        },
    )
    assert (found.meant, found.share) == (2, 0.5)
    assert found.missed == (Missed("payslip", "Your payslip", "Recipisa"),)


def test_a_rule_about_no_term_is_refused(tmp_path: Path) -> None:
    """A key that is spelled wrong would allow nothing, and nobody would know."""
    copy(LOCALES / TERMS, tmp_path)
    rules = 'loose = ["pay"]\n[allowed.paislip]\n"A" = "b"\n[also.it]\n'
    (tmp_path / ALLOWED).write_text(rules, encoding="utf-8")
    with pytest.raises(LanguagesError, match="no term is called paislip"):
        read_glossary(tmp_path)


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


def test_what_is_allowed_is_still_said() -> None:
    """A sentence that was changed is looked at anew: nothing is allowed that nobody says."""
    known = {
        source
        for domain in DOMAINS
        for message in messages(read_catalog(LOCALES / f"{domain}.pot"))
        for source in sources(message)
    }
    allowed = {one for sentences in read_glossary(LOCALES).allowed.values() for one in sentences}
    assert allowed - known == set()
