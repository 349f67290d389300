"""Speaks with a LibreTranslate server over HTTP, and believes nothing it answers.

Its API: `GET /languages`, `POST /translate` with `q`, `source` (or `auto`), `target`, `format`,
`api_key`; errors are 400, 403 (key, ban), 429 (slow down) and 500, each with `{"error": …}`, of
which nothing is kept or shown: it may hold the words. Nothing is asked twice here.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from pydantic import SecretStr
from yarl import URL

from bot.clock import Clock
from bot.meaning.translator import (
    FOUND,
    LONGEST,
    NONE,
    Meant,
    NotMeant,
    Translator,
    Why,
    is_here,
)
from bot.settings import Settings, TranslatorKind

SECONDS: Final = 12.0
CONNECT_SECONDS: Final = 3.0
AT_ONCE: Final = 2
LARGEST_BYTES: Final = 256 * 1024
MOST_LANGUAGES: Final = 500
GROWS: Final = 6
"""So many times as long as its words a translation may be, and a little."""
KNOWN_SECONDS: Final = 600.0
SURE: Final = 60.0

_THEIRS: Final[Mapping[str, tuple[str, ...]]] = {
    "zh-Hans": ("zh-Hans", "zh", "zh-CN"),
    "pt": ("pt-BR", "pb", "pt"),
    "fil": ("fil", "tl"),
}
"""What it calls a language, where that is not what we call it: the first that it knows."""
_OURS: Final[Mapping[str, str]] = {
    theirs.casefold(): ours for ours, names in _THEIRS.items() for theirs in names
}
_STATUSES: Final = {400: Why.WORDS, 401: Why.REFUSED, 403: Why.REFUSED, 429: Why.BUSY}


@dataclass(frozen=True, slots=True)
class _Known:
    """The languages of a server by our name: its own name, and what it makes of it."""

    names: Mapping[str, str]
    targets: Mapping[str, frozenset[str]]
    at: float


class LibreTranslate:
    """One server. Opens its connections itself; `close` them at the end."""

    name = "LibreTranslate"

    def __init__(
        self,
        url: str,
        key: SecretStr | None,
        clock: Clock,
        *,
        seconds: float = SECONDS,
    ) -> None:
        self._url = URL(url)
        self._key = key
        self._clock = clock
        self._seconds = seconds
        self._hands = asyncio.Semaphore(AT_ONCE)
        self._session: aiohttp.ClientSession | None = None
        self._known: _Known | None = None

    @property
    def place(self) -> str:
        """The host that words are sent to."""
        return self._url.host or ""

    @property
    def is_local(self) -> bool:
        """Whether words never leave this machine."""
        return is_here(self.place)

    async def languages(self) -> frozenset[str] | NotMeant:
        """The languages it knows, by our names; asked for again after some minutes."""
        known = await self._learn()
        return known if isinstance(known, NotMeant) else frozenset(known.names)

    async def translate(self, text: str, source: str, target: str) -> Meant | NotMeant:
        """Words in another language, where it knows both; nothing is sent where it does not."""
        if len(text) > LONGEST:
            return NotMeant(Why.LONG)
        known = await self._learn()
        if isinstance(known, NotMeant):
            return known
        if not _goes(known, source, target):
            return NotMeant(Why.LANGUAGE)
        question = {
            "q": text,
            "source": "auto" if source == FOUND else known.names[source],
            "target": known.names[target],
            "format": "text",
        }
        answer = await self._ask("POST", "translate", question)
        return answer if isinstance(answer, NotMeant) else _read(answer, text, source)

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _learn(self) -> _Known | NotMeant:
        now = self._clock.monotonic()
        if self._known is not None and now - self._known.at < KNOWN_SECONDS:
            return self._known
        answer = await self._ask("GET", "languages")
        if isinstance(answer, NotMeant):
            return answer
        known = _languages(answer, now)
        if known is None:
            return NotMeant(Why.BROKEN)
        self._known = known
        return known

    async def _ask(
        self, verb: str, name: str, question: Mapping[str, str] | None = None
    ) -> object | NotMeant:
        """Ask once; what it answers as JSON, whatever that is."""
        body = None
        if question is not None:
            key = {} if self._key is None else {"api_key": self._key.get_secret_value()}
            body = json.dumps({**question, **key}).encode()
        try:
            async with asyncio.timeout(self._seconds), self._hands:
                status, raw = await self._send(verb, name, body)
        except TimeoutError:
            return NotMeant(Why.SLOW)
        except aiohttp.ClientConnectorError:
            return NotMeant(Why.UNREACHABLE)
        except (aiohttp.ClientError, OSError, ValueError):
            return NotMeant(Why.BROKEN)
        if status != 200:
            return NotMeant(_STATUSES.get(status, Why.BROKEN))
        try:
            return json.loads(raw) if raw is not None else NotMeant(Why.BROKEN)
        except (ValueError, RecursionError):
            return NotMeant(Why.BROKEN)

    async def _send(self, verb: str, name: str, body: bytes | None) -> tuple[int, bytes | None]:
        """The status, and the answer; None in its place where it is larger than any can be."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=AT_ONCE),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
                trust_env=False,  # a proxy of the environment would see the words
            )
        async with self._session.request(
            verb,
            self._url / name,
            data=body,
            headers={"Content-Type": "application/json"} if body else {},
            allow_redirects=False,  # words go to the place people were told of, and nowhere else
        ) as response:
            raw = b""
            async for piece in response.content.iter_chunked(1 << 14):
                raw += piece
                if len(raw) > LARGEST_BYTES:
                    return response.status, None
            return response.status, raw


def _goes(known: _Known, source: str, target: str) -> bool:
    """Whether it translates from one of our languages into another."""
    if target not in known.names:
        return False
    return source == FOUND or target in known.targets.get(source, frozenset())


def _languages(answer: object, now: float) -> _Known | None:
    """What it says of its languages; None where that is no such list."""
    if not isinstance(answer, list) or len(answer) > MOST_LANGUAGES:
        return None
    names: dict[str, str] = {}
    targets: dict[str, frozenset[str]] = {}
    for one in answer:
        code = one.get("code") if isinstance(one, dict) else None
        if not isinstance(code, str) or not 1 < len(code) < 20:
            return None
        ours = _ours(code)
        if ours in names and not _is_better(ours, code, names[ours]):
            continue
        others = one.get("targets")
        reached = others if isinstance(others, list) else []
        names[ours] = code
        targets[ours] = frozenset(_ours(into) for into in reached if isinstance(into, str))
    return _Known(names, targets, now)


def _ours(theirs: str) -> str:
    return _OURS.get(theirs.casefold(), theirs)


def _is_better(ours: str, theirs: str, than: str) -> bool:
    """Whether it has two of what is one language for us, and the second comes first with us."""
    order = [one.casefold() for one in _THEIRS.get(ours, ())]
    if theirs.casefold() not in order or than.casefold() not in order:
        return False
    return order.index(theirs.casefold()) < order.index(than.casefold())


def _read(answer: Any, text: str, source: str) -> Meant | NotMeant:
    """A translation, where the answer is one; a machine that repeats itself says nothing."""
    words = answer.get("translatedText") if isinstance(answer, dict) else None
    if not isinstance(words, str) or len(words) > GROWS * len(text) + 200:
        return NotMeant(Why.BROKEN)
    if not words.strip() or (_has_letters(text) and not _has_letters(words)):
        return NotMeant(Why.BROKEN)
    if source != FOUND:
        return Meant(words, source)
    found = answer.get("detectedLanguage")
    if not isinstance(found, dict) or not isinstance(found.get("language"), str):
        return Meant(words, FOUND, sure=False)
    confidence = found.get("confidence")
    sure = isinstance(confidence, int | float) and confidence >= SURE
    return Meant(words, _ours(found["language"]), sure=sure)


def _has_letters(text: str) -> bool:
    return any(one.isalpha() for one in text)


def open_translator(settings: Settings, clock: Clock) -> Translator:
    """The translator of a deployment."""
    if settings.translator is TranslatorKind.NONE or settings.translator_url is None:
        return NONE
    return LibreTranslate(settings.translator_url, settings.translator_key, clock)
