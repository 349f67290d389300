"""How the state of words is called on the pages, and what is said after something was done."""

from __future__ import annotations

import re

from bot.content_extract import SHORT as STEP
from bot.wording.states import Look
from flows.text import Text, _, verbatim
from storage.wording.deciding import Verdict
from storage.wording.model import State

STATES: dict[State, Text] = {
    State.DRAFT: _("waits for a second person"),
    State.REVIEWED: _("found right, waits for approval"),
    State.APPROVED: _("people read it"),
    State.REFUSED: _("sent back"),
    State.REPLACED: _("was read until a newer one came"),
    State.DROPPED: _("taken back"),
}

SHORT: dict[Look, Text] = {
    Look.MISSING: _("missing"),
    Look.STALE: _("out of date"),
    Look.UNREAD: _("not read yet"),
    Look.READ: _("read"),
}

CHIPS: dict[Look, str] = {
    Look.MISSING: "chip-late",
    Look.STALE: "chip-late",
    Look.UNREAD: "",
    Look.READ: "chip-mine",
}

PARTS: dict[str, Text] = {
    "title": _("Title"),
    "name": _("Name"),
    "purpose": _("What it is for"),
    "hours": _("When somebody answers"),
    "second way": _("Another way to reach them"),
    "what to do now": _("What to do now"),
    "where": _("Where"),
    "what it costs": _("What it costs"),
    "how long one waits": _("How long one waits"),
    "a paper to bring": _("A paper to bring"),
}
_ABOVE = "above the steps"
_INSTEAD = "in place of the one above"
_SENTENCE = re.compile(r"sentence (\d+)")

DONE: dict[str, Text] = {
    "proposed": _("It waits for a second person. People read it once somebody else approved it."),
    "approved": _("People read it from now on."),
    "reviewed": _("You found it right. Now somebody approves it."),
    "refused": _("It was sent back; whoever wrote it sees why."),
    "dropped": _("It was taken back."),
    "read": _("You have read it: it counts as read by a second person."),
    "checked": _("The card counts as checked today."),
    "given": _("It is written down who looks after it."),
}

REFUSED: dict[Verdict, Text] = {
    Verdict.LATE: _("Somebody was quicker: it does not wait any more."),
    Verdict.SAME: _("Whoever wrote it cannot approve it. Ask somebody else."),
    Verdict.STALE: _("The meaning was changed meanwhile: write it anew from the new words."),
    Verdict.ALREADY: _("Somebody found it right already."),
}
NO_REASON = _("Say why, in a few words: no text changes without.")
NOTHING_NEW = _("These are the words that are there already.")
NO_COORDINATOR = _(
    "One of the two people has to be a coordinator or an administrator. You can say it is right."
)
OTHER_NOW = _("Something changed while you looked: read it again.")


def part_words(part: str) -> Text | None:
    """What a message is of its card, as whoever reads the console says it; None of no card."""
    if part == STEP.removeprefix(": "):
        return _("Name of a step or a number")
    heading, _colon, what = part.rpartition(": ")
    if heading:
        above = _("Above the steps") if heading == _ABOVE else verbatim(heading)
        return Text("{step} · {part}", (("step", above), ("part", _one(what))), literal=True)
    return _one(part) if part else None


def _one(part: str) -> Text:
    sentence = _SENTENCE.fullmatch(part)
    if sentence:
        return _("Sentence {number}", number=sentence[1])
    if part.startswith(_INSTEAD):
        return _("In its place, where somebody reads reports")
    return PARTS.get(part) or verbatim(part)
