"""Takes a conversation from its two places and puts it back: what is secret, and all the rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from flows.conversation import Conversation
from flows.directory import VEIL, Flows
from flows.model import House, Person
from flows.record import cover, dump, load, without
from storage.drafts import Draft
from storage.reports.files import WAITING_DAYS
from storage.schema import milliseconds
from storage.unit import Unit

WASHED = timedelta(minutes=60)
"""So long a secret page stays in the chat of somebody who is not in careful mode."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as it was found, with the living message and the ends of its secrets."""

    conversation: Conversation
    living: int | None
    ends: dict[str, int]


def find_talk(unit: Unit, person: Person, flows: Flows, now: datetime) -> Talk:
    """The conversation with a person; secret sessions whose time is over are let go."""
    state, living = unit.conversation(person.id)
    draft = unit.draft(person.id)
    if draft is None:
        return Talk(load(state, flows), living, {})
    over = {session for session, end in draft.ends.items() if end <= milliseconds(now)}
    return Talk(without(load(draft.state, flows), over), living, draft.ends)


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
) -> None:
    """Keep a conversation: nothing of what is secret under the key of the house."""
    unit.save_conversation(person.id, dump(cover(after, flows)))
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
    draft = Draft(dump(replace(after, lost=False)), ends, now + wash if shown else None)
    unit.fleeting.turn(now)
    unit.save_draft(person.id, draft)
