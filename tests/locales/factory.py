"""Folders of locales to try things in, and texts that nobody should have to read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from bot.catalogs import plural_rule
from bot.languages import Languages
from bot.roster import read_roster

LOCALES = Path(__file__).resolve().parents[2] / "locales"
ROSTER = read_roster(LOCALES)
CODES = [language.code for language in ROSTER]
SOURCES = ("it", "en")
"""What the others are translated from: written to their limits."""
SPOKEN = {"pt", "ur"} | {
    code for code in CODES if (LOCALES / code / "LC_MESSAGES" / "antenna.po").exists()
}
"""With words of their own; and the one with the longest dates, and another from right to left."""

WALKED = [
    code if code in SPOKEN else pytest.param(code, marks=pytest.mark.faults) for code in CODES
]
"""For what walks over every page: the others say the same as those, until they have a catalog."""

RTL_CODES = [language.code for language in ROSTER if language.direction == "rtl"]
LAW = settings(deadline=None, max_examples=150)

NASTY = [
    "",
    "<b>bold</b>",
    "</b><i>",
    '<a href="tg://user?id=1">x</a>',
    "a & b &lt; &amp;#x202e;",
    "*_`[x](y)||~",
    "{office} {} {0} {x.__class__}",
    "\u202e\u0645\u0631\u062d\u0628\u0627 abc\u202c\u2066\u2066\u2069",
    "z\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307",
    "line\r\nline\u2028line\x0bline",
    "\x00\x07\x1b[31m\ud800 \udfff\ufeff",
    "+39 02 1234 5678",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 1\ufe0f\u20e3 \u2764\ufe0f",
    "ক্ষ্ম্যাঁ ਜੀ ਆਇਆਂ ਨੂੰ تَشْدِيدٌ",
    "@" * 300,
]
"""Parameters that have broken one bot or another."""

SIGNS = st.sampled_from(
    "a Z9.,:+-/()<>&{}\n\r\téß€اب،ع\u0651\u064b一😀\u200d\ufe0f\u200e\u200f\u061c"
    "\u0300\u0301\u0302\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1f\x85\u2028\ud800"
)
WORDS = st.text(st.one_of(SIGNS, st.characters(exclude_categories=())), max_size=60)


def make_locales(folder: Path, **catalogs: str) -> Path:
    """A folder with the real list, in which only these languages have a catalog, and are complete.

    A catalog is the body of a .po file of the code; its header is made.
    """
    roster = (LOCALES / "languages.toml").read_text(encoding="utf-8")
    for code in CODES:
        state = "complete" if code in (*catalogs, "en", "it") else "none"
        entry = rf'(code = "{code}"\n(?:.+\n)*?state = )"\w+"'
        roster = re.sub(entry, rf'\1"{state}"', roster)
    folder.mkdir(exist_ok=True)
    (folder / "languages.toml").write_text(roster, encoding="utf-8")
    for language in read_roster(folder):
        if language.code in catalogs:
            path = language.catalog(folder, "antenna")
            path.parent.mkdir(parents=True)
            path.write_text(header(language.locale) + catalogs[language.code], encoding="utf-8")
    return folder


def header(locale: str) -> str:
    """The head of a .po file: seven lines, the last of them empty."""
    rule = plural_rule(locale).header
    return (
        'msgid ""\nmsgstr ""\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Content-Transfer-Encoding: 8bit\\n"\n"Plural-Forms: {rule}\\n"\n\n'
    )


def load(folder: Path, **catalogs: str) -> Languages:
    """The languages of such a folder."""
    return Languages.load(make_locales(folder, **catalogs))
