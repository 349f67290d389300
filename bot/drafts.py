"""Takes a conversation from its two places and puts it back: what is secret, and all the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from flows.conversation import JOIN_SECONDS, Conversation
from flows.directory import VEIL, Flows
from flows.effects import Json
from flows.model import House, Person
from flows.record import cover, dump, load, without
from storage.drafts import Draft
from storage.reports.files import WAITING_DAYS
from storage.schema import milliseconds
from storage.unit import Unit

_MARK = "m"
"""Kept with the conversation of everybody who talks with operators: the mark of the keys of that
time. When these are gone, nobody knows what was on the screen."""

_WRITES = ""
"""Among the ends of a draft, in the place of a session: a secret page was taken from under the eyes
of somebody who may still be writing to it. Under the house's key nothing says so."""

WRITING = timedelta(minutes=10)

PASTING = timedelta(seconds=JOIN_SECONDS)
"""So long after words that may have been secret what comes next is the rest of them: a long paste,
an album."""

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
        unsure = (state or {}).get(_MARK) != unit.fleeting.mark
        return Talk(load(state, flows), living, {}, unsure)
    over = {session for session, end in draft.ends.items() if end <= milliseconds(now)}
    unsure = _WRITES in draft.ends and _WRITES not in over
    return Talk(without(load(draft.state, flows), over), living, draft.ends, unsure)


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
    writes_for: timedelta | None = None,
) -> None:
    """Keep a conversation: nothing of what is secret under the key of the house.

    `writes_for`: so long the person may still be writing to a secret page that is gone.
    """
    talks = unit.standing(person.id) is not None
    mark: dict[str, Json] = {_MARK: unit.fleeting.mark} if talks else {}
    unit.save_conversation(person.id, dump(cover(after, flows)) | mark)
    secret = [one for one in (*after.stack, *after.aside) if flows.is_secret(one)]
    if not secret and not (talks and writes_for):
        unit.save_draft(person.id, None)
        return
    known = (*before.conversation.stack, *before.conversation.aside)
    ends = {
        one.id: before.ends[one.id]
        if one in known and one.id in before.ends
        else milliseconds(min(now + flows[one.flow].lives, latest(one.begun)))
        for one in secret
    }
    if talks and writes_for:
        ends[_WRITES] = milliseconds(now + writes_for)
    shown = flows.is_secret(*after.stack)
    wash = timedelta(minutes=house.wash_minutes) if person.careful else WASHED
    draft = Draft(dump(replace(after, lost=False)), ends, now + wash if shown else None)
    unit.fleeting.turn(now)
    unit.save_draft(person.id, draft)
