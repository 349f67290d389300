"""The transcript player: a conversation is written as it is read, and must read so to the letter.

A transcript alternates what the person does and what the bot answers::

    USER  /start
    BOT   Which office is closest to you?
          [Desio] [Carate Brianza]
          [🏠] [🆘]
    USER  [Desio]

`USER  [label]` taps a button of the last screen, `USER  /word` is a command, `USER  (voice)` is
something that is not text, anything else is text. `KEEP` is a message that stays, `POP` a short
notice, `ALERT` words over the chat that wait for a tap, `TRACE` the line left of the message above,
`=> result` how a flow ended. The whole chat must equal the transcript, and the conversation is
reloaded from JSON before every step.
"""

from __future__ import annotations

import json
import textwrap
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count

from flows.calendar_effects import FindMass
from flows.calendar_model import MassKind
from flows.conversation import Command, Conversation, Heard, Reply, Tap, World, Wrote, receive
from flows.directory import VEIL, Flows
from flows.effects import (
    CleanChat,
    CloseChat,
    Effect,
    FindMyData,
    ForgetPerson,
    Json,
    RememberCareful,
    RememberLanguage,
    Welcome,
)
from flows.facts import Number
from flows.index import Entry, Index, Place, build
from flows.library import Library
from flows.mass_model import MassView
from flows.model import House, Person
from flows.opening import Opening
from flows.plain import plain
from flows.record import dump, load
from flows.screen import Button, Screen
from flows.text import Text, titled
from tests.calendaring import calendared
from tests.reporting import reported
from tests.talking import talked

FIRST_DAY = date(2026, 11, 23)
INDENT = " " * 6
WIDTH = 74


def english(text: Text) -> str:
    """The words in the source language, filled in."""
    source = text.source
    if text.plural is not None and text.count != 1:
        source = text.plural
    if text.literal and not text.params:
        return source
    filled = {
        name: english(value) if isinstance(value, Text) else value for name, value in text.params
    }
    return source.format(**filled)


_INDEXES: dict[int, tuple[Library, Index]] = {}


def indexed(library: Library) -> Index:
    """What can be found in a library, made once for each."""
    if id(library) not in _INDEXES:
        _INDEXES[id(library)] = library, _index_of(library)
    return _INDEXES[id(library)][1]


def _index_of(library: Library) -> Index:
    """The cards by their titles and sentences, in English."""
    cards = library.cards.values()
    places = {
        card.id: Place(card.id, titled(card.icon, card.title), "orientation", card.id)
        for card in cards
    }
    entries = (Entry(card.id, (card.title,), card.sentences) for card in cards)
    return Index(("en",), {"en": build(entries)}, places, hellos=frozenset({"hello"}))


@dataclass
class FakeWorld(World):
    """A world of known answers; everything a flow asked for is written down."""

    house: House
    library: Library
    person: Person = field(default_factory=lambda: Person(1))
    answers: dict[str, list[Json]] = field(default_factory=dict)
    effects: list[Effect[object]] = field(default_factory=list)
    ids: count[int] = field(default_factory=count)
    numbers: tuple[Number, ...] = ()
    talk: Json = None
    mine: Json = None
    calendar: dict[str, Json] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return FIRST_DAY

    def opening(self, at: str, begun: date, paused: bool) -> Opening:
        library, index = self.library, indexed(self.library)
        return Opening(
            self.person, self.house, library, self.numbers, begun, at, paused, index=index
        )

    def new_session_id(self, *, secret: bool = False) -> str:
        return f"{VEIL if secret else ''}session{next(self.ids)}"

    def perform(self, effect: Effect[object]) -> Json:
        self.effects.append(effect)
        given = self.answers.get(repr(effect))
        if given:
            return given.pop(0)
        match effect:
            case RememberLanguage(code):
                self.person = replace(self.person, language=code)
            case RememberCareful(careful):
                self.person = replace(self.person, careful=careful)
            case Welcome():
                self.person = replace(self.person, welcomed=True)
            case FindMyData():
                return {
                    "since": "2026-11-23",
                    "language": self.person.language or "",
                    "careful": self.person.careful,
                    "desk": "",
                    "messages": 2,
                }
            case CleanChat() | CloseChat():
                return 3
            case ForgetPerson():
                self.person = Person(1)
            case FindMass():
                return plain(MassView(MassKind.FREE, "PUA Desio", words=(("it", "Ciao"),)))
            case _:
                return self.talked(effect)
        return True

    def talked(self, effect: Effect[object]) -> Json:
        """What the conversation with a desk gives, and what becomes of it."""
        found = talked(effect, self.talk, self.mine)
        if found is None:
            given = calendared(effect, self.calendar)
            return reported(effect, len(self.effects)) if given is None else given[0]
        value, self.talk = found
        return value


@dataclass
class Chat:
    """One person's chat with the flows, without a shell."""

    flows: Flows
    world: FakeWorld
    conversation: Conversation = field(default_factory=Conversation)
    screen: Screen | None = None
    seconds: int = 0
    ended: int = 0

    def given(self, effect: Effect[object], *results: Json) -> None:
        """Say what an effect answers, one result a time."""
        self.world.answers.setdefault(repr(effect), []).extend(results)

    def walks(self, *actions: str) -> Chat:
        """Do what USER lines say without reading the answers, to begin further on."""
        for action in actions:
            self.do(action)
        return self

    def reads(self, transcript: str) -> None:
        """Play the person's lines; the whole chat must read like the transcript."""
        wanted = textwrap.dedent(transcript).strip("\n")
        said: list[str] = []
        for line in wanted.splitlines():
            if line.startswith("USER"):
                said += [line.rstrip(), *self.do(line[4:].strip())]
        assert "\n".join(said) == "\n".join(line.rstrip() for line in wanted.splitlines())

    def do(self, action: str) -> list[str]:
        """Do what a USER line says; the lines of the answer come back."""
        self.seconds += 10
        return self.lines(self.hear(self.heard(action)))

    def hear(self, heard: Heard) -> Reply:
        """Hand one thing to the flows, the conversation fresh from JSON."""
        stored = json.loads(json.dumps(dump(self.conversation)))
        reply = receive(self.flows, load(stored, self.flows), heard, self.world)
        self.conversation = reply.conversation
        self.screen = reply.screen or self.screen
        return reply

    def heard(self, action: str) -> Heard:
        if action.startswith("[") and self.screen is not None:
            return self.tap(self.button(action[1:-1]))
        if action.startswith("/"):
            return Command(action[1:])
        if action.startswith("("):
            return Wrote(action[1:-1], {"file_id": "f", "size_bytes": 1}, self.seconds)
        return Wrote("text", action, self.seconds)

    def tap(self, button: Button, *, here: bool = True) -> Tap:
        session, turn, option = button.data.split(":", 2)
        return Tap(session, int(turn), option, here)

    def button(self, label: str) -> Button:
        """The button of the last screen with that label, or that pictogram in the last row."""
        assert self.screen is not None
        for button in self.screen.buttons:
            if english(button.label) == label:
                return button
        for button in self.screen.ways:
            if english(button.label).split()[0] == label:
                return button
        raise AssertionError(f"No button {label!r} in {self.lines(Reply(self.conversation))}")

    def lines(self, reply: Reply) -> list[str]:
        """A reply as the lines of a transcript."""
        out: list[str] = []
        if reply.notice:
            out.append(f"POP   {english(reply.notice)}")
        if reply.pops:
            out += _block(
                "ALERT", [english(line.text) for one in reply.pops for line in one.say.lines]
            )
        if reply.trace:
            out.append(f"TRACE {english(reply.trace)}")
        for said in reply.stays:
            picture = [f"(picture {said.say.picture})"] if said.say.picture else []
            out += _block("KEEP", picture + [english(line.text) for line in said.say.lines])
        if reply.screen:
            shown = [english(line.text) for line in reply.screen.lines]
            if reply.screen.buttons:
                shown += _rows([english(one.label) for one in reply.screen.buttons])
            if reply.screen.ways:
                shown += _rows([english(one.label).split()[0] for one in reply.screen.ways])
            out += _block("BOT", shown)
        for past in reply.conversation.past[self.ended :]:
            out.append(f"=>    {past.result}")
        self.ended = len(reply.conversation.past)
        return out


def _rows(labels: list[str]) -> list[str]:
    """Buttons in a row as long as they fit on a line; how a phone sets them is the shell's."""
    rows = [""]
    for label in labels:
        if rows[-1] and len(rows[-1]) + len(label) + 3 > WIDTH:
            rows.append("")
        rows[-1] = f"{rows[-1]} [{label}]".strip()
    return rows


def _block(name: str, lines: list[str]) -> list[str]:
    return [f"{name:<6}{lines[0]}", *(INDENT + line for line in lines[1:])]
