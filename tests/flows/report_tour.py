"""Every page of the report, its code and its line: each question with each set of buttons."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace

from flows.conversation import Conversation, Heard, Tap, Wrote, begin, receive
from flows.directory import Flows
from flows.engine import Session
from flows.record import dump, load
from flows.registry import FLOWS
from flows.report_effects import GiveCode, OpenByCode, TakeEvidence
from flows.screen import Screen
from tests.chat import FIRST_DAY, FakeWorld
from tests.reporting import opened, words

HERE = ("report", "code", "line", "stopped")
BEGINNINGS = (
    ("report", ""),
    ("report", "practice"),
    ("code", ""),
    ("line", ""),
    ("stopped", "child"),
    ("stopped", "unread"),
    ("stopped", "withdrawn"),
    ("stopped", "cut"),
    ("stopped", ""),
)
MEDIA = {"file_id": "f", "size_bytes": 9}
SENDS = (
    ("text", "Desio"),
    ("text", "My name is Amina, call 333 123 4567."),
    ("text", "333 123 4567"),
    ("place", [45.6, 9.2]),
    ("photo", MEDIA),
    ("voice", MEDIA),
)
LONG = "It is serious. " * 12
ANSWERS = [words(canned="bed"), words(LONG, language="it"), words("I add.", by_office=False)]


class TourWorld(FakeWorld):
    """A world in which every refusal comes once, and every code opens a report."""

    def perform(self, effect):
        found = super().perform(effect)
        refusals = ("big", "kind", "broken", "busy", "gone", "full")
        match effect:
            case TakeEvidence() if effect.kind == "photo" and len(self.effects) % 2:
                return refusals[len(self.effects) // 2 % len(refusals)]
            case GiveCode() if len(self.effects) % 2:
                return ""
            case OpenByCode():
                return opened(words=ANSWERS, unread=1, line=True, status="closed", reason="done")
        return found


def tour(world: FakeWorld, flows: Flows = FLOWS) -> Iterator[tuple[str, Screen]]:
    """Walk from every beginning; a page is known by its question and its buttons."""
    seen: set[object] = set()
    waiting: deque[tuple[Conversation, FakeWorld, Heard | None]] = deque()
    for flow, at in BEGINNINGS:
        first = Conversation((Session("s", flow, FIRST_DAY, at),))
        waiting.append((first, replace(world, effects=[]), None))
    while waiting:
        conversation, before, heard = waiting.popleft()
        now = replace(before, effects=list(before.effects))
        stored = load(dump(conversation), flows)
        reply = receive(flows, stored, heard, now) if heard else begin(flows, stored, now)
        top = reply.conversation.stack[-1] if reply.conversation.stack else None
        if reply.screen is None or top is None or top.flow not in HERE:
            continue
        page = (top.flow, top.at, top.asked, _way(top), _face(reply.screen))
        if page in seen:
            continue
        seen.add(page)
        yield top.asked, reply.screen
        before_it = stored.stack[-1]
        if heard and (top.flow, top.at, top.log) == (before_it.flow, before_it.at, before_it.log):
            continue  # nothing was answered: what leads on from here leads on from where it was
        for next_one in _next(reply.screen):
            waiting.append((reply.conversation, now, next_one))


def _way(session: Session) -> object:
    """Which of the ways that lead to other questions were taken."""
    values = [event.value for event in session.log if isinstance(event.value, dict)]
    return frozenset({"more", "inspectorate", "call"} & {one.get("option") for one in values})


def _face(screen: Screen) -> object:
    """What tells one page of a question from another; which marks are set does not."""
    options = frozenset(button.data.split(":", 2)[2] for button in screen.buttons)
    full = sum(line.text.source.count("●") for line in screen.lines)
    return options, len(screen.lines), full


def _next(screen: Screen) -> Iterator[Heard]:
    for button in screen.buttons:
        session, turn, option = button.data.split(":", 2)
        if option not in "12345678" or "x" not in {one.data[-1] for one in screen.buttons}:
            yield Tap(session, int(turn), option)
    for kind, content in SENDS:
        yield Wrote(kind, content, 10)
