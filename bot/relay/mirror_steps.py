"""Decides what is done next so that a topic shows its conversation; it does nothing itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.relay.cargo import AS, call_of
from bot.relay.mirror_calls import Board, Item
from bot.relay.mirror_words import CLOSED
from bot.telegram.render import units
from flows.handoff_model import Event, LineKind, LineState, State
from storage.handoffs import Line, Note
from storage.handoffs.meanings import Meaning

TOGETHER_UNITS: Final = 3_000
MOST_TOGETHER: Final = 20
ALBUM_WAIT: Final = timedelta(seconds=2)
ALBUM_MOST: Final = 10
SENDING_WAIT: Final = timedelta(seconds=3)
_ALBUMS: Final = (frozenset({"photo", "video"}), frozenset({"document"}), frozenset({"audio"}))


@dataclass(frozen=True, slots=True)
class Seen:
    """A conversation as it stood when it was looked at, and what its topic lacks.

    `shown`: where in the topic the lines stand that others correct. `shared`: messages that
    acknowledge several lines. `says`: a sign of what the summary says there, where it is known.
    `belongs`: the group it is to be shown in. `meanings`: what a machine made of lines that stand
    there.
    """

    board: Board
    pending: Sequence[Line | Note]
    unacknowledged: Sequence[Line]
    shown: Mapping[int, int]
    shared: frozenset[int]
    says: bytes | None
    belongs: int | None
    meanings: Sequence[Meaning] = ()


@dataclass(frozen=True, slots=True)
class Create:
    """Open the topic."""


@dataclass(frozen=True, slots=True)
class Summarise:
    """Send the summary, or bring it up to date."""

    shows: bytes
    anew: bool


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The summary says what it has to say."""

    shows: bytes


@dataclass(frozen=True, slots=True)
class Show:
    """Show lines and notes, in one message where they are several."""

    items: tuple[Item, ...]
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class PassOver:
    """What is told elsewhere in the topic."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """Say what became of an operator's words; `anew`: in the message that said it before."""

    lines: tuple[Line, ...]
    anew: bool


@dataclass(frozen=True, slots=True)
class Rename:
    """Call the topic what it is called now; close it or open it again where that has changed."""

    name: str
    close: bool = False
    reopen: bool = False


@dataclass(frozen=True, slots=True)
class Leave:
    """Another group shows it from now on."""

    group_id: int


@dataclass(frozen=True, slots=True)
class Wait:
    """Nothing can be done before a moment."""

    until: datetime


Step = Create | Summarise | Unchanged | Show | PassOver | Acknowledge | Rename | Leave | Wait | None


def next_step(seen: Seen) -> Step:
    """What is done next; None where nothing is."""
    board, handoff = seen.board, seen.board.handoff
    elsewhere = seen.belongs is not None and seen.belongs != handoff.group_id
    if handoff.topic is None:
        if elsewhere and seen.belongs is not None:
            return Leave(seen.belongs)
        return _without_topic(seen)
    if handoff.card is None and not elsewhere:
        return Summarise(board.shows(), anew=True)
    shown = _show(seen, _up_to_handing_on(seen.pending) if elsewhere else seen.pending)
    if shown is not None and not isinstance(shown, Wait):
        return shown
    if elsewhere and seen.belongs is not None:
        return Leave(seen.belongs)
    return _acknowledge(seen) or _interpret(seen) or shown or _tidy(seen)


def _without_topic(seen: Seen) -> Create | PassOver | None:
    """A conversation that is over is not brought back to tell of what happened to it."""
    pending = tuple(seen.pending)
    if seen.board.handoff.state is not State.CLOSED or any(
        isinstance(one, Line) and not one.outward for one in pending
    ):
        return Create()
    return PassOver(pending) if pending else None


def _up_to_handing_on(pending: Sequence[Line | Note]) -> Sequence[Line | Note]:
    """What the colleagues of before may still read: nothing that came after they handed it on."""
    last = -1
    for index, item in enumerate(pending):
        if isinstance(item, Note) and item.event is Event.HANDED_ON:
            last = index
    return pending[: last + 1]


def _show(seen: Seen, pending: Sequence[Line | Note]) -> Show | PassOver | Wait | None:
    if not pending:
        return None
    first, now = pending[0], seen.board.now
    if isinstance(first, Note):
        if first.event is Event.ASKED and first.number == 1:
            return PassOver((first,))  # the summary has just said so
        return Show(_together(pending))
    if first.outward:
        if first.state is LineState.SENDING and now - first.at < SENDING_WAIT:
            return Wait(first.at + SENDING_WAIT)
        return Show((first,), seen.shown.get(first.edit_of or 0))
    if first.edit_of is not None:
        return Show((first,), seen.shown.get(first.edit_of))
    if first.album is not None:
        return _album(first, pending, now)
    if first.kind in (LineKind.TEXT, LineKind.OTHER):
        return Show(_together(pending))
    return Show((first,))


def _album(first: Line, pending: Sequence[Item], now: datetime) -> Show | Wait:
    """All of an album that is here, once nothing more of it has come for a while."""
    parts = [one for one in pending if isinstance(one, Line) and one.album == first.album]
    newest = max(part.at for part in parts)
    if len(parts) < ALBUM_MOST and now - newest < ALBUM_WAIT:
        return Wait(newest + ALBUM_WAIT)
    kinds = next((kinds for kinds in _ALBUMS if _kind(first) in kinds), frozenset())
    fitting: list[Item] = []
    for item in pending[:ALBUM_MOST]:
        same = isinstance(item, Line) and item.album == first.album and item.edit_of is None
        if not same or _kind(item) not in kinds or _is_repeated(item) != _is_repeated(first):
            break
        fitting.append(item)
    return Show(tuple(fitting) or (first,))


def _kind(item: Item) -> str:
    if not isinstance(item, Line) or call_of(item.content) is None:
        return ""
    return str(item.extra.get(AS, item.kind.value))


def _is_repeated(item: Item) -> bool:
    return item.tries > 0


def _together(pending: Sequence[Item]) -> tuple[Item, ...]:
    """As many words and events as one message holds: a group takes twenty messages a minute."""
    taken: list[Item] = []
    length = 0
    for item in pending[:MOST_TOGETHER]:
        length += units(item.text)
        if taken and (length > TOGETHER_UNITS or _is_repeated(item) != _is_repeated(taken[0])):
            break
        if isinstance(item, Line) and not _is_plain(item):
            break
        if any(_is_apart(item, one) for one in taken):
            break
        taken.append(item)
    return tuple(taken)


def _is_apart(one: Item, other: Item) -> bool:
    """Whether one is the person's and the other a colleague's words: an answer to a message that
    shows hers reaches her, and nobody answers to a colleague there unaware."""
    lines = [item for item in (one, other) if isinstance(item, Line)]
    notes = [item for item in (one, other) if isinstance(item, Note) and _has_words(item)]
    return bool(lines and notes)


def _has_words(note: Note) -> bool:
    return note.event in (Event.NOTE, Event.TAKEN_OVER, Event.HANDED_ON)


def _is_plain(line: Line) -> bool:
    words = line.kind in (LineKind.TEXT, LineKind.OTHER)
    return words and not line.outward and line.edit_of is None and line.album is None


def _acknowledge(seen: Seen) -> Acknowledge | None:
    due = [line for line in seen.unacknowledged if line.posted is not None]
    if not due:
        return None
    first = due[0]
    if first.ack is not None and first.ack not in seen.shared:
        return Acknowledge((first,), anew=True)
    sent = [one for one in due if one.state is LineState.SENT and one.ack is None]
    if first in sent and len(sent) > 1:
        return Acknowledge(tuple(sent[:MOST_TOGETHER]), anew=False)
    return Acknowledge((first,), anew=False)


def _interpret(seen: Seen) -> Show | None:
    """What lines mean, below the message in which they stand: of one message at a time."""
    taken: list[Item] = []
    length = 0
    for one in seen.meanings[:MOST_TOGETHER]:
        length += units(one.text)
        first = taken[0] if taken else None
        if isinstance(first, Meaning) and (
            length > TOGETHER_UNITS
            or one.stands != first.stands
            or _is_repeated(one) != _is_repeated(first)
        ):
            break
        taken.append(one)
    return Show(tuple(taken), seen.meanings[0].stands) if taken else None


def _tidy(seen: Seen) -> Rename | Summarise | Unchanged | None:
    board, handoff = seen.board, seen.board.handoff
    name = board.name()
    if name != handoff.topic_name:
        was, is_ = handoff.topic_name.startswith(CLOSED), handoff.state is State.CLOSED
        return Rename(name, close=is_ and not was, reopen=was and not is_)
    if handoff.card_shows is None:
        shows = board.shows()
        return Unchanged(shows) if shows == seen.says else Summarise(shows, anew=False)
    return None
