"""Pages made of parts: under each heading sentences, and lines that say what they are about."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from bot.content_rules import check_sentence, mark_in
from bot.frontmatter import Page, Problems

HEADING = "# "
ACTION = ">"
LONGEST_TITLE = 36
"""On a button, behind the number of the part."""

LONGEST_LINE = 120

_KEYED = re.compile(r"([a-z]+): +(.+)")


@dataclass(slots=True)
class Section:
    """One part of a page: its heading, its sentences, the one thing to do, its other lines."""

    title: str
    line: int
    sentences: list[str] = field(default_factory=list)
    action: str = ""
    values: dict[str, list[str]] = field(default_factory=dict)

    def value(self, key: str) -> str:
        """What a line that may stand here once says, or nothing."""
        return next(iter(self.values.get(key, ())), "")

    def list(self, key: str) -> tuple[str, ...]:
        """What all lines of a key say."""
        return tuple(self.values.get(key, ()))


def keyed(line: str) -> tuple[str, str] | None:
    """Key and words of a line like `place: The town hall`; None where it is a sentence."""
    found = _KEYED.fullmatch(line)
    return None if found is None else (found[1], found[2].strip())


def read_sections(
    page: Page, problems: Problems, *, once: Collection[str], often: Collection[str] = ()
) -> tuple[Section, list[Section]]:
    """What stands above the first heading, and every part; `once` and `often` are the keys."""
    above = Section("", page.line_of("id"))
    parts: list[Section] = []
    for at, line in page.body:
        here = parts[-1] if parts else above
        if line.startswith(HEADING):
            parts.append(Section(line.removeprefix(HEADING).strip(), at))
            _check_title(page, parts[-1], problems)
        elif line.startswith(ACTION):
            words = line.removeprefix(ACTION).strip()
            if here.action or here is above:
                problems.add(page.path, at, "one line with `>` in every part, and none above")
            here.action = words
            check_sentence(page.path, at, words, problems, several=True)
        elif (pair := keyed(line)) is not None:
            for wrong in _wrong_value(here, *pair, once=once, often=often):
                problems.add(page.path, at, wrong)
            here.values.setdefault(pair[0], []).append(pair[1])
        else:
            check_sentence(page.path, at, line, problems, several=False)
            here.sentences.append(line)
    return above, parts


def _check_title(page: Page, part: Section, problems: Problems) -> None:
    if len(part.title) > LONGEST_TITLE:
        wrong = f"{len(part.title)} characters; a button holds {LONGEST_TITLE}"
        problems.add(page.path, part.line, wrong)
    if mark := mark_in(part.title):
        problems.add(page.path, part.line, f"“{mark}” is not for people to read")


def _wrong_value(
    part: Section, key: str, words: str, *, once: Collection[str], often: Collection[str]
) -> Iterator[str]:
    if key not in once and key not in often:
        yield f"unknown line `{key}:`; expected one of: {', '.join((*once, *often))}"
    if key in once and key in part.values:
        yield f"`{key}:` is here twice; expected it once"
    if words in part.values.get(key, ()):
        yield f"“{words}” is here twice"
    if len(words) > LONGEST_LINE:
        yield f"{len(words)} characters; expected {LONGEST_LINE} at most"
    if mark := mark_in(words):
        yield f"“{mark}” is not for people to read"
