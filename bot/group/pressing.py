"""What a tap on a button in the topic of a conversation does."""

from __future__ import annotations

from dataclasses import dataclass

from bot.group import answers
from bot.group.buttons import (
    Press,
    Rows,
    Verb,
    of_card,
    of_more,
    of_reasons,
    of_urgencies,
)
from bot.group.meanings import Proposing, content_of, sent
from bot.group.ready import open_list, page_of, show_list, show_one, show_sent
from bot.group.scene import Scene
from bot.relay import refusals
from bot.relay.deeds import Deeds
from bot.relay.refusals import Done
from bot.telegram.incoming import PROMPT
from flows.handoff_model import LineKind, Reason, State, Urgency
from flows.text import Text
from storage.handoffs import Content, Handoff
from storage.handoffs.lines import find_by_number, find_by_source
from storage.operators import Operator

EXPLAINED = {
    Verb.TAKEOVER: answers.WHICH_WHY,
    Verb.APPOINT: answers.WHICH_MOMENT,
    Verb.NOTE: answers.WHICH_NOTE,
}
"""What needs words, and which."""


@dataclass(frozen=True, slots=True)
class Pressing:
    """One tap of an operator in a topic."""

    deeds: Deeds
    scene: Scene
    operator: Operator
    handoff: Handoff
    proposing: Proposing | None = None

    def take(self, press: Press) -> None:
        """Do what the button says, and end its spinner."""
        verb, argument = press.verb, press.argument
        explained = EXPLAINED.get(verb)
        if explained is not None:
            self.scene.pop(explained, alert=True)
        elif verb is Verb.MORE:
            self._turn(of_more())
        elif verb is Verb.BACK:
            self._turn(of_card(self.handoff.state, self.handoff.reason))
        elif verb is Verb.REPLY:
            self._ask()
        elif verb is Verb.READY:
            self._ready(argument)
        elif verb is Verb.SAY:
            self._say(argument)
        elif verb in (Verb.BOTH, Verb.LEAVE):
            self._meant(argument, goes=verb is Verb.BOTH)
        elif verb is Verb.UNDO:
            self._undo(argument)
        else:
            self._deed(verb, argument)

    def _turn(self, rows: Rows, words: Text | None = None) -> None:
        self.scene.pop(words)
        self.scene.show_rows(rows)

    def _deed(self, verb: Verb, argument: str) -> None:
        unit, operator, handoff = self.scene.unit, self.operator, self.handoff.id
        deeds, now = self.deeds, self.scene.now
        match verb:
            case Verb.CLAIM:
                self._told(deeds.claim(unit, operator, handoff, now))
            case Verb.RELEASE:
                self._told(deeds.release(unit, operator, handoff, now))
            case Verb.REOPEN:
                self._told(deeds.reopen(unit, operator, handoff, now))
            case Verb.MEDIATOR:
                self._done(deeds.mediator(unit, operator, handoff, now))
            case Verb.URGENT if argument not in _URGENCIES:
                self._turn(of_urgencies())
            case Verb.URGENT:
                urgency = Urgency(int(argument))
                self._done(deeds.urgency(unit, operator, handoff, urgency, now))
            case Verb.CLOSE if argument not in _REASONS:
                self._turn(of_reasons())
            case Verb.CLOSE:
                done = deeds.close(unit, operator, handoff, Reason(argument), now)
                self._done(done, State.CLOSED)

    def _told(self, done: Done) -> None:
        self.scene.pop(done.words, alert=not done.ok)

    def _done(self, done: Done, state: State | None = None) -> None:
        """Under the card stand its own buttons again; a question of its own has done its work."""
        self._told(done)
        if not done.ok or self.scene.tapped is None:
            return
        if self.scene.tapped == self.handoff.card:
            self.scene.show_rows(of_card(state or self.handoff.state, self.handoff.reason))
        else:
            self.scene.delete(self.scene.tapped)

    # -- what reaches the person

    def _ask(self) -> None:
        """Ask for words that reach the person: only from whoever tapped, and nobody by mistake."""
        unit, now = self.scene.unit, self.scene.now
        refused = self.deeds.hindrance(unit, self.operator, self.handoff.id, now)
        if refused is not None:
            self.scene.pop(refused.words, alert=True)
            return
        self.scene.pop()
        html = self.scene.html(answers.prompt(self.operator.name))
        account = self.scene.update.from_id
        # The link makes Telegram ask this one alone: a colleague's next words stay a note.
        self.scene.post(
            f'{PROMPT} <a href="tg://user?id={account}">{html}</a>',
            reply_markup={"force_reply": True, "selective": True},
        )

    def _ready(self, argument: str) -> None:
        page = page_of(argument)
        if not argument:
            self.scene.pop()
            open_list(self.scene)
        elif page is not None:
            self.scene.pop()
            show_list(self.scene, page)
        elif show_one(self.scene, self.handoff, argument):
            self.scene.pop()
        else:
            self.scene.pop(refusals.NOT_READY.words, alert=True)

    def _say(self, key: str) -> None:
        """Send a ready answer; the message that showed it stands for it from now on."""
        scene, handoff, vault = self.scene, self.handoff, self.deeds.vault
        connection, source = scene.unit.direct(), scene.tapped
        assert source is not None
        if find_by_source(connection, vault, handoff.id, source, outward=True) is not None:
            scene.pop(answers.SENT_ALREADY)
            return
        content = Content(LineKind.CANNED, key)
        done = self.deeds.say(
            scene.unit, self.operator, handoff.id, content, scene.now, source=source
        )
        scene.pop(done.words, alert=not done.ok)
        if done.line is not None:
            show_sent(scene, handoff, key, self.operator.name)

    def _meant(self, key: str, *, goes: bool) -> None:
        """Send words with their translation, or leave both."""
        scene, handoff, who = self.scene, self.handoff, self.operator
        connection, source = scene.unit.direct(), scene.tapped
        found = None
        if self.proposing is not None:
            found = self.proposing.interpreter.find(key, handoff.id, who.id)
        if found is None:
            scene.pop(answers.NOT_YOUR_WORDS, alert=True)
        elif not goes:
            scene.pop(answers.LEFT_UNSENT)
            scene.rewrite(scene.html(answers.LEFT_UNSENT))
        elif find_by_source(connection, self.deeds.vault, handoff.id, source or 0, outward=True):
            scene.pop(answers.SENT_ALREADY)
        else:
            done = self.deeds.say(
                scene.unit, who, handoff.id, content_of(found), scene.now, source=source
            )
            scene.pop(done.words, alert=not done.ok)
            if done.line is not None:
                sent(scene, found, who.name)

    def _undo(self, argument: str) -> None:
        scene = self.scene
        number = int(argument) if argument.isdecimal() and len(argument) < 10 else 0
        connection = scene.unit.direct()
        line = find_by_number(connection, self.deeds.vault, self.handoff.id, number)
        if line is None:
            scene.pop(refusals.NOTHING_TO_UNDO.words, alert=True)
            return
        done = self.deeds.undo(scene.unit, self.operator, self.handoff.id, line.id, scene.now)
        scene.pop(done.words, alert=not done.ok)


_URGENCIES = frozenset(str(int(one)) for one in Urgency)
_REASONS = frozenset(one.value for one in Reason) - {Reason.BY_PERSON.value}
