"""Which groups Antenna stays in: those that were bound with a word, and no other.

In a group that is not ours nothing is read but `/connect` with its word.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.group import words
from bot.languages import Languages
from bot.telegram.incoming import GROUPS as GROUPS
from bot.telegram.incoming import Command, Incoming, Membership, Moved, Sender
from flows.effects import Effect, Json
from flows.text import Text
from storage import group as kept
from storage.group import Bond, Group
from storage.outbox import Lane, Outgoing
from storage.unit import Unit
from storage.vault import Vault

LANGUAGE = "it"
AWAY = frozenset({"kicked", "left"})
CONNECT = "connect"
NOTHING: Mapping[Effect[object], Json] = {}

MOVING = timedelta(minutes=2)
"""A supergroup nobody announced may be ours on its way to its new id: so long it is waited for."""


class Staff(Protocol):
    """What operators do in a group of ours."""

    def take(
        self,
        unit: Unit,
        update: Incoming,
        group: Group,
        now: datetime,
        ready: Mapping[Effect[object], Json],
    ) -> str:
        """Take what somebody did there; a word of `Taken`. `ready`: what was slow and is done."""


class _Nobody:
    """No operator talks with anybody: nothing that is written in a group is read."""

    def take(
        self,
        unit: Unit,
        update: Incoming,
        group: Group,
        now: datetime,
        ready: Mapping[Effect[object], Json],
    ) -> str:
        return "ignored"


NOBODY: Staff = _Nobody()


@dataclass(frozen=True, slots=True)
class Door:
    """What is done with an update that comes from a group; the answer is a word of `Taken`."""

    vault: Vault
    languages: Languages
    staff: Staff = NOBODY

    def take(
        self,
        unit: Unit,
        update: Incoming,
        now: datetime,
        ready: Mapping[Effect[object], Json] = NOTHING,
    ) -> str:
        """Stay or leave, bind, follow a move; in a group of ours, what operators do there."""
        content, chat = update.content, update.chat_id
        if chat is None:
            return "ignored"
        group = self._ours(unit, chat)
        if isinstance(content, Membership):
            return self._member(unit, chat, group, content, now)
        if isinstance(content, Moved):
            kept.move_group(unit.direct(), self.vault, chat, content.to)
            return "member"
        if isinstance(content, Command) and content.name == CONNECT:
            return self._connect(unit, update, chat, content.payload, now)
        if group is not None:
            return self.staff.take(unit, update, group, now, ready)
        if update.sender is Sender.PERSON:
            return self._leave_strangers(unit, chat, now)
        return "ignored"

    def _ours(self, unit: Unit, chat: int) -> Group | None:
        return kept.group_of_chat(unit.reading(), self.vault, chat)

    def _member(
        self, unit: Unit, chat: int, group: Group | None, content: Membership, now: datetime
    ) -> str:
        """Somebody brought the bot into a group, changed its rights, or threw it out."""
        present = content.status not in AWAY
        if group is not None:
            gone = None if present else group.gone or now
            known = replace(group, status=content.status, checked=not present, gone=gone)
            kept.keep_group(unit.direct(), self.vault, known)
            return "member"
        return self._leave_strangers(unit, chat, now) if present else "member"

    def _leave_strangers(self, unit: Unit, chat: int, now: datetime) -> str:
        """A group that is not ours is left, unless it may be about to become ours."""
        groups = kept.all_groups(unit.reading(), self.vault)
        if any(one.chat == chat for one in groups) or chat in kept.guests(unit, self.vault):
            return "ignored"
        if kept.is_word_out(unit, now):
            minutes = timedelta(minutes=kept.WORD_MINUTES)
            kept.add_guest(unit, self.vault, chat, now + minutes)
            return "member"
        if chat <= kept.SUPER and any(not one.is_super for one in groups):
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
        bond = kept.take_word(unit, word, now)
        if bond is None:
            self._say(unit, chat, words.WRONG_WORD)
            return "answered"
        self._bind(unit, chat, bond, now)
        talks = [words.TALKS] if kept.needs_topics(unit.direct()) else []
        self._say(unit, chat, words.CONNECTED, *talks)
        return "answered"

    def _bind(self, unit: Unit, chat: int, bond: Bond, now: datetime) -> None:
        """This is the group of an office, a territory, or everybody; the one before it is left."""
        connection, vault = unit.direct(), self.vault
        before = kept.group_of_bond(connection, vault, bond)
        group = kept.group_of_chat(connection, vault, chat)
        if before is not None and before.chat != chat:
            self._say(unit, before.chat, words.DISCONNECTED)
            kept.part(unit, before.chat, kept.forget_group(connection, before.id, now))
        if group is None:
            kept.add_group(connection, vault, chat, now, bond)
        else:  # what it shows stays there
            known = replace(group, office=bond.office, territory=bond.territory, checked=False)
            kept.keep_group(connection, vault, replace(known, gone=None))
        kept.drop_guest(unit, vault, chat)

    def _say(self, unit: Unit, chat: int, *lines: Text) -> None:
        unit.send(Outgoing("sendMessage", said(self.languages, chat, [*lines]), Lane.ALERT))


def said(languages: Languages, chat: int, lines: list[Text]) -> dict[str, object]:
    """A message for the operators' group, in Italian."""
    speech = languages.words(LANGUAGE)
    text = "\n".join(speech.html(line) for line in lines)
    return {"chat_id": chat, **body_of(text)}


def body_of(html: str) -> dict[str, Any]:
    """What every message in a group says of its words."""
    return {"text": html, "parse_mode": "HTML", "link_preview_options": {"is_disabled": True}}
