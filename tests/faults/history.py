"""Holds what happened against what must have happened: the history people and database show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from storage.database import Database
from storage.outbox import count_by_state
from storage.schema import handled, quarantine, useful
from storage.unit import Unit
from storage.writer import Writer
from tests.faults.people import Town, Walker
from tests.faults.sent import Sent

Json = dict[str, Any]
PAGES = {"start": "language", "clean": "menu"}


@dataclass
class Kept:
    """What the database holds in the end."""

    handled: set[int]
    quarantined: dict[int, str]
    votes: Counter[tuple[str, str, bool]]
    waiting: dict[str, int]
    people: dict[int, tuple[str | None, bool, Json]] = field(repr=False)


def read_kept(url: str, data: Path, chats: Iterable[int]) -> Kept:
    """Read the database of a bot that has stopped."""
    database = Database.open(url, data=data, migrate=False)
    writer = Writer(database)

    def look(unit: Unit) -> Kept:
        connection = unit.direct()
        votes: Counter[tuple[str, str, bool]] = Counter()
        for card, language, is_useful, count in connection.execute(
            select(
                useful.c.card, useful.c.language, useful.c.useful, func.sum(useful.c.count)
            ).group_by(useful.c.card, useful.c.language, useful.c.useful)
        ):
            votes[card, language, is_useful] = int(count)
        people: dict[int, tuple[str | None, bool, Json]] = {}
        for chat_id in chats:
            person = unit.person(chat_id)
            if person is not None:
                state = unit.conversation(person.id).state or {}
                people[chat_id] = (person.language, person.careful, state)
        return Kept(
            set(connection.execute(select(handled.c.update_id)).scalars()),
            {number: kind for number, kind, _at in connection.execute(select(quarantine))},
            votes,
            {state.name: count for state, count in count_by_state(connection).items()},
            people,
        )

    try:
        return writer.submit(look).result()
    finally:
        writer.close()
        database.close()


def is_within(wanted: list[str], seen: list[str]) -> bool:
    """Whether everything wanted was seen, in that order, whatever came between."""
    rest = iter(seen)
    return all(one in rest for one in wanted)


def problems(town: Town, kept: Kept, sent: Sent) -> list[str]:
    """Everything that is not as it must be; each line says what, never who."""
    found = [
        *_of_updates(town, kept),
        *sent.out_of_order(),
        *(line for person in town.people for line in _of_person(person, kept)),
    ]
    if kept.votes != town.votes.counts:
        lost, double = town.votes.counts - kept.votes, kept.votes - town.votes.counts
        found.append(f"votes lost {sum(lost.values())}, counted twice {sum(double.values())}")
    if kept.waiting:
        found.append(f"the outbox is not empty: {kept.waiting}")
    unanswered = sum(
        1
        for query in town.telegram.state.queries.values()
        if query.answer is not None and not query.answer.done()
    )
    if unanswered:
        found.append(f"{unanswered} taps without an answer")
    return found


def _of_updates(town: Town, kept: Kept) -> list[str]:
    lost, strange = town.updates - kept.handled, kept.handled - town.updates
    found = []
    if lost:
        found.append(f"{len(lost)} updates lost")
    if strange:
        found.append(f"{len(strange)} updates handled that nobody sent")
    if kept.quarantined:
        found.append(f"{len(kept.quarantined)} updates set aside that were well")
    if town.telegram.state.updates.pending:
        found.append(f"{len(town.telegram.state.updates.pending)} updates not confirmed")
    return found


def _of_person(person: Walker, kept: Kept) -> list[str]:
    """What is kept of one conversation, against what its person did."""
    name = person.phone.chat_id % 1000
    if person.phone.chat_id not in kept.people:
        return [f"chat {name}: nobody is kept"]
    language, careful, state = kept.people[person.phone.chat_id]
    found = []
    if (language, careful) != (person.language, person.careful):
        found.append(f"chat {name}: language or careful mode is another")
    top = state["s"][-1]
    if (top["i"], top["f"]) != (person.session, person.flow):
        found.append(f"chat {name}: is in {top['f']}, not in {person.flow}")
    if person.reading is not None:
        answers = [value["option"] for kind, _key, value in top.get("l", ()) if kind == "a"]
        if (top.get("t", 0), answers) != (person.reading.turn, person.reading.answers):
            found.append(f"chat {name}: turn {top.get('t', 0)}, not {person.reading.turn}")
    wanted = [PAGES.get(one, one) for one in person.commands if one != "forget"]
    if not is_within(wanted, person.opened()):
        found.append(f"chat {name}: commands {wanted}, pages {person.opened()}")
    return found
