"""Procedures, explained papers and the words for a counter, as things that are found by typing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.indexes import Thing
from flows.counter import SHOW
from flows.guides import Paper, Procedure
from flows.index import Place
from flows.library import Library
from flows.text import _, titled


def guides_of(library: Library) -> Iterator[Thing]:
    """What takes somebody by the hand: `procedure.<id>` and `papers.<id>` in the search words."""
    for procedure in library.procedures.values():
        yield _procedure(procedure)
    for paper in library.papers.values():
        yield _paper(paper)
    yield Thing(Place("door.counter", SHOW.label, SHOW.id, card=False), (SHOW.label,))


def _procedure(one: Procedure) -> Thing:
    label = titled("👣", one.title)
    place = Place(f"procedure.{one.id}", label, "procedure", one.id, card=False)
    return Thing(place, (_(one.title),), tuple(map(_, one.about)), one.italian)


def _paper(one: Paper) -> Thing:
    place = Place(f"papers.{one.id}", titled("🔍", one.title), "papers", one.id, card=False)
    return Thing(place, (_(one.title),), tuple(map(_, one.about)), one.italian)
