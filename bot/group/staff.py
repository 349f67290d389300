"""What operators do in their group: taken in the turn's transaction, each for the one it concerns.

Nothing that is written here reaches a person unless it was sent on purpose: an answer to a message
of theirs, or to one that asks for an answer; `/r`; the buttons that say so. All else is a note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.group import answers
from bot.group.buttons import read
from bot.group.commands import ORDERS, Order
from bot.group.door import NOTHING
from bot.group.linking import link
from bot.group.meanings import Proposing
from bot.group.pressing import Pressing
from bot.group.scene import Scene
from bot.group.voices import VoiceTurns, is_voice
from bot.group.writing import Writing
from bot.languages import Languages
from bot.relay.deeds import Deeds
from bot.telegram.incoming import Command, Incoming, Kind, Sender, Tap, Wrote
from flows.effects import Effect, Json
from flows.text import Text
from storage.accounts import find_by_telegram
from storage.group import Group, needs_topics
from storage.handoffs import Handoff
from storage.handoffs.finding import find_in_topic
from storage.operators import Operator
from storage.unit import Unit

ANSWERED = "answered"
IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class StaffTurns:
    """Takes updates of a group that is ours. `me` is the bot's own number in Telegram."""

    deeds: Deeds
    languages: Languages
    me: int
    voices: VoiceTurns | None = None
    proposing: Proposing | None = None

    def take(
        self,
        unit: Unit,
        update: Incoming,
        group: Group,
        now: datetime,
        ready: Mapping[Effect[object], Json] = NOTHING,
    ) -> str:
        """Take what somebody did there; a word of `Taken`.

        Raises:
            SlowError: something has to be fetched first.
        """
        scene = Scene(unit, update, group, self.languages, now)
        order = _order(update)
        if update.is_anonymous:
            if order is Order.LINK and update.message_id is not None:
                scene.delete(update.message_id)  # whoever reads the word could use it
            return self._told(scene, order, answers.AS_YOURSELF)
        if update.sender is not Sender.PERSON or update.from_id is None:
            return IGNORED  # other bots, channels
        if order is Order.LINK:
            link(scene, self.deeds.vault)
            return ANSWERED
        operator = find_by_telegram(unit.reading(), self.deeds.vault, update.from_id)
        if self.voices and self._voiced(scene, operator, self.voices, order, ready):
            return ANSWERED
        if isinstance(update.content, Tap):
            self._tap(scene, update.content, operator)
            return ANSWERED
        if operator is None:
            return self._told(scene, order, answers.WHO_ARE_YOU)
        handoff = _shown(scene)
        if handoff is None:
            return self._general(scene, order)
        return Writing(self.deeds, scene, operator, handoff, self.me, self.proposing).take(order)

    def _voiced(
        self,
        scene: Scene,
        operator: Operator | None,
        voices: VoiceTurns,
        order: Order | None,
        ready: Mapping[Effect[object], Json],
    ) -> bool:
        """Whether this was about voices, and is done.

        In the topic of a conversation every answer is for its person: what they write may look
        like a passage.
        """
        content = scene.update.content
        answers_ours = voices.answers(scene) and _shown(scene) is None
        pressed = isinstance(content, Tap) and is_voice(content.data)
        if operator is None or not (pressed or answers_ours or order is Order.VOICES):
            return False
        if isinstance(content, Tap):
            voices.press(scene, operator, content)
        elif order is Order.VOICES:
            voices.show(scene)
        elif scene.update.kind is Kind.MESSAGE:
            voices.take(scene, operator, ready)
        return True

    def _tap(self, scene: Scene, tap: Tap, operator: Operator | None) -> None:
        press, handoff = read(tap.data), _shown(scene)
        if operator is None:
            scene.pop(answers.ONLY_OPERATORS, alert=True)
        elif press is None or handoff is None or tap.message_id is None:
            scene.pop(answers.TOO_OLD, alert=True)
        else:
            Pressing(self.deeds, scene, operator, handoff, self.proposing).take(press)

    def _told(self, scene: Scene, order: Order | None, words: Text) -> str:
        """Who it is nobody knows: nothing is done, and they are told once in a while how to mend
        it; what colleagues say to each other outside of conversations is theirs."""
        meant = order is not None or _shown(scene) is not None
        return self._once(scene, words) if meant else IGNORED

    def _general(self, scene: Scene, order: Order | None) -> str:
        """Nobody acts through General, nor through a topic that shows nobody."""
        if order is Order.HELP:
            scene.say(*answers.HELP)
            return ANSWERED
        update = scene.update
        asks = update.reply_asks and update.reply_bot == self.me
        if update.thread_id is not None and (order is Order.SAY or asks):
            scene.say(answers.NOWHERE)  # each time: these words were for somebody
            return ANSWERED
        meant = order is not None or update.reply_bot == self.me
        return self._once(scene, answers.GENERAL) if meant else IGNORED

    def _once(self, scene: Scene, words: Text) -> str:
        if not needs_topics(scene.unit.reading()):  # a group for alerts alone
            return IGNORED
        if not scene.is_news(words.source[:24]):
            return IGNORED
        scene.say(words)
        return ANSWERED


def _shown(scene: Scene) -> Handoff | None:
    """The conversation of the topic in which something was done; there is none in General."""
    thread = scene.update.thread_id
    if thread is None:
        return None
    return find_in_topic(scene.unit.reading(), scene.group.id, thread)


def _order(update: Incoming) -> Order | None:
    """The command somebody wrote, where it is one of ours and no edit."""
    content = update.content
    if update.kind is not Kind.MESSAGE:
        return None
    if isinstance(content, Command):
        return ORDERS.get(content.name)
    return ORDERS.get(content.command) if isinstance(content, Wrote) else None
