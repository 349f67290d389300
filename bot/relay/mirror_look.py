"""Looks at the conversation a group is to be shown next, and notes that the showing begins."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from babel import Locale

from bot.group.door import LANGUAGE
from bot.languages import Languages
from bot.relay.mirror_calls import Board
from bot.relay.mirror_steps import Seen, Show, Step, next_step
from bot.relay.mirror_words import Facts, title_of
from flows.library import Library
from storage.desks import find_desk
from storage.group import Group, find_group, group_for
from storage.handoffs import Handoff, Line
from storage.handoffs import meanings as kept
from storage.handoffs.meanings import Meaning
from storage.handoffs.notes import find_about
from storage.handoffs.posting import find_corrected, find_shared, next_of_group
from storage.handoffs.view import (
    Kind,
    begin_post,
    find_unacknowledged,
    find_unposted,
    move_group,
)
from storage.operators import all_operators
from storage.unit import Unit
from storage.vault import Vault

GRACE = timedelta(minutes=2)
"""So long a group that is gone keeps its conversations: whoever threw the bot out by mistake takes
it back, and finds every topic as it was."""


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done next in a group; `repeated`: it may stand there already."""

    group: Group
    seen: Seen
    step: Step
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Looking:
    """What is needed to see a conversation as colleagues are told of it."""

    vault: Vault
    languages: Languages
    library: Library

    def next_work(
        self,
        unit: Unit,
        group_id: int,
        now: datetime,
        *,
        chat: int | None,
        opens: bool,
        skip: Collection[int],
        cards: dict[int, bytes],
    ) -> Group | Work | None:
        """What is done next in a group: the group alone where nothing is, None where it is gone.

        Where the group has another chat than it had (`chat`), its topics have stayed behind.
        """
        group = find_group(unit.reading(), self.vault, group_id)
        if group is None:
            return None
        if chat is not None and chat != group.chat:
            move_group(unit.direct(), group_id, group_id, now)
        handoff = next_of_group(unit.reading(), group_id, opens=opens, skip=skip)
        if handoff is None:
            return group
        seen = self._see(unit, group, handoff, now, cards.get(handoff.id))
        step = next_step(seen)
        repeated = False
        if isinstance(step, Show):
            begun = [begin_post(unit.direct(), kind_of(one), one.id) for one in step.items]
            repeated = any(begun)
        return Work(group, seen, step, repeated)

    def _see(
        self, unit: Unit, group: Group, handoff: Handoff, now: datetime, says: bytes | None
    ) -> Seen:
        connection, vault = unit.reading(), self.vault
        meanings = kept.find_unposted(connection, vault, handoff.id)
        facts = self._facts(unit, handoff)
        if meanings:
            spoken = {one.language for one in meanings}
            named = {code: _language_name(self.languages, code) or code for code in spoken}
            facts = replace(facts, tongues=named)
        board = Board(self.languages.words(LANGUAGE), group.chat, handoff, facts, now)
        pending = find_unposted(connection, vault, handoff.id)
        due = find_unacknowledged(connection, vault, handoff.id)
        corrected = {one.edit_of for one in pending if isinstance(one, Line) and one.edit_of}
        belongs = group_for(connection, vault, handoff.office, handoff.territory)
        if group.gone is not None and now - group.gone < GRACE:
            belongs = group
        return Seen(
            board,
            pending,
            due,
            find_corrected(connection, handoff.id, corrected),
            find_shared(connection, handoff.id, {one.ack for one in due if one.ack}),
            says,
            None if belongs is None else belongs.id,
            meanings,
        )

    def _facts(self, unit: Unit, handoff: Handoff) -> Facts:
        connection = unit.reading()
        desk = find_desk(connection, handoff.desk)
        about = title_of(find_about(connection, self.vault, handoff.id), self.library)
        speech = self.languages.words(LANGUAGE)
        return Facts(
            "" if desk is None else desk.name,
            _language_name(self.languages, handoff.language),
            "" if about is None else speech.plain(about),
            {one.id: one.name for one in all_operators(connection, removed=True)},
        )


def kind_of(item: object) -> Kind:
    """In which table something is kept."""
    if isinstance(item, Meaning):
        return "meaning"
    return "line" if isinstance(item, Line) else "note"


def _language_name(languages: Languages, code: str) -> str:
    """A language as Italians call it."""
    found = next((one for one in languages.all if one.code == code), None)
    return "" if found is None else _named(found.locale, LANGUAGE) or found.english


@lru_cache(maxsize=64)
def _named(locale: str, reader: str) -> str:
    return Locale.parse(locale).get_language_name(reader) or ""
