"""Small secret flows written for the tests: a form that is nobody's to know, and its practice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from flows.directory import Entry, Flows
from flows.effects import Effect
from flows.engine import Ended
from flows.opening import Opening
from flows.registry import FLOWS
from flows.steps import (
    Accept,
    Flow,
    ask_media,
    ask_text,
    choose,
    perform,
    pop,
    review,
    say,
)
from flows.text import _, verbatim
from tests.flows.samples import options


@dataclass(frozen=True, slots=True)
class Seal(Effect[str]):
    """Seal a file; slow, and its result lasts."""

    slow: ClassVar[bool] = True
    file_id: str

    def lasts(self, value: object) -> bool:
        return value != "busy"


@dataclass(frozen=True, slots=True)
class Hand(Effect[str]):
    """Hand the whole over for good; slow."""

    commits: ClassVar[bool] = True
    slow: ClassVar[bool] = True
    told: str


def telling(opening: Opening) -> Flow[Ended]:
    """Tell what is wrong, with files; read it once more; hand it over; see the code."""
    if opening.at == "practice":
        yield from say(_("This is practice."))
    kind = yield from choose("kind", verbatim("What is wrong?"), options("pay", "papers"))
    words = yield from ask_text("words", verbatim("Tell me."), limit=3000, skip=True)
    sealed = []
    while media := (yield from ask_media("file", verbatim("A photo?"), {Accept.PHOTO})):
        sealed.append((yield from perform("seal", Seal(media.file_id))))
    told = f"{kind.id} {words} {' '.join(sealed)}".strip()
    items = [(key, verbatim(key)) for key in ("kind", "words", "file")]
    yield from review("review", verbatim(told), items, options("send"))
    code = yield from perform("hand", Hand(told))
    while True:
        yield from pop(verbatim(code))
        if (yield from choose("have", verbatim("Have it?"), options("yes", "again"))).id == "yes":
            return Ended("told")


def asking(_opening: Opening) -> Flow[Ended]:
    """A short question that is secret too, and may lead to the form."""
    answer = yield from choose("sure", verbatim("Is it OK?"), options("fine", "wrong"))
    return Ended("asked", then="telling" if answer.id == "wrong" else "")


def gate(_opening: Opening) -> Flow[Ended]:
    """A page that leads to the form."""
    yield from choose("gate", verbatim("The gate"), options("in"))
    return Ended("in", then="telling")


def sender(opening: Opening) -> Flow[Ended]:
    """Where somebody lands who sent a file by itself."""
    yield from choose("way", verbatim(f"You sent a {opening.at}."), options("tell"))
    return Ended("tell", then="telling")


def twice(_opening: Opening) -> Flow[Ended]:
    """Two questions for words, one after the other."""
    yield from ask_text("first", verbatim("First?"), limit=3000)
    yield from ask_text("second", verbatim("Second?"), limit=3000)
    yield from choose("end", verbatim("The end"), options("ok"))
    return Ended("twice")


SECRET: Mapping[str, Entry] = {
    "telling": Entry(
        telling,
        resumable=True,
        form=True,
        secret=True,
        closes=True,
        lives=timedelta(hours=24),
        apart=frozenset({"practice"}),
    ),
    "asking": Entry(
        asking, resumable=True, form=True, secret=True, closes=True, lives=timedelta(minutes=30)
    ),
    "gate": Entry(gate),
    "sender": Entry(sender),
    "twice": Entry(twice, resumable=True, form=True),
}


def secret_flows() -> Flows:
    """The flows of the house and the secret ones, each opened by the command of its name."""
    commands = {**FLOWS.commands, **{name: name for name in SECRET}}
    return Flows({**FLOWS.entries, **SECRET}, commands, "help", media="sender")
