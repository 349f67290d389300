"""People and operators talk while topics, groups, rights and the bot itself come and go.

`make test` does it in short runs, `make faults` with twenty thousand messages. Held afterwards:
nothing that was written is lost, nothing is called sent that did not arrive, what nobody knows says
so, what is shown twice in a topic says that it is repeated, and nothing stays in General.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from bot.local.state import Call
from tests.faults.crashes import OUTSIDE
from tests.faults.nursery import Cradle
from tests.faults.talk_run import Outcome, Plan, run
from tests.faults.talk_trouble import (
    ENDS,
    GROUP_TROUBLES,
    TOPIC_TROUBLES,
    TROUBLES,
    WIRE_TROUBLES,
)
from tests.faults.talkers import MOST_UNREAD, Overheard
from tests.faults.test_crashes import Record

LONG = Plan(
    20_000,
    60,
    ("K5", "K6", "K7", OUTSIDE),
    TROUBLES,
    people=24,
    operators=4,
    pause_seconds=3.0,
    passes=120,
)


def hold(outcome: Outcome, plan: Plan) -> None:
    """Require all of it, and that nothing came of it."""
    assert outcome.problems == []
    assert (outcome.lost, outcome.false_sent) == (0, 0)
    assert outcome.kills == plan.kills
    assert outcome.messages >= plan.messages
    assert outcome.duplicates <= plan.kills
    # With a topic goes what was written in it and not read yet; no other way leads out of here.
    losses = sum(outcome.troubles.values())
    assert outcome.gone_unread + outcome.told_unsent <= 2 * MOST_UNREAD * losses
    # What falls into General goes, unless the bot dies or loses its rights just then.
    hindered = sum(outcome.troubles.get(one, 0) for one in (*GROUP_TROUBLES, *ENDS))
    assert outcome.in_general <= plan.kills + hindered
    # Of what was leaving just when somebody blocked the bot nobody knows whether it arrived.
    blocked = outcome.troubles.get("blocked", 0)
    assert outcome.most_unknown_in_a_talk <= plan.kills + blocked
    assert set(outcome.troubles) == set(plan.troubles)


@pytest.mark.parametrize(
    "points",
    [
        ("K5", "K6", "K7"),
        *(pytest.param((one,), marks=pytest.mark.faults) for one in ("K5", "K6", "K7")),
    ],
    ids="-".join,
)
async def test_a_crash_loses_no_words(
    points: tuple[str, ...], tmp_path: Path, memory: Path, cradle: Cradle
) -> None:
    """Killed before a call, during it and after it, the bot says again only what is in doubt."""
    plan = Plan(150, 3, points)
    hold(await run(tmp_path, memory, cradle, plan), plan)


@pytest.mark.parametrize(
    "troubles", [TOPIC_TROUBLES, GROUP_TROUBLES, WIRE_TROUBLES, ENDS], ids=lambda one: one[0]
)
async def test_trouble_in_the_group_loses_no_words(
    troubles: tuple[str, ...], tmp_path: Path, memory: Path, cradle: Cradle
) -> None:
    """Whatever is done to topics, rights and groups, everything is shown in the end, in a topic."""
    plan = Plan(250, 0, troubles=troubles)
    hold(await run(tmp_path, memory, cradle, plan), plan)


def test_what_is_overheard_tells_a_fall_from_a_repetition() -> None:
    """General shows nothing, so nothing is repeated there; elsewhere it has to say so."""

    def heard(*calls: tuple[int, int | None, str]) -> Overheard:
        found = Overheard()
        for number, (chat, thread, text) in enumerate(calls):
            params = {"chat_id": chat, "message_thread_id": thread, "text": text}
            found.append(Call(number, "sendMessage", params, 200, None, None, 0.0))
        return found

    words, marked = "👤 A1\np1-1", "👤 A1 (ripetuto)\np1-1"
    fell = heard((-1, None, words), (-1, None, words))
    assert (fell.unmarked, fell.duplicates, fell.fallen, "p1-1" in fell.shown) == ([], 0, 2, False)
    assert heard((-1, None, words), (-1, 7, words)).unmarked == []
    assert heard((-1, 7, words), (-1, 7, words)).unmarked == ["p1-1 in 7"]
    assert heard((-1, 7, words), (-1, 7, marked)).unmarked == []
    assert heard((1, None, words), (1, None, words)).unmarked == ["p1-1 in None"]


@pytest.mark.faults
@pytest.mark.timeout(3600)
async def test_twenty_thousand_messages_through_everything(
    tmp_path: Path, memory: Path, cradle: Cradle, record_property: Record
) -> None:
    """All troubles and sixty kills at once, for as long as twenty thousand messages take."""
    outcome = await run(tmp_path, memory, cradle, LONG)
    record_property("talk figures", json.dumps(asdict(outcome)))
    print(json.dumps(asdict(outcome)))
    hold(outcome, LONG)
