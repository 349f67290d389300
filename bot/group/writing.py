"""What an operator writes in the topic of a conversation: words for the person, or a note."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.group import answers
from bot.group.buttons import of_reasons
from bot.group.commands import (
    Order,
    read_appointment,
    read_reason,
    read_urgency,
    without_note,
    without_order,
)
from bot.group.meanings import Proposing
from bot.group.meanings import Wanted as WantedMeaning
from bot.group.ready import show_list
from bot.group.scene import Scene
from bot.relay.cargo import content_of
from bot.relay.deeds import Deeds
from bot.relay.meeting import Wanted
from bot.relay.refusals import Done
from bot.relay.way import local
from bot.telegram.incoming import Command, Kind, Wrote
from flows.handoff_model import LineKind
from flows.text import Text
from storage.handoffs import Content, Handoff
from storage.handoffs.lines import find_by_posted, find_by_source, is_said_in_album
from storage.handoffs.notes import find_note_by_source
from storage.operators import Operator

ANSWERED = "answered"
IGNORED = "ignored"
SIGNS = {
    "photo": "📷",
    "voice": "🎤",
    "audio": "🎤",
    "video": "🎬",
    "video_note": "🎬",
    "animation": "🎬",
    "document": "📎",
    "location": "📍",
    "venue": "📍",
    "live_location": "📍",
    "contact": "👤",
    "poll": "📊",
}
"""How a note tells of what was posted beside its words; the thing itself stays in the topic."""


@dataclass(frozen=True, slots=True)
class Writing:
    """One message of an operator in a topic. `me` is the bot's own number in Telegram."""

    deeds: Deeds
    scene: Scene
    operator: Operator
    handoff: Handoff
    me: int
    proposing: Proposing | None = None

    def take(self, order: Order | None) -> str:
        """Do what the message asks for; what asks for nothing is a note."""
        update = self.scene.update
        content = update.content
        if update.kind is Kind.EDITED:
            return self._edited(content) if isinstance(content, Wrote) else IGNORED
        if isinstance(content, Command):
            return self._command(order, content)
        if not isinstance(content, Wrote):
            return IGNORED
        if order is Order.SAY or self._is_answer() or self._is_of_album():
            return self._say(content_of(content))
        return self._note(_noted(content))

    # -- what reaches the person

    def _is_answer(self) -> bool:
        """Whether this answers to the person: to what shows their words, or to what asks for it."""
        update, scene = self.scene.update, self.scene
        if update.reply_to is None or update.reply_bot != self.me:
            return False
        if update.reply_asks:
            return True
        line = find_by_posted(
            scene.unit.direct(), self.deeds.vault, self.handoff.id, update.reply_to
        )
        return line is not None and not line.outward and line.posted == update.reply_to

    def _is_of_album(self) -> bool:
        """Whether this belongs to an album of which a part was sent to the person on purpose."""
        album = self.scene.update.album
        if album is None:
            return False
        return is_said_in_album(self.scene.unit.direct(), self.handoff.id, self.operator.id, album)

    def _say(self, content: Content) -> str:
        update, scene = self.scene.update, self.scene
        done = self.deeds.say(
            scene.unit,
            self.operator,
            self.handoff.id,
            content,
            scene.now,
            source=update.message_id,
            album=update.album,
        )
        return self._answer(done)

    def _answer(self, done: Done) -> str:
        """What was written down is acknowledged where it is shown; a refusal is told at once."""
        if not done.ok and done.line is None:
            self.scene.say(done.words)
        return ANSWERED

    # -- what does not

    def _note(self, text: str) -> str:
        update, scene = self.scene.update, self.scene
        if not text.strip():
            return IGNORED
        done = self.deeds.note(
            scene.unit, self.operator, self.handoff.id, text, scene.now, source=update.message_id
        )
        if not done.ok:
            return self._answer(done)
        if update.reply_bot == self.me:  # perhaps it was meant for the person
            scene.say(answers.KEPT_AS_NOTE)
        return ANSWERED

    def _edited(self, content: Wrote) -> str:
        """Words that were sent change for the person; a note gets another version."""
        update, scene, vault = self.scene.update, self.scene, self.deeds.vault
        if update.message_id is None:
            return IGNORED
        connection, source = scene.unit.direct(), update.message_id
        line = find_by_source(connection, vault, self.handoff.id, source, outward=True)
        if line is not None:
            said = content_of(content)
            said = replace(said, text=without_order(said.text).strip())
            if said.text == line.text:
                return IGNORED  # Telegram tells of every change of a message, not of words only
            done = self.deeds.edit(
                scene.unit,
                self.operator,
                self.handoff.id,
                line.id,
                said,
                scene.now,
                source=source,
            )
            return self._answer(done)
        before, text = find_note_by_source(connection, vault, self.handoff.id, source), ""
        if before is not None:
            text = without_note(_noted(content))
        if before is None or not text.strip() or text == before.text:
            return IGNORED
        noted = self.deeds.note(
            scene.unit, self.operator, self.handoff.id, text, scene.now, source=source
        )
        if noted.ok and without_order(text) != text:
            scene.say(answers.NOT_SENT_BY_EDIT)
            return ANSWERED
        return self._answer(noted)

    # -- commands

    def _command(self, order: Order | None, content: Command) -> str:
        words = content.payload
        if order is None:
            self._note(f"/{content.name} {words}")
            return self._tell(answers.UNKNOWN_ORDER)
        if order is Order.SAY:
            if not words:
                return self._tell(answers.WHICH_WORDS)
            return self._say(Content(LineKind.TEXT, words))
        if order is Order.MEAN:
            return self._mean(words)
        if order is Order.NOTE:
            return self._note(words)
        return self._deed(order, words)

    def _deed(self, order: Order, words: str) -> str:
        unit, operator, handoff = self.scene.unit, self.operator, self.handoff.id
        deeds, now = self.deeds, self.scene.now
        match order:
            case Order.CLAIM:
                return self._told(deeds.claim(unit, operator, handoff, now))
            case Order.RELEASE:
                return self._told(deeds.release(unit, operator, handoff, now))
            case Order.TAKE_OVER if not words:
                return self._tell(answers.WHICH_WHY)
            case Order.TAKE_OVER:
                return self._told(deeds.take_over(unit, operator, handoff, words, now))
            case Order.URGENCY:
                urgency = read_urgency(words)
                if urgency is None:
                    return self._tell(answers.WHICH_URGENCY)
                return self._told(deeds.urgency(unit, operator, handoff, urgency, now))
            case Order.MEDIATOR:
                return self._told(deeds.mediator(unit, operator, handoff, now))
            case Order.APPOINTMENT:
                return self._appointment(words)
            case Order.CLOSE:
                reason = read_reason(words)
                if reason is None:
                    self.scene.say(answers.WHY_CLOSE, rows=of_reasons())
                    return ANSWERED
                return self._told(deeds.close(unit, operator, handoff, reason, now))
            case Order.REOPEN:
                return self._told(deeds.reopen(unit, operator, handoff, now))
            case Order.READY:
                show_list(self.scene)
                return ANSWERED
        more = (answers.MEANT_HELP,) if self.proposing else ()
        self.scene.say(*answers.HELP, *more)
        return ANSWERED

    def _mean(self, words: str) -> str:
        """Have words translated, to be looked at before they go."""
        scene, handoff, operator = self.scene, self.handoff, self.operator
        if self.proposing is None:
            return self._tell(answers.NO_TRANSLATOR)
        refused = self.proposing.refusal(handoff, words)
        if refused is not None:
            return self._tell(refused)
        hindered = self.deeds.hindrance(scene.unit, operator, handoff.id, scene.now)
        if hindered is not None:
            return self._tell(hindered.words)
        update = scene.update
        if update.message_id is not None:
            self.proposing.ask(
                WantedMeaning(
                    scene.group.chat,
                    update.thread_id,
                    update.message_id,
                    handoff.id,
                    operator.id,
                    words,
                    handoff.language,
                )
            )
        return ANSWERED

    def _appointment(self, words: str) -> str:
        found = read_appointment(words, local(self.scene.now))
        if found is None:
            return self._tell(answers.WHICH_MOMENT)
        when, place = found
        done = self.deeds.appointment(
            self.scene.unit,
            self.operator,
            self.handoff.id,
            Wanted(when, place),
            self.scene.now,
            source=self.scene.update.message_id,
        )
        return self._answer(done)

    def _told(self, done: Done) -> str:
        """What was done shows in the topic by itself; what was not is told."""
        return ANSWERED if done.ok else self._tell(done.words)

    def _tell(self, *words: Text) -> str:
        self.scene.say(*words)
        return ANSWERED


def _noted(content: Wrote) -> str:
    """What is kept of a message as a note: its words, and a sign of what was posted with them."""
    if content.kind == "text":
        return content.text or ""
    sign = SIGNS.get(content.kind, "")
    words = f"/{content.command} {content.text}" if content.command else content.text or ""
    return f"{sign} {words}".strip()
