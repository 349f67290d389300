"""Reads what people call things when they look for them, and refuses a file that is wrong.

`locales/search/<language>.toml` has a line for a card: `"work.payslip" = ["pay slip", "cedolino"]`.
`common.toml` has what is the same for all: words that say nothing of what is looked for (`small`)
and words that only greet (`hello`), by language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content import ContentError
from bot.frontmatter import Problems
from flows.folding import tokens

COMMON = "common"
SECTIONS = ("small", "hello")
LONGEST = 80


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What people call things, by language and id; and what of their words is passed over."""

    words: Mapping[str, Mapping[str, tuple[str, ...]]]
    small: frozenset[str] = frozenset()
    hellos: tuple[str, ...] = ()


NO_WORDS = SearchWords({})


def read_search_words(folder: Path, known: Collection[str], codes: Collection[str]) -> SearchWords:
    """Read every file of the folder. A language without a file has no words of its own.

    Raises:
        ContentError: a file is wrong, or names what is not there; nothing was loaded.
    """
    problems = Problems()
    words: dict[str, Mapping[str, tuple[str, ...]]] = {}
    small: list[str] = []
    hellos: list[str] = []
    for path in sorted(folder.glob("*.toml")):
        lines = _Lines(path, problems)
        if path.stem == COMMON:
            small += _section(lines, "small", codes)
            hellos += _section(lines, "hello", codes)
            lines.refuse_others(SECTIONS)
        elif path.stem in codes:
            words[path.stem] = dict(lines.called(lines.read, known))
        else:
            problems.add(path, 1, f"`{path.stem}` is no language of languages.toml")
    if problems.found:
        raise ContentError("\n".join(["The search words have problems:", *problems.found]))
    return SearchWords(words, frozenset(one for word in small for one in tokens(word)), (*hellos,))


def _section(lines: _Lines, name: str, codes: Collection[str]) -> list[str]:
    table = lines.read.get(name, {})
    if not isinstance(table, dict):
        lines.wrong(name, f"`{name}` is a table with a list of words for each language")
        return []
    return [word for _, some in lines.called(table, codes) for word in some]


class _Lines:
    """One file, and where in it something is."""

    def __init__(self, path: Path, problems: Problems) -> None:
        self._path = path
        self._problems = problems
        self._text = path.read_text(encoding="utf-8")
        self.read: dict[str, Any] = {}
        try:
            self.read = tomllib.loads(self._text)
        except tomllib.TOMLDecodeError as error:
            found = re.search(r"line (\d+)", str(error))
            problems.add(path, int(found[1]) if found else 1, f"cannot be read: {error}")

    def called(
        self, table: Mapping[str, Any], known: Collection[str]
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every key with its words, those that may be used."""
        for key, value in table.items():
            if key not in known:
                self.wrong(key, f"`{key}` is not known here")
            elif not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                self.wrong(key, f'`{key}` is a list of words, like ["payslip", "busta paga"]')
            else:
                yield key, tuple(one for one in value if self._is_word(key, one))

    def refuse_others(self, names: Collection[str]) -> None:
        for key in self.read:
            if key not in names:
                self.wrong(key, f"`{key}` is unknown; expected one of: {', '.join(names)}")

    def wrong(self, key: str, words: str) -> None:
        lines = self._text.split("\n")
        at = next((at for at, line in enumerate(lines, 1) if key in line.split("=")[0]), 1)
        self._problems.add(self._path, at, words)

    def _is_word(self, key: str, word: str) -> bool:
        if not tokens(word):
            self.wrong(key, f"`{key}`: “{word}” has no letter")
        elif len(word) > LONGEST:
            self.wrong(key, f"`{key}`: “{word[:20]}…” is longer than {LONGEST} letters")
        return bool(tokens(word)) and len(word) <= LONGEST
