"""What happened to a conversation, told in one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.group import meetings
from bot.group.words import RATINGS, REASONS, URGENCIES
from flows.handoff_model import Event, Reason, Urgency
from flows.text import Text, _
from storage.handoffs import Note

ANTENNA = "Antenna"

_TOLD: Mapping[Event, Callable[[str], Text]] = {
    Event.ASKED: lambda name: _("The person asked to talk."),
    Event.CLAIMED: lambda name: _("{name} has it now.", name=name),
    Event.RELEASED: lambda name: _("{name} let go of it: it is free.", name=name),
    Event.TAKEN_OVER: lambda name: _("{name} took it over.", name=name),
    Event.URGENCY: lambda name: _("{name} changed how urgent it is.", name=name),
    Event.MEDIATOR: lambda name: _("{name} asked for a mediator.", name=name),
    Event.UNDONE: lambda name: _("{name} took words back.", name=name),
    Event.CLOSED: lambda name: _("{name} closed it.", name=name),
    Event.REOPENED: lambda name: _("{name} opened it again.", name=name),
    Event.RATED: lambda name: _("The person said how it was."),
    Event.ENDED: lambda name: _("The person said that it is over."),
    Event.BLOCKED: lambda name: _("The person cannot be reached any more."),
    Event.BACK: lambda name: _("The person can be reached again."),
    Event.HANDED_ON: lambda name: _("{name} handed it on to another desk.", name=name),
    Event.DELETED: lambda name: _("The person cleaned their chat. It is still kept here."),
}
_WITH_WORDS = frozenset({Event.TAKEN_OVER, Event.HANDED_ON})


def told(note: Note, name: str) -> Text:
    """One event, never a note of words; `name` is who did it."""
    if note.event is Event.URGENCY and note.text in ("0", "1", "2"):
        urgency = URGENCIES[Urgency(int(note.text))]
        return _("{name} says how urgent it is: {urgency}.", name=name, urgency=urgency)
    if note.event is Event.CLOSED and note.text in tuple(Reason):
        reason = REASONS[Reason(note.text)]
        return _("{name} closed it: {reason}.", name=name, reason=reason)
    if note.event is Event.REOPENED and note.operator_id is None:
        return _("It is open again: the person wrote.")
    if note.event is Event.RATED and note.text in RATINGS:
        return _("The person says how it was: {rating}.", rating=RATINGS[note.text])
    if note.event is Event.MEETING:
        return meetings.did(note.text)
    happened = _TOLD[note.event](name)
    if note.text and note.event in _WITH_WORDS:
        return _("{told} Why: {words}", told=happened, words=note.text)
    return happened
