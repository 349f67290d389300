"""Judges pages in every language at once: to come to a page costs more than to say it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.languages import Languages
from flows.screen import Screen
from tests.flows.laws import broken, visible
from tests.locales.factory import CODES, SOURCES

LABEL = 40


def broken_in_any(
    languages: Languages, pages: Iterable[tuple[str, Screen]], codes: Sequence[str] = CODES
) -> dict[str, list[str]]:
    """The laws that pages break, and the labels that are too long, by language."""
    every = tuple(pages)
    found = {code: broken_in(languages, every, code) for code in codes}
    return {code: faults for code, faults in found.items() if faults}


def broken_in(languages: Languages, pages: Iterable[tuple[str, Screen]], code: str) -> list[str]:
    """The laws that pages break in one language."""
    say = languages.words(code).plain
    faults: list[str] = []
    for asked, page in pages:
        faults += broken(page, asked, say, translated=code not in SOURCES)
        labels = [say(one.label) for one in page.buttons]
        faults += [f"{asked}: {one}" for one in labels if visible(one) > LABEL]
    return sorted(set(faults))
