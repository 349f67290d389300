"""Message numbers mean something in one group alone: what was said from another stays there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from flows.handoff_model import Event, LineState
from storage.handoffs import view
from storage.handoffs.lines import set_state
from storage.unit import Unit
from tests.bot.group.stage import Stage
from tests.bot.relay.office import open_bureau


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A group, over a real database."""
    with open_bureau(tmp_path) as bureau:
        yield Stage(bureau)


def test_an_edited_note_never_changes_what_was_said_from_another_group(stage: Stage) -> None:
    """In the topic of another group the same number is a note: its edit reaches nobody."""
    bureau = stage.bureau
    handoff = stage.shows(bureau.asks())
    stage.writes("/r Buongiorno", edits=None)
    number = stage.last
    [line] = [one for one in bureau.lines(handoff.id) if one.outward]

    def arrives_and_moves(unit: Unit) -> None:
        set_state(unit.direct(), line.id, LineState.SENT, stage.now, delivered=77)
        view.move_group(unit.direct(), stage.group.id, None, stage.now)

    bureau.do(arrives_and_moves)
    stage.shows(bureau.handoff(handoff.id), topic=90, card=91)
    stage.rows.clear()
    stage.passes(minutes=5)
    stage.writes("Secondo me non dice tutto", topic=90, edits=number)
    assert stage.to_people() == []
    assert [one.text for one in bureau.lines(handoff.id) if one.outward] == ["Buongiorno"]


def test_a_note_of_another_group_is_not_taken_for_this_one(stage: Stage) -> None:
    """A message of this group with the number of a note from there gives it no other version."""
    bureau = stage.bureau
    handoff = stage.shows(bureau.asks())
    stage.writes("Nota di prima")
    number = stage.last
    bureau.do(lambda unit: view.move_group(unit.direct(), stage.group.id, None, stage.now))
    stage.shows(bureau.handoff(handoff.id), topic=90, card=91)
    stage.now += timedelta(minutes=5)
    assert stage.writes("Altro", topic=90, edits=number) == "ignored"
    notes = [one.text for one in bureau.notes(handoff.id) if one.event is Event.NOTE]
    assert notes == ["Nota di prima"]
