"""Who said no to being written to in the chat: asked wherever something would go to them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, Select, select

from flows.case_model import Purpose
from flows.handoff_model import Event
from storage.case_schema import case_choice, contact
from storage.handoff_schema import handoff as handoffs
from storage.handoff_schema import handoff_line as line
from storage.handoff_schema import handoff_note as note
from storage.handoffs.model import Handoff

_CONTACT = case_choice.c.purpose == Purpose.CONTACT.value


def has_chosen(connection: Connection, person_id: int) -> bool:
    """Whether anything was ever recorded of somebody's being written to."""
    query = select(case_choice.c.id).join(contact)
    mine = query.where(_CONTACT, contact.c.person_id == person_id)
    return connection.execute(mine.limit(1)).first() is not None


def refusing(connection: Connection, people: Iterable[int | None] | Select[int]) -> set[int]:
    """Those of these people who said no to being written to."""
    asked = people if isinstance(people, Select) else set(people) - {None}
    chose = select(contact.c.person_id).join(case_choice).where(_CONTACT).distinct()
    found = connection.execute(chose.where(contact.c.person_id.in_(asked)))
    return {one for one in found.scalars() if refuses_words(connection, one)}


def refuses_words(connection: Connection, person_id: int) -> bool:
    """Whether a person, with a conversation or without one, said no to being written to."""
    talk = select(handoffs.c.id).where(handoffs.c.person_id == person_id)
    return _says_no(connection, person_id, connection.execute(talk).scalar())


def says_no_to_words(connection: Connection, handoff: Handoff) -> bool:
    """Whether the person said no to being written to in the chat, or took their yes back, and has
    neither written nor asked for somebody since."""
    return _says_no(connection, handoff.person_id, handoff.id)


def _says_no(connection: Connection, person_id: int, handoff_id: int | None) -> bool:
    about = [_CONTACT, contact.c.person_id == person_id]
    query = select(case_choice.c.given, case_choice.c.at, case_choice.c.revoked)
    found = connection.execute(query.join(contact).where(*about)).all()
    if not found or any(one.given and one.revoked is None for one in found):
        return False
    said = max(one.at if one.revoked is None else one.revoked for one in found)
    wrote = select(line.c.id).where(
        line.c.handoff_id == handoff_id, ~line.c.outward, line.c.at > said
    )
    asked = select(note.c.id).where(
        note.c.handoff_id == handoff_id, note.c.event == Event.ASKED.value, note.c.at > said
    )
    return all(connection.execute(one.limit(1)).first() is None for one in (wrote, asked))
