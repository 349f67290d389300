"""How the state of words is called on the pages, and what is said after something was done."""

from __future__ import annotations

from bot.wording.states import Look
from flows.text import Text, _
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
