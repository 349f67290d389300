"""Reads what people call things when they look for them, and refuses a file that is wrong.

`locales/search/<language>.toml` has a line for a card: `"work.payslip" = ["pay slip", "cedolino"]`.
`common.toml` has by language the words that say nothing of what is looked for (`small`) and those
that only greet (`hello`), and which terms of the `glossary` are words for which cards.
"""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.content import ContentError
from bot.frontmatter import Problems
from flows.folding import tokens

COMMON = "common"
GLOSSARY = "glossary.csv"
SECTIONS = ("small", "hello", "glossary")
LONGEST = 80

Called = dict[str, dict[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class SearchWords:
    """What people call things, by language and id; and what of their words is passed over."""

    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    small: Mapping[str, frozenset[str]] = field(default_factory=dict)
    hellos: frozenset[str] = frozenset()

    def of(self, code: str, id_: str) -> tuple[str, ...]:
        """What people call a thing in a language."""
        return self.words.get(code, {}).get(id_, ())


NO_WORDS = SearchWords()


def read_search_words(folder: Path, known: Collection[str], codes: Collection[str]) -> SearchWords:
    """Read every file of the folder. A language without a file has no words of its own.

    Raises:
        ContentError: a file is wrong, or names what is not there; nothing was loaded.
    """
    problems = Problems()
    called: Called = defaultdict(dict)
    small: dict[str, frozenset[str]] = {}
    hellos: frozenset[str] = frozenset()
    for path in sorted(folder.glob("*.toml")):
        lines = _Lines(path, problems)
        if path.stem == COMMON:
            tables = {name: lines.table(name) for name in SECTIONS}
            lines.refuse_others(SECTIONS)
            small = {code: _folded(some) for code, some in lines.lists(tables["small"])}
            greetings = [some for _, some in lines.lists(tables["hello"])]
            hellos = frozenset().union(*map(_folded, greetings))
            terms = _glossary(folder.parent / GLOSSARY)
            _add_terms(called, lines, tables["glossary"], terms, known)
        elif path.stem in codes:
            for id_, some in lines.lists(lines.read, known):
                kept = tuple(word for word in some if lines.is_word(id_, word))
                called[path.stem][id_] = (*called[path.stem].get(id_, ()), *kept)
        else:
            problems.add(path, 1, f"`{path.stem}` is no language of languages.toml")
    if problems.found:
        raise ContentError("\n".join(["The search words have problems:", *problems.found]))
    return SearchWords(called, small, hellos)


def _folded(words: Collection[str]) -> frozenset[str]:
    return frozenset(token for some in words for token in tokens(some))


def _glossary(path: Path) -> dict[str, dict[str, tuple[str, ...]]]:
    """The terms of the glossary: key, language, and each way in which the term is said."""
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: {code: _ways(cell) for code, cell in row.items() if code != "key" and cell}
            for row in csv.DictReader(file)
        }


def _ways(cell: str) -> tuple[str, ...]:
    """`nómina (recibo de sueldo)` is said in two ways, `pay / wage` too."""
    parts = (part.strip() for part in re.split(r"[()（）/]", cell))
    return tuple(part for part in parts if tokens(part))


def _add_terms(
    called: Called,
    lines: _Lines,
    table: Mapping[str, Any],
    terms: Mapping[str, Mapping[str, tuple[str, ...]]],
    known: Collection[str],
) -> None:
    for key, ids in lines.lists(table, terms):
        for id_ in ids:
            if id_ not in known:
                lines.wrong(key, f"`{id_}` is not known here")
                continue
            for code, ways in terms[key].items():
                called[code][id_] = (*called[code].get(id_, ()), *ways)


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

    def table(self, name: str) -> Mapping[str, Any]:
        """One section of the file; an empty one where it is not there."""
        table = self.read.get(name, {})
        if isinstance(table, dict):
            return table
        self.wrong(name, f"`{name}` is a table of lists")
        return {}

    def lists(
        self, table: Mapping[str, Any], known: Collection[str] | None = None
    ) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Every key with its words, those that may be used."""
        for key, value in table.items():
            if known is not None and key not in known:
                self.wrong(key, f"`{key}` is not known here")
            elif not isinstance(value, list) or not all(isinstance(one, str) for one in value):
                self.wrong(key, f'`{key}` is a list of words, like ["payslip", "busta paga"]')
            else:
                yield key, tuple(value)

    def refuse_others(self, names: Collection[str]) -> None:
        """Note every section that nothing reads."""
        for key in self.read:
            if key not in names:
                self.wrong(key, f"`{key}` is unknown; expected one of: {', '.join(names)}")

    def is_word(self, key: str, word: str) -> bool:
        """Whether something can be found by it; what is wrong is noted."""
        if not tokens(word):
            self.wrong(key, f"`{key}`: “{word}” has no letter")
        elif len(word) > LONGEST:
            self.wrong(key, f"`{key}`: “{word[:20]}…” is longer than {LONGEST} letters")
        return bool(tokens(word)) and len(word) <= LONGEST

    def wrong(self, key: str, words: str) -> None:
        """Note what is wrong with a key, at its line."""
        lines = self._text.split("\n")
        at = next((at for at, line in enumerate(lines, 1) if key in line.split("=")[0]), 1)
        self._problems.add(self._path, at, words)
