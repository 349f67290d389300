"""What can be heard, found without anybody: a flow is walked over every answer it offers.

A walk ends where the shell would have to do something, but for what only remembers. What a page
says that holds a name, a day or a number is passed over: nobody records it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from flows.directory import Flows
from flows.effects import Effect, Json, RememberCareful, RememberLanguage, RememberSpoken
from flows.engine import Run, Session, answered, performed
from flows.opening import Opening
from flows.passage import Passage, told
from flows.question import DONE, EDIT, MORE, Ask, Do
from flows.report_effects import OpenBox

MOST_PAGES = 400
MOST_DONE = 8
SAID: dict[type[Effect[Any]], Json] = {
    RememberLanguage: True,
    RememberSpoken: True,
    RememberCareful: True,
    OpenBox: {"id": "", "key": ""},
}
"""What comes of effects that a rehearsal passes over, because nothing depends on them."""
READS = "orientation"
"""The flow that shows a card by its id."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage, and the flow in which it is met."""

    flow: str
    passage: Passage


def pieces(flows: Flows, opening: Opening, asked: Iterable[str]) -> tuple[Piece, ...]:
    """Every card in the order of the library, then the pages of these flows."""
    cards = (_card(flows, opening, card) for card in opening.library.cards)
    found = {piece.passage.key: piece for piece in cards if piece is not None}
    for name in asked:
        for piece in rehearse(flows, opening, name):
            found.setdefault(piece.passage.key, piece)
    return tuple(found.values())


def rehearse(flows: Flows, opening: Opening, name: str) -> list[Piece]:
    """The pages of one flow, each once, as they come."""
    waiting, seen, found = [Session("rehearsal", name, opening.today)], set[str](), list[Piece]()
    while waiting and len(seen) < MOST_PAGES:
        page = _page(flows, opening, waiting.pop(0))
        if page is None:
            continue
        session, ask, passage = page
        mark = passage.key or f"{ask.key} {[one.id for one in ask.options]}"
        if mark in seen:
            continue
        seen.add(mark)
        if passage.key:
            found.append(Piece(name, passage))
        waiting += (answered(session, ask, {"option": way}) for way in _ways(ask))
    return found


def _ways(ask: Ask) -> Iterator[str]:
    """The answers that lead on: not what asks an earlier question again, nor every set of marks."""
    for option in ask.options:
        marks = ask.gathers and option.id not in (DONE, MORE)
        if option.id[:1] != EDIT and not marks:
            yield option.id


def _card(flows: Flows, opening: Opening, card: str) -> Piece | None:
    begun = Session("rehearsal", READS, opening.today, card)
    page = _page(flows, replace(opening, at=card), begun)
    if page is None or page[2].key != card:
        return None
    return Piece(READS, page[2])


def _page(flows: Flows, opening: Opening, session: Session) -> tuple[Session, Ask, Passage] | None:
    """Where a session stands: its question, and what is read of it; None where at none."""
    conduct = flows[session.flow].conduct
    turn = Run(lambda: conduct(opening), session).turn
    for _effect in range(MOST_DONE):
        if not isinstance(turn.waits, Do) or type(turn.waits.effect) not in SAID:
            break
        session = performed(turn.session, turn.waits, SAID[type(turn.waits.effect)])
        turn = Run(lambda: conduct(opening), session).turn
    ask = turn.waits
    if not isinstance(ask, Ask):
        return None
    lines = (*(line for said in turn.said for line in said.say.lines), *ask.lines)
    if opening.library.find_card(ask.key) is not None:
        return turn.session, ask, told(ask.key, lines)
    return turn.session, ask, told("", lines, (option.label for option in ask.options))
