"""What a translator is: something that may fail, and that says whether words leave the house."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol
from urllib.parse import urlsplit

from bot.settings import Settings, TranslatorKind

FOUND = ""
"""In place of the language something is written in: the translator finds it out."""

LONGEST = 3_000
"""So many letters of one text go to a translator."""


class Why(StrEnum):
    """Why there is no translation."""

    OFF = "off"
    UNREACHABLE = "unreachable"
    SLOW = "slow"
    BUSY = "busy"
    REFUSED = "refused"
    BROKEN = "broken"
    LANGUAGE = "language"
    LONG = "long"
    WORDS = "words"  # it does not take these


PASSING = frozenset({Why.UNREACHABLE, Why.SLOW, Why.BUSY, Why.REFUSED, Why.BROKEN})
"""What has nothing to do with the words: later it may go."""


@dataclass(frozen=True, slots=True)
class Meant:
    """A translation, and the language it was made from as the translator sees it.

    `sure`: whether it is sure of that language, where it was to find it out.
    """

    text: str = field(repr=False)
    source: str = ""
    sure: bool = True


@dataclass(frozen=True, slots=True)
class NotMeant:
    """There is no translation, and why."""

    why: Why


class Translator(Protocol):
    """Languages are named as in `locales/languages.toml`. Nothing is raised."""

    @property
    def name(self) -> str:
        """What operators call it."""

    @property
    def place(self) -> str:
        """The host that words are sent to; nothing where there is none."""

    @property
    def is_local(self) -> bool:
        """Whether words never leave this machine."""

    async def languages(self) -> frozenset[str] | NotMeant:
        """The languages that it translates."""

    async def translate(self, text: str, source: str, target: str) -> Meant | NotMeant:
        """Words in another language; `source` is `FOUND` where nobody knows it."""


class NoTranslator:
    """Nobody translates: the default."""

    name = "none"
    place = ""
    is_local = True

    async def languages(self) -> frozenset[str] | NotMeant:
        """None."""
        return NotMeant(Why.OFF)

    async def translate(self, text: str, source: str, target: str) -> Meant | NotMeant:
        """Nothing is sent anywhere."""
        return NotMeant(Why.OFF)


NONE: Translator = NoTranslator()


def sent_to(settings: Settings) -> str:
    """The host elsewhere to which words go; nothing where none leave this machine."""
    host = host_of(settings)
    return "" if is_here(host) else host


def host_of(settings: Settings) -> str:
    """The host of the translator; nothing where there is none."""
    if settings.translator is TranslatorKind.NONE or settings.translator_url is None:
        return ""
    return urlsplit(settings.translator_url).hostname or ""


def is_here(host: str) -> bool:
    """Whether a host is this machine: by its address alone, for a name may lead anywhere."""
    if not host:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
