"""Which groups Antenna stays in: the one that was bound with a word, and no other.

Nothing that is written in a group is read but `/connect` with its word.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.group import words
from bot.languages import Languages
from bot.telegram.incoming import GROUPS as GROUPS
from bot.telegram.incoming import Command, Incoming, Membership, Moved, Sender
from flows.text import Text
from storage import group as kept
from storage.group import Group
from storage.outbox import Lane, Outgoing
from storage.unit import Unit
from storage.vault import Vault

LANGUAGE = "it"
AWAY = frozenset({"kicked", "left"})
CONNECT = "connect"

MOVING = timedelta(minutes=2)
"""A supergroup nobody announced may be ours on its way to its new id: so long it is waited for."""


@dataclass(frozen=True, slots=True)
class Door:
    """What is done with an update that comes from a group; the answer is a word of `Taken`."""

    vault: Vault
    languages: Languages

    def take(self, unit: Unit, update: Incoming, now: datetime) -> str:
        """Stay or leave, bind, follow a move; everything else is left alone."""
        content = update.content
        if update.chat_id is None:
            return "ignored"
        if isinstance(content, Membership):
            return self._member(unit, update.chat_id, content, now)
        if isinstance(content, Moved):
            kept.move_group(unit, self.vault, update.chat_id, content.to)
            return "member"
        if isinstance(content, Command) and content.name == CONNECT:
            return self._connect(unit, update, update.chat_id, content.payload, now)
        if update.sender is Sender.PERSON:
            return self._leave_strangers(unit, update.chat_id, now)
        return "ignored"

    def _member(self, unit: Unit, chat: int, content: Membership, now: datetime) -> str:
        """Somebody brought the bot into a group, changed its rights, or threw it out."""
        group = kept.find_group(unit, self.vault)
        present = content.status not in AWAY
        if group is not None and group.chat == chat:
            gone = None if present else group.gone or now
            known = replace(group, status=content.status, checked=not present, gone=gone)
            kept.keep_group(unit, self.vault, known)
            return "member"
        return self._leave_strangers(unit, chat, now) if present else "member"

    def _leave_strangers(self, unit: Unit, chat: int, now: datetime) -> str:
        group = kept.find_group(unit, self.vault)
        if (group is not None and group.chat == chat) or chat in kept.guests(unit, self.vault):
            return "ignored"
        if kept.is_word_out(unit, now):
            minutes = timedelta(minutes=kept.WORD_MINUTES)
            kept.add_guest(unit, self.vault, chat, now + minutes)
            return "member"
        if group is not None and not group.is_super and chat <= kept.SUPER:
            kept.add_guest(unit, self.vault, chat, now + MOVING)
            return "member"
        unit.send(Outgoing("leaveChat", {"chat_id": chat}))
        return "left"

    def _connect(self, unit: Unit, update: Incoming, chat: int, word: str, now: datetime) -> str:
        if not kept.is_word_out(unit, now):
            return self._leave_strangers(unit, chat, now)
        if update.sender is not Sender.PERSON:
            self._say(unit, chat, words.AS_YOURSELF)
            return "answered"
        if not kept.take_word(unit, word, now):
            self._say(unit, chat, words.WRONG_WORD)
            return "answered"
        before = kept.find_group(unit, self.vault)
        if before is not None and before.chat != chat:
            self._say(unit, before.chat, words.DISCONNECTED)
            unit.send(Outgoing("leaveChat", {"chat_id": before.chat}, Lane.ALERT))
        kept.forget_group(unit)
        kept.keep_group(unit, self.vault, Group(chat, now))
        kept.drop_guest(unit, self.vault, chat)
        self._say(unit, chat, words.CONNECTED)
        return "answered"

    def _say(self, unit: Unit, chat: int, text: Text) -> None:
        unit.send(Outgoing("sendMessage", said(self.languages, chat, [text]), Lane.ALERT))


def said(languages: Languages, chat: int, lines: list[Text]) -> dict[str, object]:
    """A message for the operators' group, in Italian."""
    speech = languages.words(LANGUAGE)
    text = "\n".join(speech.html(line) for line in lines)
    return {
        "chat_id": chat,
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
