"""Finds every word of the cards that is to be translated, for the catalogs of the translators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.catalogs import BUTTON
from bot.content import AREA_FILE, INSTEAD, NUMBERS_FOLDER
from bot.frontmatter import Page, Problems, read_page
from bot.guides import PAPERS_FOLDER, PROCEDURES_FOLDER
from bot.sections import ACTION, HEADING, LONGEST_TITLE, keyed

GUIDES = {PROCEDURES_FOLDER: "Procedure", PAPERS_FOLDER: "Paper"}
SHORT = f": a step or a number, {LONGEST_TITLE} characters at most"
_SHOWN_IN_GUIDES = {
    "place": "where",
    "cost": "what it costs",
    "wait": "how long one waits",
    "bring": "a paper to bring",
}
_SHOWN = ("title", "name", "purpose", "hours", "second_way")


@dataclass(frozen=True, slots=True)
class Message:
    """Words in English, where they stand, and what they are for the one who translates them."""

    words: str
    file: str
    line: int
    notes: tuple[str, ...]


def messages(folder: Path) -> Iterator[Message]:
    """Every message of the content folder, files in the order of their names."""
    for path in sorted(folder.glob("*/*.md")):
        for line, words, note in _find(path):
            notes = (BUTTON, note) if note.endswith((": title", SHORT)) else (note,)
            yield Message(words, path.relative_to(folder).as_posix(), line, notes)


def _find(path: Path) -> Iterator[tuple[int, str, str]]:
    page = read_page(path, Problems(), required=(), optional=None)
    if page is None:
        return
    what = _what(path)
    if path.parent.name in GUIDES:
        yield from _find_in_guide(page, what)
        return
    for key, (words, line) in page.values.items():
        if key in _SHOWN and words:
            yield line, words, f"{what}: {key.replace('_', ' ')}"
    at = 0
    for line, words in page.body:
        at += not words.startswith(INSTEAD)
        if words.startswith(INSTEAD):
            replaced = "in place of the one above, where somebody reads reports"
            yield line, words.removeprefix(INSTEAD).strip(), f"{what}: {replaced}"
        elif words.startswith(">"):
            yield line, words.removeprefix(">").strip(), f"{what}: what to do now"
        else:
            yield line, words, f"{what}: sentence {at}"


def _find_in_guide(page: Page, what: str) -> Iterator[tuple[int, str, str]]:
    """What is shown of a procedure or a paper: its title, its parts, their sentences and lines."""
    yield page.line_of("title"), page.values["title"][0], f"{what}: title"
    part, at = "above the steps", 0
    for line, words in page.body:
        pair = keyed(words)
        if words.startswith(HEADING):
            part, at = words.removeprefix(HEADING).strip(), 0
            yield line, part, f"{what}{SHORT}"
        elif words.startswith(ACTION):
            yield line, words.removeprefix(ACTION).strip(), f"{what}, {part}: what to do now"
        elif pair is None:
            at += 1
            yield line, words, f"{what}, {part}: sentence {at}"
        elif pair[0] in _SHOWN_IN_GUIDES:
            yield line, pair[1], f"{what}, {part}: {_SHOWN_IN_GUIDES[pair[0]]}"


def _what(path: Path) -> str:
    folder = path.parent.name
    if folder == NUMBERS_FOLDER:
        return f"Number {path.stem}"
    if folder in GUIDES:
        return f"{GUIDES[folder]} {path.stem}"
    return f"Area {folder}" if path.name == AREA_FILE else f"Card {folder}.{path.stem}"
