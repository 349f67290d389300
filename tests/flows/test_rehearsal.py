"""Every page that can be recorded is found by walking the flows, as people meet it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flows.directory import Entry, Flows
from flows.effects import CleanChat, RememberCareful
from flows.engine import Ended
from flows.model import Person
from flows.opening import Opening
from flows.passage import passage_of
from flows.question import Accept, Flow, Option
from flows.registry import FLOWS
from flows.rehearsal import Piece, pieces, rehearse
from flows.report_model import Office
from flows.steps import ask_text, choose, perform, say, show
from flows.text import _, verbatim
from tests.factories import a_chat


def branching(_opening: Opening) -> Flow[Ended]:
    """A flow with a loop, a name, words of one's own, and something to be done."""
    while True:
        chosen = yield from choose("door", _("Which door?"), [_LEFT, _RIGHT, _ROUND])
        if chosen is not _ROUND:
            break
    if chosen is _RIGHT:
        yield from choose("desk", _("At {desk}?", desk=verbatim("Desio")), [_NEXT])
        yield from perform("careful", RememberCareful(True))
        yield from choose("behind", _("Behind what only remembers."), [_NEXT])
        yield from perform("clean", CleanChat())
        yield from show("never", _("Never met."))
    yield from say(_("You went left."))
    yield from ask_text("why", _("Why?"))
    return Ended("told")


_LEFT, _RIGHT = Option("left", _("Left")), Option("right", _("Right"))
_ROUND, _NEXT = Option("round", _("Again")), Option("next", _("Next"))
BRANCHING = Flows({"branching": Entry(branching)}, {}, "branching")


def an_opening() -> Opening:
    """Somebody who reads English, and a small library."""
    world = a_chat().world
    library = world.opening("", date(2026, 11, 23), False).library
    return Opening(Person(0, "en"), world.house, library, (), date(2026, 11, 23))


def sources(found: list[Piece]) -> list[str]:
    """The first words of each."""
    return [piece.passage.core[0].source for piece in found]


def test_every_page_is_found_once() -> None:
    """What a loop leads back to is not met twice; what waits for an effect is not walked behind;
    a page with a name in it is passed over and gone on from."""
    assert sources(rehearse(BRANCHING, an_opening(), "branching")) == [
        "Which door?",
        "You went left.",
        "Behind what only remembers.",
    ]


def test_a_card_is_found_as_it_is_read() -> None:
    """The passage of a card is the one that its page on the screen has."""
    chat = a_chat().walks("/menu")
    opening = an_opening()
    found = {piece.passage.key: piece.passage for piece in pieces(FLOWS, opening, ())}
    card = next(iter(opening.library.cards.values()))
    chat.walks("[🧭 I need information]")
    area = opening.library.find_area(card.area)
    assert area is not None
    chat.walks(f"[{area.icon} {area.title}]", f"[{card.icon} {card.title}]")
    assert chat.screen is not None
    asked = chat.conversation.stack[-1].asked
    assert passage_of(chat.screen, asked, opening.library) == found[card.id]


def test_pages_stand_behind_the_cards() -> None:
    """Cards come first, in the order of the library, and then the pages of the flows asked for."""
    opening = an_opening()
    flows = [piece.flow for piece in pieces(FLOWS, opening, ("home", "check"))]
    count = flows.count("orientation")
    assert set(flows[:count]) == {"orientation"}
    assert set(flows[count:]) == {"home", "check"}


def test_the_questions_of_the_check_can_be_recorded() -> None:
    """Its twelve questions are pages that are the same for everybody."""
    asked = rehearse(FLOWS, an_opening(), "check")
    assert len(asked) >= 12
    assert all(piece.passage.key.startswith("page.") for piece in asked)
    assert Accept.TEXT not in {piece.flow for piece in asked}


def test_a_card_that_is_not_shown_is_not_recorded() -> None:
    """Where its id leads elsewhere, there is nothing to read."""
    elsewhere = Flows({"orientation": Entry(branching)}, {}, "orientation")
    assert pieces(elsewhere, an_opening(), ()) == ()


def endless(_opening: Opening) -> Flow[Ended]:
    """A flow that remembers again and again."""
    while True:
        yield from perform("again", RememberCareful(True))


def test_a_walk_does_not_remember_for_ever() -> None:
    """What never asks is left."""
    flows = Flows({"endless": Entry(endless)}, {}, "endless")
    assert rehearse(flows, an_opening(), "endless") == []


def test_a_report_is_walked_to_its_end() -> None:
    """Its questions can be recorded where somebody reads reports; no summary breaks the walk."""
    opening = an_opening()
    offices = (Office("a", "Desio", True), Office("b", "Carate", False))
    opening = replace(opening, house=replace(opening.house, offices=offices))
    found = rehearse(FLOWS, opening, "report")
    assert len(found) > 12
