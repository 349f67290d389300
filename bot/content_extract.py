"""Finds every word of the cards that is to be translated, for the catalogs of the translators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from bot.content import AREA_FILE, NUMBERS_FOLDER
from bot.frontmatter import Problems, read_page

DOMAIN = "content"
_SHOWN = ("title", "name", "purpose", "hours", "second_way")


@dataclass(frozen=True, slots=True)
class Message:
    """Words in English, where they stand, and what they are for the one who translates them."""

    words: str
    file: str
    line: int
    comment: str


def messages(folder: Path) -> Iterator[Message]:
    """Every message of the content folder, files in the order of their names."""
    for path in sorted(folder.glob("*/*.md")):
        for line, words, comment in _find(path):
            yield Message(words, path.relative_to(folder).as_posix(), line, comment)


def extract(
    fileobj: IO[bytes],
    keywords: Mapping[str, object],
    comment_tags: object,
    options: Mapping[str, str],
) -> Iterator[tuple[int, None, str, list[str]]]:
    """The same for Babel: an extraction method, used on the Markdown files of the content."""
    for line, words, comment in _find(Path(fileobj.name)):
        yield line, None, words, [comment]


def _find(path: Path) -> Iterator[tuple[int, str, str]]:
    page = read_page(path, Problems(), required=(), optional=None)
    if page is None:
        return
    what = _what(path)
    for key, (words, line) in page.values.items():
        if key in _SHOWN and words:
            yield line, words, f"{what}: {key.replace('_', ' ')}"
    for at, (line, words) in enumerate(page.body, 1):
        if words.startswith(">"):
            yield line, words.removeprefix(">").strip(), f"{what}: what to do now"
        else:
            yield line, words, f"{what}: sentence {at}"


def _what(path: Path) -> str:
    folder = path.parent.name
    if folder == NUMBERS_FOLDER:
        return f"Number {path.stem}"
    return f"Area {folder}" if path.name == AREA_FILE else f"Card {folder}.{path.stem}"
