"""Small flows written for the tests: each shows one thing the engine must do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from flows.directory import Entry, Flows
from flows.effects import CountUseful, Effect, Json
from flows.engine import Ended, Session, Turn, answered, performed, run
from flows.opening import Opening
from flows.registry import FLOWS
from flows.steps import (
    Accept,
    Ask,
    Do,
    Flow,
    Option,
    ask_date,
    ask_media,
    ask_place,
    ask_text,
    choose,
    choose_many,
    confirm,
    keep,
    perform,
    pop,
    review,
    say,
    show,
)
from flows.text import _, verbatim

DAY = date(2026, 11, 23)
OFFICES = ("desio", "carate")


@dataclass(frozen=True, slots=True)
class FindSlots(Effect[list[str]]):
    """Look up the free times of an office."""

    office: str


@dataclass(frozen=True, slots=True)
class BookSlot(Effect[bool]):
    """Book a time; False when somebody else was faster."""

    commits: ClassVar[bool] = True
    slot: str


def options(*ids: str) -> list[Option]:
    """Options whose labels are their ids."""
    return [Option(one, verbatim(one)) for one in ids]


def appointment() -> Flow[Ended]:
    """Choose an office, then a time, then confirm; a time lost to someone else is asked again."""
    yield from say(_("The appointment is free."))
    office = yield from choose("office", _("Which office?"), options(*OFFICES))
    while True:
        slots = yield from perform("slots", FindSlots(office.id))
        if not slots:
            yield from say(_("{office} has no free time.", office=office.id))
            return Ended("no slots")
        slot = yield from choose("slot", _("When can you come?"), options(*slots))
        if not (yield from confirm("agree", _("Book {slot}?", slot=slot.id))):
            return Ended("declined")
        if (yield from perform("book", BookSlot(slot.id))):
            break
        yield from say(_("Someone just took that time."))
    yield from keep(_("Booked: {slot}, {office}.", slot=slot.id, office=office.id))
    yield from choose("rate", _("Was it easy?"), options("easy", "hard"))
    return Ended("booked")


def three(first: str = "one", *, until: int = 3) -> Callable[[], Flow[Ended]]:
    """Three questions; the first may have another key, and the flow may be shorter."""

    def conduct() -> Flow[Ended]:
        for key in (first, "two", "three")[:until]:
            yield from choose(key, verbatim(f"{key}?"), options("a", "b"))
        return Ended("done")

    return conduct


def binding() -> Flow[Ended]:
    """A question, then one that binds."""
    yield from choose("one", verbatim("one?"), options("a", "b"))
    agreed = yield from confirm("agree", verbatim("agree?"))
    return Ended("agreed" if agreed else "refused")


def keeping(first: str = "first", second: str = "second") -> Flow[Ended]:
    """A message that stays after every answer."""
    one = yield from choose("one", verbatim("one?"), options("a", "b"))
    yield from keep(verbatim(f"{first} {one.id}"))
    two = yield from choose("two", verbatim("two?"), options("a", "b"))
    yield from keep(verbatim(f"{second} {two.id}"))
    return (yield from show("end", verbatim("the end")))


def echoing() -> Flow[Ended]:
    """Two messages that stay and may have the same words."""
    return (yield from keeping("kept", "kept"))


def voting() -> Flow[Ended]:
    """A vote between two questions, counted once."""
    yield from choose("one", verbatim("one?"), options("a", "b"))
    vote = yield from choose("two", verbatim("vote?"), options("up", "down"))
    yield from perform("vote", CountUseful("card", vote.id == "up"))
    yield from choose("three", verbatim("three?"), options("a", "b"))
    return Ended("voted")


def endless() -> Flow[Ended]:
    """A flow that never asks."""
    while True:
        yield from say(verbatim("and so on"))


def asking() -> Flow[Ended]:
    """Every kind of question, one after the other."""
    words = yield from ask_text("words", verbatim("Tell me."), limit=10)
    more = yield from ask_text("more", verbatim("More?"), skip=True)
    day = yield from ask_date("day", verbatim("Which day?"), [DAY, date(2026, 11, 24)])
    place = yield from ask_place("place", verbatim("Where?"))
    media = yield from ask_media("media", verbatim("A picture?"), {Accept.PHOTO, Accept.VOICE})
    many = yield from choose_many("many", verbatim("Which ones?"), options("a", "b", "c"))
    said = (words, more, day, place, media, [one.id for one in many])
    yield from show("end", verbatim(repr(said)))


def many(count: int) -> Callable[[], Flow[Ended]]:
    """Marks among many, then one question more."""

    def conduct() -> Flow[Ended]:
        marks = options(*(f"m{number}" for number in range(count)))
        marked = yield from choose_many("many", verbatim("Which ones?"), marks)
        one = yield from choose("one", verbatim("one?"), options("a", "b"))
        return (yield from show("end", verbatim(" ".join(x.id for x in (*marked, one)))))

    return conduct


def telling() -> Flow[Ended]:
    """Where, which ones, how and some files; then all of it once more before it goes."""
    place = yield from choose("place", verbatim("Where?"), options("field", "kitchen"))
    kinds = yield from choose_many("kinds", verbatim("What?"), options("pay", "hours"))
    how = None
    if place.id == "field":
        how = yield from choose("how", verbatim("How?"), options("tractor", "foot"))
    files = 0
    while (yield from ask_media("file", verbatim("A photo?"), {Accept.PHOTO})):
        files += 1
    told = " ".join([place.id, *(one.id for one in kinds), how.id if how else "-", str(files)])
    items = [("place", verbatim("place")), ("kinds", verbatim("kinds")), ("file", verbatim("file"))]
    if how:
        items.append(("how", verbatim("how")))
    yield from review("review", verbatim(told), items, options("send"))
    yield from choose("sent", verbatim(f"sent {told}"), options("ok"))
    return Ended("sent")


def popping() -> Flow[Ended]:
    """A word over the chat, as often as it is wanted."""
    yield from choose("begin", verbatim("begin?"), options("go"))
    while True:
        yield from pop(verbatim("the word"), verbatim("once more"))
        have = yield from choose("have", verbatim("have it?"), options("yes", "again"))
        if have.id == "yes":
            return Ended("had")


def long(count: int = 20) -> Callable[[], Flow[Ended]]:
    """A choice among many."""

    def conduct() -> Flow[Ended]:
        chosen = yield from choose("long", verbatim("Which?"), options(*_names(count)))
        return (yield from show("end", verbatim(chosen.id)))

    return conduct


def _names(count: int) -> list[str]:
    return [f"n{number}" for number in range(count)]


SAMPLES: dict[str, Callable[[], Flow[Ended]]] = {
    "appointment": appointment,
    "three": three(),
    "binding": binding,
    "keeping": keeping,
    "voting": voting,
    "asking": asking,
    "long": long(),
    "many": many(25),
    "telling": telling,
    "popping": popping,
}


def flows_of(**conducts: Callable[[], Flow[Ended]]) -> Flows:
    """The flows of the house and the samples, each opened by the command of its name."""

    def entry(conduct: Callable[[], Flow[Ended]]) -> Entry:
        def with_opening(_opening: Opening) -> Flow[Ended]:
            return conduct()

        return Entry(with_opening, resumable=True, form=True, helps=False)

    samples = {name: entry(conduct) for name, conduct in conducts.items()}
    commands = {name: name for name in conducts}
    return Flows({**FLOWS.entries, **samples}, {"menu": "home", "help": "help", **commands}, "help")


def begun(**changes: object) -> Session:
    """A session of some sample, before its first answer."""
    return Session("s", "sample", DAY, **changes)  # type: ignore[arg-type]


def play(
    conduct: Callable[[], Flow[Ended]], session: Session, *given: Json, **results: list[Json]
) -> Turn:
    """Answer one question after the other; an effect gets the next result under its key."""
    waiting = list(given)
    turn = run(conduct, session)
    while turn.waits is not None:
        if isinstance(turn.waits, Do):
            session = performed(turn.session, turn.waits, results[turn.waits.key].pop(0))
        elif waiting:
            session = answered(turn.session, turn.waits, _answer(waiting.pop(0)))
        else:
            break
        turn = run(conduct, session)
    return turn


def _answer(given: Json) -> Json:
    return {"option": given} if isinstance(given, str) else given


def asks(turn: Turn) -> str:
    """The key of the question a turn waits with."""
    assert isinstance(turn.waits, Ask)
    return turn.waits.key


def told(turn: Turn) -> list[str]:
    """What a turn said above its question."""
    return [line.text.source for said in turn.said for line in said.say.lines]
