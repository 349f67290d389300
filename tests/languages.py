"""Writes `docs/languages.md`: how far each language is, and how easy its words are to read.

`python -m tests.languages` writes the table anew and leaves what is written by hand below it;
`tests/locales/test_page.py` fails when it would write something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import mean

from bot.catalogs import forms, is_translated, messages, read_catalog, sources
from bot.content import load_library
from bot.glossary import read_glossary
from bot.languages import Languages
from bot.proof import Coverage, coverage
from bot.readability import score
from bot.roster import SOURCE, Language, State, read_roster
from bot.voices.speakers import read_speakers
from flows.library import Card
from flows.text import _

ROOT = Path(__file__).resolve().parent.parent
LOCALES = ROOT / "locales"
PAGE = ROOT / "docs" / "languages.md"
BY_HAND = "<!-- Below this line the page is written by hand. -->"
PEOPLES = ("antenna", "content")
DRAFT = "draft, needs a native reviewer"
STATES = {State.COMPLETE: "complete", State.DRAFT: DRAFT}
WRITTEN = {"en": "the source", "it": "written with the source; needs a native reviewer"}
"""What is no translation."""
HEADER = """# The languages of Antenna

This table is made from the catalogs by `python -m tests.languages`; do not edit it.

A **draft** was translated from the English by its meaning, read back once, and kept to the rules
below by tests; nobody native has read it. Operators see so, readers are not troubled with it. Two
native readers make a language **complete**: the state is one word in `locales/languages.toml`.

| Language | State | Messages | Done | Length | Cards: how easy | Terms used | Aloud |
|---|---|--:|--:|--:|---|--:|---|
"""
FOOTER = """
**Messages** are all that a person can read in Telegram: the words of the bot and of the cards.
**Length** is that of the translation for each character of the English. **How easy** is the mean of
the cards by the formula that was measured for the language (`bot/readability.py` names the
sources), and in brackets the score from which words count as easy; where no formula was measured
there are the words a sentence has. With LIX less is easier. **Terms used**: how often a term of
`locales/glossary.csv` is called by its name where the English means it. **Aloud**: where no machine
speaks better than silence (`bot/voices/speakers.toml` says why) there is a voice once somebody
recorded one.
"""


def table(folder: Path = LOCALES) -> str:
    """The part of the page that is made."""
    languages, covered = Languages.load(folder, drafts=True), coverage(folder)
    cards = tuple(load_library(folder / "content").cards.values())
    glossary = read_glossary(folder)

    def row(language: Language) -> str:
        said = dict(_said(folder, language))
        used = "–" if language.code == SOURCE else f"{glossary.use(language.code, said).share:.0%}"
        done = [one for one in covered if one.language == language and one.domain in PEOPLES]
        ease = _ease(languages, cards, language.code)
        return _row(language, said, done, ease, used)

    shown = (one for one in read_roster(folder) if one.state in STATES)
    return HEADER + "".join(map(row, shown)) + FOOTER


def _row(
    language: Language, said: Mapping[str, str], done: Sequence[Coverage], ease: str, used: str
) -> str:
    total, right = sum(one.total for one in done), sum(one.translated for one in done)
    whole, length = "source", "1.00"
    if language.code != SOURCE:
        whole = f"{100 * right / total:.0f} %" if total else "–"
        length = f"{sum(map(len, said.values())) / (sum(map(len, said)) or 1):.2f}"
    cells = (
        f"{language.name} ({language.code})",
        WRITTEN.get(language.code, STATES[language.state]),
        str(total or len(said)),
        whole,
        length,
        ease,
        used.replace("%", " %"),
        "a machine" if language.code in read_speakers().machine else "recordings only",
    )
    return f"| {' | '.join(cells)} |\n"


def _said(folder: Path, language: Language) -> Iterable[tuple[str, str]]:
    """What a language says of each source, in the catalogs that people read."""
    for domain in PEOPLES:
        path = language.catalog(folder, domain)
        if language.code == SOURCE:
            path = folder / f"{domain}.pot"
        for message in messages(read_catalog(path)):
            if is_translated(message) or language.code == SOURCE:
                yield sources(message)[-1], forms(message)[-1]


def _ease(languages: Languages, cards: Sequence[Card], code: str) -> str:
    """The mean of the cards, by the formula there is; or how long their sentences are."""
    say = languages.words(code).plain
    told = [[say(_(one)) for one in card.told(reports=True)] for card in cards]
    scores = [one for one in (score(code, texts) for texts in told) if one is not None]
    if scores:
        found = scores[0]
        sign = "≤" if found.formula == "LIX" else "≥"
        value = mean(one.value for one in scores)
        return f"{found.formula} {value:.0f} ({sign} {found.easy})"
    lengths = [len(one.split()) for texts in told for one in texts]
    return "–" if code == "zh-Hans" else f"{mean(lengths):.0f} words a sentence"


def page(made: str, old: str) -> str:
    """The whole page: the table as it is made, and below it what was written by hand."""
    return f"{made}\n{BY_HAND}{old.partition(BY_HAND)[2]}"


if __name__ == "__main__":
    PAGE.write_text(page(table(), PAGE.read_text(encoding="utf-8")), encoding="utf-8")
