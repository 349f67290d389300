"""Random jobs, some of which fail, have in any batches the effect they would have one by one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.database import Database
from storage.outbox import Slot
from storage.unit import Unit
from storage.writer import Writer
from tests.storage.factories import NOON, TODAY, message


class OopsError(Exception):
    """A job's own failure."""


Jobs = list[tuple[bool, list[tuple[Any, ...]]]]


@dataclass
class Model:
    """What the database should say, in plain Python."""

    people: dict[int, str] = field(default_factory=dict)
    states: dict[int, int | None] = field(default_factory=dict)
    livings: dict[int, int | None] = field(default_factory=dict)
    handled: set[int] = field(default_factory=set)
    texts: list[tuple[int, str]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def copy(self) -> Model:
        """The same, apart."""
        return Model(
            dict(self.people),
            dict(self.states),
            dict(self.livings),
            set(self.handled),
            list(self.texts),
            dict(self.counts),
        )


CHATS = st.integers(1, 4)
ACTIONS = st.one_of(
    st.tuples(st.just("meet"), CHATS),
    st.tuples(st.just("speak"), CHATS, st.sampled_from(["it", "en", "ar"])),
    st.tuples(st.just("save"), CHATS, st.integers(0, 99)),
    st.tuples(st.just("live"), CHATS, st.none() | st.integers(1, 99)),
    st.tuples(st.just("send"), CHATS, st.text(max_size=5)),
    st.tuples(st.just("handle"), st.integers(0, 5)),
    st.tuples(st.just("count"), st.sampled_from(["a", "b"])),
    st.tuples(st.just("block"), CHATS),
    st.tuples(st.just("delete"), CHATS),
    st.tuples(st.just("look")),
    st.tuples(st.just("fail")),
)
JOBS = st.lists(st.tuples(st.booleans(), st.lists(ACTIONS, max_size=6)), max_size=12)


def on_model(model: Model, action: tuple[Any, ...]) -> object:
    """What an action does to the model, and what it sees."""
    match action:
        case ("meet", chat):
            if chat not in model.people:
                model.people[chat], model.states[chat], model.livings[chat] = "it", None, None
        case ("speak", chat, language) if chat in model.people:
            model.people[chat] = language
        case ("save", chat, value) if chat in model.people:
            model.states[chat] = value
        case ("live", chat, living) if chat in model.people:
            model.states[chat], model.livings[chat] = -1, living
        case ("send", chat, words) if chat in model.people:
            model.texts.append((chat, words))
        case ("handle", update_id):
            model.handled.add(update_id)
        case ("count", card):
            model.counts[card] = model.counts.get(card, 0) + 1
        case ("block", chat):
            model.texts = [one for one in model.texts if one[0] != chat]
        case ("delete", chat):
            model.texts = [one for one in model.texts if one[0] != chat]
            model.people.pop(chat, None)
        case ("look",):
            return [
                (chat, model.people[chat], model.states[chat], model.livings[chat])
                for chat in sorted(model.people)
            ]
        case ("fail",):
            raise OopsError
    return None


def on_unit(unit: Unit, action: tuple[Any, ...]) -> object:
    """The same action, done in the database."""
    match action:
        case ("meet", chat):
            unit.create_person(chat, "it", TODAY)
        case ("handle", update_id):
            unit.mark_handled(update_id, TODAY)
        case ("count", card):
            unit.count_useful(card, "it", "2026-11", True)
        case ("look",):
            return seen(unit)
        case ("fail",):
            raise OopsError
        case (name, chat, *rest):
            person = unit.person(chat)
            if person is None:
                return None
            match name:
                case "speak":
                    unit.save_person(replace(person, language=rest[0]))
                case "save":
                    unit.save_conversation(person.id, {"value": rest[0]})
                case "live":
                    unit.save_conversation(person.id, {"value": -1}, living=rest[0])
                case "send":
                    unit.send(message(rest[0], person, chat=chat, slot=Slot.EDIT))
                case "block":
                    unit.set_unreachable(person.id, NOON)
                case "delete":
                    unit.delete_person(person.id)
    return None


def seen(unit: Unit) -> list[tuple[int, str | None, int | None, int | None]]:
    """Everybody as a job sees them."""
    found = []
    for chat in range(1, 5):
        person = unit.person(chat)
        if person is not None:
            state, living = unit.conversation(person.id)
            found.append((chat, person.language, None if state is None else state["value"], living))
    return found


def expected(jobs: Jobs) -> tuple[Model, list[object]]:
    """What should be left, and what each job should see, one by one."""
    model, results = Model(), list[object]()
    for _, actions in jobs:
        attempt = model.copy()
        try:
            results.append([on_model(attempt, action) for action in actions])
            model = attempt
        except OopsError:
            results.append("failed")
    return model, results


def kept(unit: Unit) -> tuple[Any, ...]:
    """What is left in the database."""
    from sqlalchemy import select

    from storage.schema import handled, useful

    connection = unit.direct()
    return (
        [(row.params["chat_id"], row.params["text"]) for row in unit.pending_rows(1000)],
        set(connection.execute(select(handled.c.update_id)).scalars()),
        dict(connection.execute(select(useful.c.card, useful.c.count)).all()),
    )


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(jobs=JOBS)
def test_batches_of_jobs_do_what_single_jobs_do(database: Database, jobs: Jobs) -> None:
    """Results and what is left equal those of a model that runs the jobs one by one."""
    _empty(database)
    writer = Writer(database)
    go = threading.Event()
    futures = []
    for waits, actions in jobs:
        if waits:  # close a batch here: the next jobs find this gate open or wait together
            gate = threading.Event()
            writer.submit(lambda unit, gate=gate: gate.wait(30) and None)
            go.set()
            go = gate
        futures.append(writer.submit(_job(actions), chat=1 if len(actions) % 2 else None))
    go.set()
    results = []
    for future in futures:
        try:
            results.append(future.result(60))
        except OopsError:
            results.append("failed")
    final = [writer.submit(seen).result(60), writer.submit(kept).result(60)]
    writer.close()
    model, wanted = expected(jobs)
    assert results == wanted
    assert final == [on_model(model, ("look",)), (model.texts, model.handled, model.counts)]


def _job(actions: list[tuple[Any, ...]]) -> Callable[[Unit], list[object]]:
    return lambda unit: [on_unit(unit, action) for action in actions]


def _empty(database: Database) -> None:
    from sqlalchemy import delete

    from storage.schema import metadata

    with database.writing() as connection, suppress(KeyError):
        for table in reversed(metadata.sorted_tables):
            if table.name != "setting":
                connection.execute(delete(table))
        connection.commit()
