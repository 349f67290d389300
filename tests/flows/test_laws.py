"""Laws over random walks: whatever people do, in every flow, these stay true."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from unittest import TestCase

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from flows.conversation import Command, Conversation, Heard, Reply, Tap, Wrote, begin, receive
from flows.directory import HOME, ONBOARDING, VEIL, WORD, Flows
from flows.effects import CountUseful
from flows.engine import Kind, Session, back
from flows.library import Area, Library, Offer
from flows.model import Person
from flows.question import DONE, MORE
from flows.record import cover, dump, load
from flows.registry import FLOWS
from flows.screen import BACK, CLOSE, HELP, HOME_BUTTON
from tests.chat import FakeWorld, english
from tests.factories import TONGUES, a_card, a_chat, a_world, somebody, tongues
from tests.flows.laws import (
    LAW,
    MAX_POP_UNITS,
    MAX_STORED_BYTES,
    bare,
    broken,
    crawl,
    stored_bytes,
    units,
)
from tests.flows.samples import SAMPLES, BookSlot, FindSlots, flows_of
from tests.flows.secret import secret_flows

WALKS = settings(
    max_examples=60,
    stateful_step_count=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
WORDS = st.text(max_size=40)
SHAPES = {
    "text": st.text(min_size=1, max_size=4096),
    "voice": st.just({"file_id": "f", "size_bytes": 9}),
    "photo": st.just({"file_id": "f", "size_bytes": 9}),
    "document": st.just({"file_id": "f", "size_bytes": 9}),
    "place": st.one_of(st.none(), st.lists(st.floats(-90, 90), max_size=3)),
    "sticker": st.none(),
    "edited": st.none(),
}


def walking(flows: Flows, make_world) -> type[TestCase]:
    """A machine that walks through the flows, one thing a person can do after the other."""

    class Walk(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.world: FakeWorld = make_world()
            self.conversation = Conversation()
            self.screen = None
            self.seconds = 0
            self.stays: Counter[object] = Counter()
            self.taps: list[Tap] = []
            self.hear(Command("menu"))

        def hear(self, heard: Heard) -> Reply:
            """Hand one thing to the flows, fresh from JSON, and look at what comes."""
            stored = json.loads(json.dumps(dump(self.conversation)))
            reply = receive(flows, load(stored, flows), heard, self.world)
            self.conversation = reply.conversation
            self.seconds += 2
            for said in reply.stays:
                commits = sum(e.kind is Kind.COMMIT for s in self.conversation.stack for e in s.log)
                session = self.conversation.stack[-1].id if self.conversation.stack else ""
                self.stays[session, commits, said.say.lines] += 1
            self.screen = reply.screen or self.screen
            popped = [english(line.text) for one in reply.pops for line in one.say.lines]
            assert units("\n".join(popped)) <= MAX_POP_UNITS
            if reply.over:
                self.stays.clear()
                self.hear(Command("menu"))
            return reply

        def tap_of(self, button) -> Tap:
            session, turn, option = button.data.split(":", 2)
            return Tap(session, int(turn), option)

        @rule(data=st.data(), times=st.integers(1, 12))
        def stroll(self, data, times) -> None:
            """Tap one button after the other."""
            for _tap in range(times):
                self.tap(data)

        def tap(self, data) -> None:
            """Tap a button of the question; Back undoes the answer where it can be undone.

            A mark among others is undone by tapping it again: there Back leaves the question.
            """
            buttons = self.screen.buttons
            if not buttons:
                return
            before, person = self.conversation, self.world.person
            page = bare(begin(flows, before, self.world).screen)
            tap = self.tap_of(data.draw(st.sampled_from(buttons)))
            self.taps.append(tap)
            self.hear(tap)
            offered = {one.data.split(":", 2)[2] for one in buttons}
            if DONE in offered and tap.option not in (DONE, MORE):
                return
            if person == self.world.person and goes_back(before, self.conversation):
                now = self.conversation
                undone = Tap(now.stack[-1].id, now.stack[-1].turn, BACK)
                reply = receive(flows, now, undone, replace(self.world))
                assert bare(reply.screen) == page

        @rule(data=st.data())
        def way(self, data) -> None:
            """Take one of the ways out."""
            self.hear(self.tap_of(data.draw(st.sampled_from(self.screen.ways))))

        @rule(name=st.sampled_from([*sorted(flows.commands), "unknown"]))
        def command(self, name) -> None:
            """Write a command."""
            self.hear(Command(name))

        @rule(data=st.data())
        def send(self, data) -> None:
            """Send words, a voice, a photo, a place or something odd."""
            kind = data.draw(st.sampled_from(sorted(SHAPES)))
            self.hear(Wrote(kind, data.draw(SHAPES[kind]), self.seconds))

        @precondition(lambda self: self.taps)
        @rule(data=st.data(), here=st.booleans())
        def tap_again(self, data, here) -> None:
            """Tap a button of earlier: unless it is the one of now, nothing changes."""
            tap = replace(data.draw(st.sampled_from(self.taps)), here=here)
            top = self.conversation.stack[-1]
            typed = here and tap.session == top.id and self.screen.columns > 1
            if (tap.session, tap.turn) != (top.id, top.turn) and not typed:
                self.unchanged(tap)

        @rule(session=WORDS, turn=st.integers(-9, 2**70), option=WORDS, here=st.booleans())
        def forge(self, session, turn, option, here) -> None:
            """Tap what was never there: nothing is raised, nothing changes."""
            if option not in (HELP, CLOSE):
                self.unchanged(Tap(session, turn, option, here))

        @rule(option=WORDS)
        def forge_well(self, option) -> None:
            """Tap the right question with an option it does not have."""
            top = self.conversation.stack[-1]
            offered = {one.data.split(":", 2)[2] for one in self.screen.buttons}
            if option not in {*offered, BACK, HELP, HOME_BUTTON}:
                self.unchanged(Tap(top.id, top.turn, option))

        def unchanged(self, tap: Tap) -> None:
            before = replace(self.conversation, hinted=None, typed=None)
            done = len(self.world.effects)
            self.hear(tap)
            assert (self.conversation, len(self.world.effects)) == (before, done)

        @invariant()
        def a_reload_changes_nothing(self) -> None:
            """The stored conversation is the conversation, and its replay is its screen."""
            stored = load(json.loads(json.dumps(dump(self.conversation))), flows)
            assert stored == self.conversation
            again = begin(flows, stored, self.world)
            assert again.conversation == replace(stored, hinted=None, typed=None)
            assert again.stays == ()
            assert again.screen.buttons == self.screen.buttons
            assert again.screen.ways == self.screen.ways
            shown = [line for line in self.screen.lines if line in again.screen.lines]
            assert tuple(shown) == again.screen.lines

        @invariant()
        def nothing_secret_is_kept_under_the_key_of_the_house(self) -> None:
            """The cover of a conversation has no secret session, and shows home or what is none."""
            plain = cover(self.conversation, flows)
            assert not flows.is_secret(*plain.stack, *plain.aside)
            # The sign that marks what is secret, where it marks something: people may write it too.
            assert f'"{VEIL}' not in json.dumps([session.id for session in plain.stack])
            if flows.is_secret(*self.conversation.stack):
                assert self.screen.sensitive
                assert begin(flows, plain, replace(self.world)).screen is not None

        @invariant()
        def close_now_is_one_tap_away(self) -> None:
            """Wherever something secret is open there is a button that leaves a word of Italian."""
            ways = [one for one in self.screen.ways if one.data.endswith(f":{CLOSE}")]
            assert bool(ways) == flows.is_secret(*self.conversation.stack)
            for way in ways:
                reply = receive(flows, self.conversation, self.tap_of(way), replace(self.world))
                assert [one.flow for one in reply.conversation.stack] == [WORD]
                assert reply.conversation.aside == ()

        @invariant()
        def the_screen_keeps_the_laws(self) -> None:
            """Size, buttons, data and sentences; hints and last words aside."""
            screen = begin(flows, self.conversation, self.world).screen
            assert broken(screen, self.conversation.stack[-1].asked, english) == []

        @invariant()
        def what_is_stored_stays_small(self) -> None:
            """However long somebody walks, little is kept."""
            assert stored_bytes(self.conversation) < MAX_STORED_BYTES

        @invariant()
        def home_is_one_word_away(self) -> None:
            """From everywhere, the menu leads home; before the promise, to the first minute."""
            world = replace(self.world)
            reply = receive(flows, self.conversation, Command("menu"), world)
            base = HOME if world.person.welcomed else ONBOARDING
            assert [one.flow for one in reply.conversation.stack] == [base]

        @invariant()
        def nothing_that_stays_comes_twice(self) -> None:
            """A message that stays is sent once for the same answers."""
            assert [one for one, times in self.stays.items() if times > 1] == []

        @invariant()
        def a_vote_counts_once(self) -> None:
            """No card has two votes of one reading."""
            for session in self.conversation.stack:
                keys = [event.key for event in session.once]
                assert len(keys) == len(set(keys))

    Walk.TestCase.settings = WALKS
    Walk.TestCase.pytestmark = LAW
    return Walk.TestCase


def goes_back(before: Conversation, now: Conversation) -> bool:
    """Whether the last tap added one answer that Back can undo, or opened a flow over this one.

    A form that goes on where it was left was not opened: Back leads on into it.
    """
    if not now.stack or not before.stack:
        return False
    if now.stack[-1].id in {session.id for session in (*before.stack[:-1], *before.aside)}:
        return False
    old, new = before.stack[-1], now.stack[-1]
    if new.id == old.id and new.log[: len(old.log)] == old.log and len(new.log) > len(old.log):
        earlier = back(new)
        return earlier is not None and earlier.log == old.log
    below = [session.id for session in now.stack[:-1]]
    return below == [session.id for session in before.stack]


def newcomers() -> FakeWorld:
    """A world of fourteen languages and somebody new."""
    return a_world(Person(1, desk="k7"), tongues=tongues(*TONGUES))


def readers() -> FakeWorld:
    """A world of fourteen languages and somebody who was welcomed."""
    return a_world(somebody(), tongues=tongues(*TONGUES))


class SampleWorld(FakeWorld):
    """A world in which every office has times and every second booking fails."""

    def perform(self, effect):
        found = super().perform(effect)
        if isinstance(effect, FindSlots):
            return ["9:00", "10:00"]
        if isinstance(effect, BookSlot):
            return len(self.effects) % 2 == 0
        if type(effect).__name__ in ("Seal", "Hand"):
            return "done"
        return found


def samplers() -> FakeWorld:
    """A world for the sample flows."""
    world = a_world()
    return SampleWorld(world.house, world.library, world.person, numbers=world.numbers)


TestNewcomersWalk = walking(FLOWS, newcomers)
TestReadersWalk = walking(FLOWS, readers)
TestSecretWalk = walking(secret_flows(), samplers)
TestSamplesWalk = walking(flows_of(**SAMPLES), samplers)


@LAW
@pytest.mark.parametrize("careful", [False, True])
def test_every_page_keeps_the_laws(careful):
    """Every page of every flow, reached by taps and commands."""
    pages = list(crawl(FLOWS, a_world(somebody(careful=careful))))
    pages += crawl(FLOWS, newcomers())
    assert [one for asked, screen in pages for one in broken(screen, asked, english)] == []
    assert len(pages) > 60


def test_every_flow_has_a_page_or_an_end():
    """No flow of the house is a name only: each is walked through."""
    walked = set()
    for name in FLOWS:
        world = a_world(somebody() if name != ONBOARDING else Person(1))
        reply = begin(FLOWS, Conversation((_session(name),)), world)
        walked.add(name if reply.screen is not None else "")
    assert (walked, len(FLOWS)) == (set(FLOWS), len(walked))


def _session(name):
    return Session("s", name, a_world().today)


def test_a_vote_leaves_no_name():
    """What is counted is a card and a thumb."""
    assert CountUseful("work.pay", True).__slots__ == ("card", "useful")


def test_the_longest_reading_stays_small():
    """Long names, a vote on every card, doors between, and an older reading set aside: little."""
    names = [f"exploitation.a-long-name-{number:02}" for number in range(30)]
    cards = [
        a_card(name, name, offers=(Offer.TALK,), related=(names[(place + 1) % 30],))
        for place, name in enumerate(names)
    ]
    door = a_card("area.pua", "The office", related=(names[0],))
    area = Area("all", "📚", "All", "Tutto", tuple(names))
    library = Library((area,), {card.id: card for card in (*cards, door)})
    chat = a_chat(world=replace(a_world(), library=library))
    for _reading in range(2):
        chat.walks("/menu", "[🧭 I need information]", "[📚 All]", *["[➕ More]"] * 4)
        chat.walks(f"[📄 {names[28]}]")
        place = 28
        for _door in range(4):
            for _card in range(12):
                place = (place + 1) % 30
                chat.walks("[👍 Useful]", f"[📄 {names[place]}]")
            chat.walks("[🤝 Talk to someone]", "[📄 The office]", f"[📄 {names[0]}]")
            place = 0
        largest = stored_bytes(chat.conversation)
    assert chat.conversation.paused is not None
    assert 6_000 < largest < MAX_STORED_BYTES
