"""Takes a conversation from its two places and puts it back: what is secret, and all the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flows.conversation import Conversation
from flows.directory import VEIL, Flows
from flows.effects import Json
from flows.model import House, Person
from flows.record import cover, dump, load, without
from storage.drafts import Draft
from storage.reports.files import WAITING_DAYS
from storage.schema import milliseconds
from storage.unit import Unit

_MARK, _LEFT = "m", "u"
"""Kept with the conversation of somebody who talks with operators: the mark of the keys of that
time, and when a secret page was last taken from under their eyes. When the keys are gone nobody
knows what was on the screen; when the page was, they may still be writing to it."""

WRITING = timedelta(minutes=10)

WASHED = timedelta(minutes=60)
"""So long a secret page stays in the chat of somebody who is not in careful mode."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it was found, with the living message and the ends of its secrets.

    `unsure`: something secret may have been on the screen of which we know nothing any more.
    """

    conversation: Conversation
    living: int | None
    ends: dict[str, int]
    unsure: bool = False


def find_talk(unit: Unit, person: Person, flows: Flows, now: datetime) -> Talk:
    """The conversation with a person; secret sessions whose time is over are let go."""
    state, living = unit.conversation(person.id)
    draft = unit.draft(person.id)
    if draft is None:
        return Talk(load(state, flows), living, {}, _is_unsure(state, unit, now))
    unsure = _is_unsure(draft.state, unit, now)
    over = {session for session, end in draft.ends.items() if end <= milliseconds(now)}
    return Talk(without(load(draft.state, flows), over), living, draft.ends, unsure)


def _is_unsure(state: dict[str, Any] | None, unit: Unit, now: datetime) -> bool:
    known = state or {}
    left = known.get(_LEFT, -WRITING.total_seconds())
    recent = now.timestamp() - left < WRITING.total_seconds()
    return recent or known.get(_MARK) != unit.fleeting.mark


def is_gone(unit: Unit, conversation: Conversation, session: str) -> bool:
    """Whether a tapped session was secret and was lost with the keys it lived under."""
    known = {one.id for one in (*conversation.stack, *conversation.aside)}
    return (
        session.startswith(VEIL)
        and session not in known
        and not session.startswith(f"{VEIL}{unit.fleeting.mark}")
    )


def latest(begun: date) -> datetime:
    """When a secret session is let go at the latest, however often it was gone on with: the files
    that were sent for it wait for so many days and no longer."""
    return datetime.combine(begun + timedelta(days=WAITING_DAYS), time(), UTC)


def keep_talk(
    unit: Unit,
    person: Person,
    before: Talk,
    after: Conversation,
    flows: Flows,
    house: House,
    now: datetime,
    *,
    taken: bool = False,
) -> None:
    """Keep a conversation: nothing of what is secret under the key of the house.

    `taken`: a page was taken from under the person's eyes, or may have been.
    """
    marks: dict[str, Json] = {}
    if unit.standing(person.id) is not None:
        marks[_MARK] = unit.fleeting.mark
        if taken:
            marks[_LEFT] = int(now.timestamp())
    unit.save_conversation(person.id, dump(cover(after, flows)) | marks)
    secret = [one for one in (*after.stack, *after.aside) if flows.is_secret(one)]
    if not secret:
        unit.save_draft(person.id, None)
        return
    known = (*before.conversation.stack, *before.conversation.aside)
    ends = {
        one.id: before.ends[one.id]
        if one in known and one.id in before.ends
        else milliseconds(min(now + flows[one.flow].lives, latest(one.begun)))
        for one in secret
    }
    shown = flows.is_secret(*after.stack)
    wash = timedelta(minutes=house.wash_minutes) if person.careful else WASHED
    draft = Draft(dump(replace(after, lost=False)) | marks, ends, now + wash if shown else None)
    unit.fleeting.turn(now)
    unit.save_draft(person.id, draft)
