"""Why something is not done with a conversation, said in one place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bot.relay.cargo import MOST_CAPTION_UNITS, MOST_UNITS, call_of, read_meant
from bot.telegram.render import units
from flows.handoff_model import LineKind, Urgency
from flows.ready import find_ready
from flows.text import Text, _, verbatim
from storage.handoffs import Content, Line
from storage.operators import Operator, find_operator
from storage.unit import Unit

UNDO = timedelta(seconds=60)
GRACE = timedelta(seconds=5)
"""So much longer than its button is shown an undo still works: taps travel."""
EDITS = timedelta(hours=48)
"""So long after it went out Telegram lets a message be changed."""


@dataclass(frozen=True, slots=True)
class Done:
    """What became of a deed, in words for the operator; `owner` is who has it, if another has.

    `line` is what was written: also of an answer that is kept and cannot go.
    """

    ok: bool
    words: Text
    line: Line | None = None
    owner: int | None = None


def _no(words: Text) -> Done:
    return Done(False, words)


GONE = _no(_("This conversation is not here any more."))
NOT_FOR_YOU = _no(_("⛔ This conversation is of another office."))
CLOSED = _no(_("📁 This conversation is closed. Open it again first."))
ENDED_BY_PERSON = _no(_("📁 The person ended it: only they can begin again."))
OPEN_ALREADY = _no(_("📂 This conversation is open."))
NOT_YOURS = _no(_("It is not yours."))
NO_REASON = _no(_("✏️ Please say why: your colleagues read it."))
EMPTY = _no(_("There are no words in it."))
PAST = _no(_("📅 This moment is over. Please say day and hour, like 3/12 10:30."))
TAKEN = _no(_("📅 Somebody else has this time now. Please choose another one."))
NO_SUCH_DESK = _no(_("This desk does not answer in the chat."))
NO_CONTACT = _no(
    _("🚫 Not sent: the person does not want to be written to here. It stands in their case.")
)
NOT_CARRIED = _no(
    _("🚫 Not sent: I can carry words, photos, voice, videos, files and places. Nothing else.")
)
TOO_LONG = _no(_("🚫 Not sent: this is too long. Please say it in two parts."))
NOT_READY = _no(_("🚫 Not sent: this ready answer is no more."))
NOT_TO_CHANGE = _no(_("🚫 This cannot be changed for the person."))
TOO_LATE_TO_CHANGE = _no(_("🚫 After two days Telegram changes nothing any more."))
NOTHING_TO_UNDO = _no(_("There is nothing to take back."))
TOO_LATE_TO_UNDO = _no(_("⏱️ Too late: it can be taken back for one minute."))
ON_ITS_WAY = _no(_("⏳ It is going out at this very moment. Try again in some seconds."))

UNREACHABLE = _("🚫 Not sent: the person cannot be reached. It is kept here.")

URGENCIES = {
    Urgency.NORMAL: _("⚪ It can wait for its turn."),
    Urgency.SOON: _("🟠 It should be answered soon."),
    Urgency.NOW: _("🔴 It is urgent now."),
}


def held_by(colleague: Operator) -> Done:
    """A colleague has it: who, and how to take over."""
    name = verbatim(colleague.name)
    words = _("✋ {name} is on it. You can take over, with a reason.", name=name)
    return Done(False, words, owner=colleague.id)


def why_not(content: Content) -> Done | None:
    """Why this cannot be brought to a person; None where it can."""
    if content.kind is LineKind.CANNED:
        return None if find_ready(content.text) is not None else NOT_READY
    if content.kind is LineKind.TEXT:
        if not content.text.strip():
            return EMPTY
        meant = read_meant(content)
        more = 0 if meant is None else units(meant.text)
        return TOO_LONG if units(content.text) + more > MOST_UNITS else None
    if content.kind is LineKind.APPOINTMENT:
        return TOO_LONG if units(content.text) > MOST_UNITS else None
    if content.kind is LineKind.PLACE:
        return None if {"latitude", "longitude"} <= content.extra.keys() else NOT_CARRIED
    call = call_of(content)
    if call is None:
        return NOT_CARRIED
    if content.text and not call.captioned:
        return NOT_CARRIED
    return TOO_LONG if units(content.text) > MOST_CAPTION_UNITS else None


def is_editable(line: Line, content: Content) -> bool:
    """Whether only the words are different: a file cannot become another one."""
    if line.kind in (LineKind.CANNED, LineKind.PLACE, LineKind.APPOINTMENT):
        return False
    if read_meant(line.content) is not None:  # the translation would say what was said before
        return False
    return line.kind is content.kind and line.file_id == content.file_id


def did(unit: Unit, handoff_id: int, words: Text, line: Line | None = None) -> Done:
    """It is done, and whoever looks at the conversation is to see it."""
    unit.stirred.add(handoff_id)
    return Done(True, words, line)


def taken_by(unit: Unit, owner: int | None) -> Done:
    """Somebody else has it, if they are still here."""
    colleague = None if owner is None else find_operator(unit.reading(), owner)
    return GONE if colleague is None else held_by(colleague)
