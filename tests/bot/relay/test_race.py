"""Operators who reach for the same person at the same moment, on both databases."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest

from bot.relay.refusals import Done
from flows.handoff_model import LineKind, LineState
from storage.handoffs import Content
from storage.operators import Operator
from storage.outbox import begin_sending
from storage.unit import Unit
from tests.bot.relay.office import FATIMA, NOW, Bureau, open_bureau
from tests.postgresql import Server

ROUNDS = 12


@pytest.fixture(params=["sqlite", "postgresql"])
def bureau(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bureau]:
    """A bureau on either database."""
    if request.param == "sqlite":
        with open_bureau(tmp_path) as made:
            yield made
        return
    server: Server = request.getfixturevalue("server")
    name = server.create()
    with open_bureau(tmp_path, server.url(name)) as made:
        yield made
    server.drop(name)


def test_of_two_who_answer_at_once_one_reaches_the_person(bureau: Bureau) -> None:
    """The other is told who has it, and nothing of theirs is kept or sent."""
    for number in range(ROUNDS):
        handoff = bureau.asks(FATIMA + number, language="it")

        def answer(unit: Unit, who: Operator, handoff_id: int = handoff.id) -> Done:
            content = Content(LineKind.TEXT, who.name)
            return bureau.deeds.say(unit, who, handoff_id, content, NOW)

        both: list[Future[Done]] = [
            bureau.writer.submit(lambda unit, who=who: answer(unit, who), chat=place)
            for place, who in enumerate((bureau.anna, bureau.bruno))
        ]
        dones = [one.result(60) for one in both]
        said = [line.operator_id for line in bureau.lines(handoff.id)]
        assert sorted(done.ok for done in dones) == [False, True]
        assert said == [bureau.handoff(handoff.id).owner]
        assert [done.owner for done in dones if not done.ok] == said
    assert len(bureau.rows()) == ROUNDS


def test_what_is_taken_back_and_sent_at_once_is_one_of_both(bureau: Bureau) -> None:
    """Either it never left, or nobody says that it was undone."""
    handoff = bureau.asks(language="it")
    for _number in range(ROUNDS):
        content = Content(LineKind.TEXT, "Buongiorno")
        done = bureau.deed(bureau.deeds.say, bureau.anna, handoff.id, content, NOW)
        assert done.line is not None
        line_id = done.line.id
        row = bureau.rows()[-1]

        def undo(unit: Unit, line_id: int = line_id) -> bool:
            return bureau.deeds.undo(unit, bureau.anna, handoff.id, line_id, NOW).ok

        def send(unit: Unit, row_id: int = row.id) -> bool:
            return begin_sending(unit.direct(), row_id)

        undone, begun = (bureau.writer.submit(job, chat=n) for n, job in enumerate((undo, send)))
        ends = (undone.result(60), begun.result(60))
        line = next(one for one in bureau.lines(handoff.id) if one.id == line_id)
        assert sorted(ends) == [False, True]
        assert (line.state is LineState.UNDONE) == ends[0]
