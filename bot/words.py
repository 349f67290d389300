"""Says a message in one person's language: translation, numbers, dates, direction, escaping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from functools import lru_cache

from babel.dates import format_date, format_datetime

from bot.catalogs import PLACEHOLDER, Catalog
from bot.hygiene import RLM, begin_rtl, clean, has_rtl, isolate, isolate_latin
from bot.roster import Language
from flows.text import Param, Text

_WESTERN = {
    zero + digit: ord("0") + digit
    for zero in (0x0660, 0x06F0, 0x0966, 0x09E6, 0x0A66)
    for digit in range(10)
}


class Dates:
    """Dates and times in a language: weekday and month in words, digits 0-9, 24 hours."""

    def __init__(self, language: Language, zone: tzinfo) -> None:
        self._language = language
        self._zone = zone
        self.day = lru_cache(maxsize=1024)(self._day)
        self.moment = lru_cache(maxsize=1024)(self._moment)

    def _day(self, value: date) -> str:
        words = format_date(value, self._language.day, locale=self._language.locale)
        return words.translate(_WESTERN)

    def _moment(self, value: datetime) -> str:
        """An aware moment is told as the clocks of the place show it, a naive one as it is."""
        if value.tzinfo is not None:
            value = value.astimezone(self._zone).replace(tzinfo=None)
        words = format_datetime(value, self._language.moment, locale=self._language.locale)
        return words.translate(_WESTERN)


@dataclass(frozen=True, slots=True)
class Voice:
    """A language that can be spoken: one link of a fallback chain."""

    language: Language
    catalog: Catalog
    dates: Dates

    @property
    def is_rtl(self) -> bool:
        """Whether it runs from right to left."""
        return self.language.direction == "rtl"


@dataclass(frozen=True, slots=True)
class _Template:
    """A message found, escaped and isolated: what stands around its parameters."""

    voice: Voice
    parts: tuple[str, ...]
    names: tuple[str, ...]


class Words:
    """Everything said to a person in one language.

    The first voice is the language itself; the last is the source and says everything.
    """

    def __init__(self, voices: Sequence[Voice], others: Mapping[str, Words]) -> None:
        self._others = others
        self.code = voices[0].language.code
        self.direction = voices[0].language.direction
        self.speak(voices)

    def speak(self, voices: Sequence[Voice]) -> None:
        """Say everything as these voices do from now on; a turn under way says it as either.

        The voices change before what was kept of them: what is found too late with the old ones is
        kept where nobody looks any more.
        """
        self._voices = tuple(voices)
        self._own = voices[0]
        self._template = lru_cache(maxsize=4096)(self._make_template)
        # Buttons carry the house's words, never a person's, so they may be kept; nine a screen.
        self.label = lru_cache(maxsize=2048)(self.plain)

    def plain(self, text: Text) -> str:
        """The text without any markup: for a button, a pop-up, a notification."""
        return self._render(text, False)

    def html(self, text: Text) -> str:
        """The text for a message in Telegram's HTML: `<`, `>` and `&` are escaped."""
        return self._render(text, True)

    def has(self, text: Text) -> bool:
        """Whether this language itself says the text, and every text in it."""
        if text.language is not None and text.language != self.code:
            other = self._others.get(text.language)
            return other is not None and other.has(text)
        inner = (value for _, value in text.params if isinstance(value, Text))
        return (text.literal or self._says(self._own, text)) and all(map(self.has, inner))

    def is_stale(self, text: Text) -> bool:
        """Whether this language said the text, or one in it, until its meaning was changed."""
        if text.language is not None and text.language != self.code:
            other = self._others.get(text.language)
            return other is not None and other.is_stale(text)
        stale = self._own.catalog.stale
        if not stale:
            return False
        inner = (value for _, value in text.params if isinstance(value, Text))
        is_own = not text.literal and (text.context, text.source) in stale
        return is_own or any(map(self.is_stale, inner))

    def language_of(self, text: Text) -> str:
        """The language in which a text is said here, or most of it: for a voice that reads it."""
        if text.language is not None and text.language != self.code:
            other = self._others.get(text.language)
            if other is not None:
                return other.language_of(text)
        inner = [value for _, value in text.params if isinstance(value, Text) and not value.literal]
        for value in inner:
            language = self.language_of(value)
            if language != self.code:
                return language
        if text.literal:
            return self.code
        voice, _words = self._find(text.source, text.context, text.plural, text.count)
        return voice.language.code

    def _says(self, voice: Voice, text: Text) -> bool:
        key = (text.context, text.source)
        is_source = voice is self._voices[-1] and key not in voice.catalog.leads
        return is_source or key in voice.catalog.entries

    def _render(self, text: Text, escaped: bool) -> str:
        if text.language is not None and text.language != self.code:
            other = self._others.get(text.language)
            if other is not None:
                return other._render(text, escaped)
        if text.literal and not text.params:
            words = _escape(clean(text.source), escaped)
            return begin_rtl(isolate(words)) if self._own.is_rtl else words
        found = self._template(
            text.source, text.context, text.plural, text.count, text.literal, escaped
        )
        if not found.names:
            return found.parts[0]
        values = dict(text.params)
        said = [found.parts[0]]
        for name, part in zip(found.names, found.parts[1:], strict=True):
            value = values.get(name, f"{{{name}}}")
            said.append(self._value(value, found.voice, escaped))
            said.append(part)
        return "".join(said)

    def _value(self, value: Param, voice: Voice, escaped: bool) -> str:
        """A parameter, fit to stand in the middle of a sentence of that voice."""
        if isinstance(value, Text) and (value.params or not value.literal):
            words = self._render(value, escaped)
            if RLM in words:
                words = "\n".join(line.removeprefix(RLM) for line in words.split("\n"))
                # Without a letter of its own ("{phone} · {name}") it would be read left to right.
                words = RLM + words if value.params else words
        else:
            words = _escape(_spoken(value, voice.dates), escaped)
        if voice.is_rtl:
            return isolate(words).replace("\n", f"\n{RLM}")
        return isolate(words) if has_rtl(words) else words

    def _make_template(
        self,
        source: str,
        context: str | None,
        plural: str | None,
        count: int | None,
        literal: bool,
        escaped: bool,
    ) -> _Template:
        """Find a message along the chain and prepare it once."""
        voice, words = self._own, source
        if not literal:
            voice, words = self._find(source, context, plural, count)
        if voice.is_rtl:
            words = begin_rtl(words)
        pieces = PLACEHOLDER.split(words)
        parts = pieces[::2]
        if voice.is_rtl:
            parts = [isolate_latin(part) for part in parts]
        return _Template(
            voice, tuple(_escape(part, escaped) for part in parts), tuple(pieces[1::2])
        )

    def _find(
        self, source: str, context: str | None, plural: str | None, count: int | None
    ) -> tuple[Voice, str]:
        """The first voice that says a message, and its words; the source when no other does."""
        number, key = count if plural is not None else None, (context, source)
        for voice in self._voices:
            words = voice.catalog.find(key, number)
            if words is not None:
                return voice, words
        leader = self._others.get(self._voices[-1].catalog.leads.get(key, ""))
        if leader is not None and (words := leader._own.catalog.find(key, number)) is not None:
            return leader._own, words
        is_plural = plural is not None and count is not None and abs(count) != 1
        return self._voices[-1], plural if is_plural and plural is not None else source


def _spoken(value: Param, dates: Dates) -> str:
    """A value that needs no translation, in words."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Text):
        return clean(value.source)
    if isinstance(value, datetime):
        return dates.moment(value)
    if isinstance(value, date):
        return dates.day(value)
    if isinstance(value, time):
        return f"{value.hour:02}:{value.minute:02}"
    return str(value)


def _escape(words: str, escaped: bool) -> str:
    if not escaped:
        return words
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
