"""The laws every screen keeps, whatever flow drew it and in whatever language it is said."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest

from flows.conversation import Command, Conversation, Heard, Tap, receive
from flows.directory import Flows
from flows.record import dump, load
from flows.screen import Screen
from flows.steps import MAX_BUTTONS, Style
from flows.text import Text
from tests.chat import FakeWorld

Say = Callable[[Text], str]

# That every branch is taken is proved by the tests that name it: laws are not traced.
LAW = pytest.mark.law

MAX_TEXT_UNITS = 4096
MAX_POP_UNITS = 200
MAX_DATA_BYTES = 64
MAX_STORED_BYTES = 16_000
SENTENCES = 3
CARD_SENTENCES = 6
# Pages that are lists by nature: the greetings, the promise (also above the ways of privacy), what
# is kept, the numbers to call (also where the check finds something serious).
LISTS = {"language", "promise", "way", "next", "numbers", "read"}
LISTS |= {"level.2", "level.3", "level.3-now"}
LISTS |= {"who", "summary"}  # every office that reads; every answer that was given
LISTS |= {"plan"}  # every step
SENTENCE_END = re.compile(r"[.!?。؟।](?=\s|$)")


def units(words: str) -> int:
    """The length as Telegram counts it."""
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def visible(words: str) -> int:
    """How many characters of it are seen: what keeps directions apart takes no room."""
    return sum(unicodedata.category(one) not in ("Cf", "Mn", "Me") for one in words)


def sentences(screen: Screen, say: Say) -> int:
    """How many sentences somebody reads before the buttons; neither titles nor notes nor rows."""
    told = [(line.style, SENTENCE_END.findall(say(line.text))) for line in screen.lines]
    body = sum(max(1, len(ends)) for style, ends in told if style is Style.BODY)
    return body + sum(len(ends) for style, ends in told if style is Style.PART)


def broken(screen: Screen, asked: str, say: Say, *, translated: bool = False) -> list[str]:
    """The laws a screen breaks, in words; none when all is well.

    A translation may make two plain sentences of one that its language would make long.
    """
    out = []
    buttons = (*screen.buttons, *screen.ways)
    size = units("\n\n".join(say(line.text) for line in screen.lines))
    if size > MAX_TEXT_UNITS:
        out.append(f"{asked}: {size} units of text")
    if -(-len(screen.buttons) // screen.columns) > MAX_BUTTONS:
        out.append(f"{asked}: {len(screen.buttons)} buttons in rows of {screen.columns}")
    if not buttons:
        out.append(f"{asked}: no way on")
    long = [one.data for one in buttons if len(one.data.encode()) > MAX_DATA_BYTES]
    out += [f"{asked}: button data {data!r}" for data in long]
    out += [f"{asked}: a button without a word" for one in buttons if not say(one.label).strip()]
    limit = CARD_SENTENCES if "." in asked else SENTENCES
    limit *= 2 if translated else 1
    count = sentences(screen, say)
    if asked not in LISTS and count > limit:
        out.append(f"{asked}: {count} sentences")
    return out


def stored_bytes(conversation: Conversation) -> int:
    """How much of a conversation is kept between two turns."""
    return len(json.dumps(dump(conversation), separators=(",", ":")).encode())


def distinct(pages: Iterable[tuple[str, Screen]]) -> tuple[tuple[str, Screen], ...]:
    """One of each: pages that say the same in the same way are judged once."""
    found: dict[object, tuple[str, Screen]] = {}
    for asked, page in pages:
        shown = tuple((one.label, one.weight, one.shares) for one in page.buttons + page.ways)
        key = (asked, page.lines, shown, page.columns)
        longest = max((page, found.get(key, (asked, page))[1]), key=_data_bytes)
        found[key] = (asked, longest)
    return tuple(found.values())


def _data_bytes(screen: Screen) -> int:
    return max((len(one.data) for one in screen.buttons + screen.ways), default=0)


def bare(screen: Screen) -> object:
    """A screen without the session and the turn in its buttons."""
    buttons = [(one.label, one.data.split(":", 2)[2]) for one in (*screen.buttons, *screen.ways)]
    return screen.lines, buttons, screen.sensitive


def crawl(flows: Flows, world: FakeWorld) -> Iterator[tuple[str, Screen]]:
    """Every page that taps and commands lead to, once each, with the key of its question.

    On a pad one digit stands for the others: the keys pressed are the first and the last three.
    """
    seen = set()
    waiting: deque[tuple[Conversation, FakeWorld, Heard]] = deque(
        (Conversation(), world, Command(name)) for name in flows.commands
    )
    while waiting:
        conversation, before, heard = waiting.popleft()
        now = replace(before)
        reply = receive(flows, load(dump(conversation), flows), heard, now)
        if reply.screen is None:
            continue
        top = reply.conversation.stack[-1]
        page = (top.flow, top.asked, repr(bare(reply.screen)))
        if page in seen:
            continue
        seen.add(page)
        yield top.asked, reply.screen
        buttons = reply.screen.buttons
        for button in buttons if reply.screen.columns == 1 else (*buttons[:1], *buttons[-3:]):
            session, turn, option = button.data.split(":", 2)
            waiting.append((reply.conversation, now, Tap(session, int(turn), option)))
