"""A card, a number or the words of a screen as the phone shows them, said by the real renderer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.content_extract import SHORT
from bot.showing import CHANGED
from bot.wording.book import Entry
from bot.words import Words
from flows.steps import Style
from flows.text import Text

_STYLES = {"title": Style.TITLE, "name": Style.TITLE, "what to do now": Style.ACTION}
_ACTION = "👉 {action}"


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone: its language, its lines with their style, and its buttons."""

    code: str
    direction: str
    lines: tuple[tuple[str, str], ...]
    buttons: tuple[str, ...]
    notice: str = ""


def phone(words: Words, subject: str, entries: Iterable[Entry]) -> Phone:
    """What somebody reads who reads a language: also where another stands in for it."""
    lines: list[tuple[str, str]] = []
    buttons: list[str] = []
    is_stale = False
    for entry in entries:
        part, text = entry.part(subject), _shown(entry)
        is_stale = is_stale or words.is_stale(text)
        style = _style(part)
        if style is Style.BODY and entry.is_button and not part:
            buttons.append(words.plain(text))
            continue
        if style is Style.ACTION:
            text = Text(_ACTION, (("action", text),))
        lines.append((style.value, words.plain(text)))
    notice = words.plain(CHANGED) if is_stale else ""
    return Phone(words.code, words.direction, tuple(lines), tuple(buttons), notice)


def _style(part: str) -> Style:
    if SHORT.removeprefix(": ") == part:
        return Style.HEADING
    return _STYLES.get(part.rpartition(": ")[2], Style.BODY)


def _shown(entry: Entry) -> Text:
    """A message with its placeholders left as they are; what is counted as two of them."""
    if entry.is_plural:
        params = (("count", 2),)
        return Text(entry.sources[0], params, entry.sources[1], 2, entry.context)
    return Text(entry.sources[0], context=entry.context)
