"""Words for a person, before they have a language: a message and what fills it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from typing import TypeAlias, Union

Param: TypeAlias = Union[str, int, date, time, datetime, "Text"]


@dataclass(frozen=True, slots=True)
class Text:
    """A message in the source language and its parameters; the shell renders it at the last moment.

    `language` fixes the language ("show this in Italian"); without it the person's own is used.
    `literal` words are nobody's to translate: a name, an address, what somebody wrote. They have
    placeholders only when there are parameters to fill them.
    """

    source: str
    params: tuple[tuple[str, Param], ...] = ()
    plural: str | None = None
    count: int | None = None
    context: str | None = None
    language: str | None = None
    literal: bool = False


def _(source: str, /, **params: Param) -> Text:
    """Mark words to be translated, with named placeholders."""
    return Text(source, tuple(params.items())) if params else _fixed(source)


@lru_cache(maxsize=4096)
def _fixed(source: str) -> Text:
    """Words without placeholders are the same every time: a replay makes hundreds of them."""
    return Text(source)


def ngettext(singular: str, plural: str, count: int, /, **params: Param) -> Text:
    """Mark words that depend on a number; the placeholder {count} is filled with it."""
    return Text(singular, (("count", count), *params.items()), plural=plural, count=count)


def pgettext(context: str, source: str, /, **params: Param) -> Text:
    """Mark words whose meaning the context decides (a button "Open" is not an "open" office)."""
    return Text(source, tuple(params.items()), context=context)


def verbatim(words: str) -> Text:
    """Words shown as they are in every language."""
    return Text(words, literal=True)


def pictured(icon: str, title: Text) -> Text:
    """A pictogram before words."""
    return Text("{icon} {title}", (("icon", icon), ("title", title)), literal=True)


@lru_cache(maxsize=1024)
def titled(icon: str, title: str) -> Text:
    """A pictogram before the title of a card or a shelf: made once, shown again and again."""
    return pictured(icon, _(title))


def listed(items: Iterable[Param]) -> Text:
    """Several things as one says them: 2, 7 and 10."""
    *first, last = (_bare(item) for item in items)
    if not first:
        return last
    some = first[0]
    for item in first[1:]:
        some = _("{some}, {next}", some=some, next=item)
    return _("{some} and {last}", some=some, last=last)


def _bare(item: Param) -> Text:
    return item if isinstance(item, Text) else Text("{item}", (("item", item),), literal=True)


def in_language(code: str, text: Text) -> Text:
    """The same words, always in one language: to be shown to somebody else."""
    params = tuple(
        (name, in_language(code, value) if isinstance(value, Text) else value)
        for name, value in text.params
    )
    return replace(text, language=code, params=params)
