"""All that is kept about one person, for them alone: counted, and as a file any program reads."""

from __future__ import annotations

from datetime import datetime

from flows.effects import Json
from flows.model import Person
from storage.access import for_person
from storage.calendar_personal import calendar_of
from storage.case_effects import as_json
from storage.desks import find_desk
from storage.handoffs.finding import find_of_person
from storage.handoffs.lines import find_lines
from storage.handoffs.meanings import Meaning, find_meanings
from storage.handoffs.model import Handoff, Line
from storage.unit import Unit
from storage.voices.hearing import spoken_of


def kept_of(unit: Unit, person: Person, now: datetime) -> dict[str, Json]:
    """What is kept, counted, as a person may see it."""
    desk = None if person.desk is None else find_desk(unit.reading(), person.desk)
    return {
        "since": "" if person.since is None else person.since.isoformat(),
        "language": person.language or "",
        "careful": person.careful,
        "desk": "" if desk is None else desk.name,
        "messages": len(unit.messages_to_clean(person.id, now)),
    }


def everything_of(unit: Unit, person: Person, chat_id: int, now: datetime) -> dict[str, Json]:
    """What is kept, in full: also what they and the operators of a desk said, their plan, and
    their courses, appointments, dates and reminders."""
    connection = unit.direct()
    handoff = find_of_person(connection, person.id)
    plan = for_person(connection, unit.vault, person.id)
    return {
        **kept_of(unit, person, now),
        "desk_key": person.desk or "",
        "listens_to": spoken_of(connection, person.id),
        "welcomed": person.welcomed,
        "chat_id": chat_id,
        "message_ids": list[Json](unit.messages_to_clean(person.id, now)),
        "conversation": unit.conversation(person.id).state,
        "talk": None if handoff is None else _talk(unit, handoff),
        "plan": None if plan is None else as_json(plan),
        **calendar_of(connection, unit.vault, person.id),
    }


def _talk(unit: Unit, handoff: Handoff) -> Json:
    lines = find_lines(unit.direct(), unit.vault, handoff.id)
    meanings = find_meanings(unit.direct(), unit.vault, handoff.id)
    return {
        "designation": handoff.designation,
        "state": handoff.state.value,
        "need": handoff.need.value,
        "who": handoff.who.value,
        "medium": handoff.medium.value,
        "safe": handoff.safe.value,
        "interpreter": handoff.interpreter,
        "urgency": int(handoff.urgency),
        "level": handoff.level,
        "desk": handoff.desk,
        "asked": handoff.asked.isoformat(),
        "closed": None if handoff.closed is None else handoff.closed.isoformat(),
        "rating": handoff.rating,
        "lines": [_line(one, meanings.get(one.id)) for one in lines],
    }


def _line(line: Line, meaning: Meaning | None) -> Json:
    """One line, and what a machine made of it; who of the operators said it is theirs to tell."""
    return {
        "from": "desk" if line.outward else "me",
        "at": line.at.isoformat(),
        "kind": line.kind.value,
        "words": line.text,
        "translated": "" if meaning is None else meaning.text,
        "file": line.file_id,
        "more": dict(line.extra),
        "state": line.state.value,
    }
