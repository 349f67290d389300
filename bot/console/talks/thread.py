"""What was said, noted and what happened, in the order in which it came, as a page shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.console.foreign import Foreign, show_foreign
from bot.console.languages import tongue
from bot.console.people import People
from bot.console.talks import events
from bot.console.talks.labels import LINE_STATES, WRONG, clock
from bot.console.talks.meant import Shown, of_line
from bot.console.visit import Visit
from bot.relay.cargo import FILES
from bot.relay.refusals import EDITS, UNDO, is_editable
from bot.relay.way import local
from bot.words import Words as Tongue
from flows.handoff_model import Event, LineKind, LineState
from flows.hours import next_safe
from flows.ready import find_ready
from flows.text import Text, _
from storage.handoffs import Handoff, Line, Note
from storage.handoffs.meanings import Meaning

FILE_NAMES = {
    LineKind.PHOTO: _("Photo"),
    LineKind.VOICE: _("Voice message"),
    LineKind.DOCUMENT: _("Document"),
    LineKind.VIDEO: _("Video"),
}
NOT_CARRIED = _("Something Antenna cannot carry. The person was told.")
_GOING = frozenset({LineState.WAITS, LineState.SENDING})


@dataclass(frozen=True, slots=True)
class Entry:
    """One line, note or event. `side`: person, staff, note or event."""

    number: int
    side: str
    by: str
    at: str
    words: Foreign | None = None
    said: Text | None = None
    theirs: Tongue | None = None
    told: Text | None = None
    file: Text | None = None
    file_kind: str = ""
    seconds: int = 0
    place: str = ""
    appointment: datetime | None = None
    address: str = ""
    state: Text | None = None
    is_wrong: bool = False
    is_undone: bool = False
    corrects: bool = False
    was_corrected: bool = False
    line: int = 0
    undo_until: int = 0
    may_undo: bool = False
    may_edit: bool = False
    plain: str = field(default="", repr=False)
    meant: Shown | None = None


def entries(
    handoff: Handoff,
    lines: Sequence[Line],
    notes: Sequence[Note],
    visit: Visit,
    staff: People,
    *,
    is_mine: bool,
    meanings: Mapping[int, Meaning],
) -> list[Entry]:
    """The lines and the notes of a conversation as one row of entries, with what lines mean."""
    corrected = {line.edit_of for line in lines if line.edit_of is not None}
    shown = [
        *(
            replace(
                _said(line, handoff, visit, staff, corrected, is_mine=is_mine),
                meant=of_line(line, meanings.get(line.id), visit),
            )
            for line in lines
        ),
        *(_noted(note, visit, staff) for note in notes),
    ]
    return sorted(shown, key=lambda one: one.number)


def _noted(note: Note, visit: Visit, staff: People) -> Entry:
    at = clock(note.at, visit.room.now, visit)
    name = events.ANTENNA if note.operator_id is None else staff.name(note.operator_id)
    if note.event is Event.NOTE:
        return Entry(note.number, "note", name, at, words=show_foreign(note.text))
    return Entry(note.number, "event", name, at, told=events.told(note, name))


def _said(
    line: Line,
    handoff: Handoff,
    visit: Visit,
    staff: People,
    corrected: set[int],
    *,
    is_mine: bool,
) -> Entry:
    now = visit.room.now
    ready = find_ready(line.text) if line.kind is LineKind.CANNED else None
    is_going, is_sent = line.state in _GOING, line.state is LineState.SENT
    since = line.delivered_at or line.at
    until = since + UNDO
    is_last = line.id not in corrected
    return Entry(
        line.number,
        "staff" if line.outward else "person",
        staff.name(line.operator_id) if line.outward else handoff.designation,
        clock(line.at, now, visit),
        words=show_foreign(line.text) if line.text and ready is None else None,
        said=ready,
        theirs=None if ready is None else tongue(visit, handoff.language, ready),
        told=NOT_CARRIED if line.kind is LineKind.OTHER else None,
        file=FILE_NAMES[line.kind] if line.kind in FILES and line.file_id else None,
        file_kind=line.kind.value,
        seconds=int(line.extra.get("seconds", 0)),
        place=_place(line),
        appointment=_appointment(line),
        address=str(line.extra.get("place", "")),
        state=_state(line, handoff, visit) if line.outward else None,
        is_wrong=line.state in WRONG,
        is_undone=line.state is LineState.UNDONE,
        corrects=line.edit_of is not None,
        was_corrected=not is_last,
        line=line.id,
        undo_until=int(until.timestamp()) if is_sent else 0,
        may_undo=is_mine and line.outward and is_last and (is_going or (is_sent and now < until)),
        may_edit=is_mine and line.outward and is_last and _may_edit(line, now),
        plain=line.text,
    )


def _may_edit(line: Line, now: datetime) -> bool:
    if not is_editable(line, line.content) or line.kind is not LineKind.TEXT:
        return False
    if line.state is LineState.WAITS:
        return True
    return line.state is LineState.SENT and now - (line.delivered_at or line.at) < EDITS


def _state(line: Line, handoff: Handoff, visit: Visit) -> Text:
    if line.state is LineState.WAITS:
        goes = next_safe(handoff.safe, local(visit.room.now))
        if goes is not None:
            return _("goes out at {when}: then the phone is safe", when=goes)
    if line.state is LineState.SENT and line.delivered_at is not None:
        return _("sent {time}", time=clock(line.delivered_at, visit.room.now, visit))
    return LINE_STATES.get(line.state, LINE_STATES[LineState.SENDING])


def _place(line: Line) -> str:
    if line.kind is not LineKind.PLACE:
        return ""
    try:
        north, east = float(line.extra["latitude"]), float(line.extra["longitude"])
    except (KeyError, TypeError, ValueError):
        return ""
    return f"{north:.5f},{east:.5f}"


def _appointment(line: Line) -> datetime | None:
    if line.kind is not LineKind.APPOINTMENT:
        return None
    try:
        return datetime.fromisoformat(str(line.extra.get("when", "")))
    except ValueError:
        return None


SHOWN = 80
"""So many of the last lines and notes are shown; the others after a tap."""


def first_shown(handoff: Handoff, *, whole: bool) -> int:
    """The number behind which everything is shown."""
    return 0 if whole else max(0, handoff.count - SHOWN)
