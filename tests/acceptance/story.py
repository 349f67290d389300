"""Plays a conversation over a phone; the whole chat must read as it is written, to the letter.

    USER  /start                 what the person does: words, `[a button]`, `(photo)`
    TIME  11 minutes             time passes, and the house does its work
    BOT   👋 Welcome             a new message, with its buttons below
          [➡️ Next]
    SOFT  📚 Courses             a new message that makes no sound
    EDIT  🔐 Who reads this?     a message that is there already, changed in place
    POP   This button is old.    a short word over the chat
    GONE  USER /start            a message that is not there any more: its first words

A message that is missing or too many, a button, a word: everything shows. A line `…` within a
message stands for lines that are another test's to read: the sentences of a card.
"""

from __future__ import annotations

import json
import re
import textwrap
from datetime import timedelta

from bot.local.state import Message
from bot.local.transcript import words
from tests.acceptance.town import Person

_INDENT = " " * 6
_SENT = {"(photo)": "photo", "(voice)": "voice", "(file)": "document", "(place)": "location"}
_TIME = re.compile(r"(\d+) (minute|hour)s?")
_Shown = dict[int, tuple[str, Message]]


class Story:
    """One person's chat, as it changes with everything they do."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self._before: _Shown = {}
        self._popups = 0

    def begins_here(self) -> None:
        """Take the chat as it is for granted."""
        self._changes()

    async def reads(self, written: str) -> None:
        """Play the person's lines; what is read then must be what is written."""
        wanted = [line.rstrip() for line in textwrap.dedent(written).strip("\n").splitlines()]
        told: list[str] = []
        while len(told) < len(wanted):
            deed, *expected = _scene(wanted[len(told) :])
            assert deed.startswith(("USER", "TIME"))
            changes = await self.tell(deed[:4], deed[6:])
            told += [deed, *(expected if _agree(expected, changes) else changes)]
            assert told == wanted[: len(told)], "\n".join(told)

    async def tell(self, kind: str, deed: str) -> list[str]:
        """Do something; give what changed in the chat."""
        person = self.person
        if kind == "TIME":
            found = _TIME.fullmatch(deed)
            assert found is not None
            await person.town.passes(timedelta(**{f"{found[2]}s": int(found[1])}))
        elif deed.startswith("["):
            await person.taps(deed[1:-1])
        elif deed in _SENT:
            await person.sends(**{_SENT[deed]: {}})
        else:
            await person.sends(deed)
        return self._changes()

    def _changes(self) -> list[str]:
        person, before = self.person, self._before
        now = {one.id: (json.dumps(one.body, sort_keys=True), one) for one in person.messages}
        popups = person.popups
        lines = [line for text in popups[self._popups :] for line in _block("POP", text)]
        for number, (_body, message) in before.items():
            if number not in now:
                lines.append(_gone(message))
        for number, (body, message) in now.items():
            if number in before and before[number][0] != body:
                lines += _said("EDIT", message)
        for number, (_body, message) in now.items():
            if number not in before and message.mine:
                lines += _said("SOFT" if message.silent else "BOT", message)
            elif number not in before and number < max(before, default=0):
                lines += _said("ODD", message)
        self._before, self._popups = now, len(popups)
        return lines


def _scene(lines: list[str]) -> list[str]:
    """A deed and what is to be read after it."""
    ends = (at for at, line in enumerate(lines) if at and line.startswith(("USER", "TIME")))
    return lines[: next(ends, len(lines))]


def _agree(expected: list[str], changes: list[str]) -> bool:
    """Whether lines are as expected, with anything at all of the same message where `…` stands."""
    if not expected:
        return not changes
    first, *rest = expected
    if first.strip() != "…":
        return bool(changes) and first == changes[0] and _agree(rest, changes[1:])
    inside = bool(changes) and (not changes[0] or changes[0].startswith(_INDENT))
    return _agree(rest, changes) or (inside and _agree(expected, changes[1:]))


def _gone(message: Message) -> str:
    first = words(message.body).split("\n")[0]
    return f"GONE  {'BOT' if message.mine else 'USER'} {first}"


def _said(kind: str, message: Message) -> list[str]:
    rows = message.body.get("reply_markup", {}).get("inline_keyboard", ())
    buttons = (" ".join(f"[{button['text']}]" for button in row) for row in rows)
    return [*_block(kind, words(message.body)), *(_INDENT + row for row in buttons)]


def _block(kind: str, text: str) -> list[str]:
    first, *rest = text.split("\n")
    return [f"{kind:<6}{first}".rstrip(), *((_INDENT + line).rstrip() for line in rest)]
