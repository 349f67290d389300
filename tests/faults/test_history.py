"""The judge of all fault runs is itself judged: it sees what is lost, double or out of order."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from dataclasses import replace

from bot.local.state import Call
from tests.faults.history import Kept, is_within, problems
from tests.faults.people import Town
from tests.faults.process import BULK, ROW
from tests.faults.scene import Stage
from tests.faults.sent import Sent, read_sent

Falsify = Callable[[Town, Kept, Sent], tuple[Town, Kept, Sent]]


def a_call(row: int, *, error: int | None = None) -> Call:
    """A call of the bot as the local Telegram notes it."""
    params = {ROW: row, BULK: False, "chat_id": 1}
    return Call(row, "sendMessage", params, error or 200, error, None, 0.0)


def test_a_row_that_was_overtaken_is_seen() -> None:
    """Rows of a chat are out of order when one goes after a later one for the first time."""
    in_order = read_sent([a_call(1), a_call(2), a_call(2), a_call(3, error=500), a_call(3)])
    overtaken = read_sent([a_call(2), a_call(1)])
    assert (in_order.out_of_order(), in_order.repeated) == ([], 1)
    assert overtaken.out_of_order() == ["chat 1: rows [2, 1]"]


def test_pages_must_come_in_the_order_of_their_commands() -> None:
    """Other pages may come between; a missing or an overtaken one is seen."""
    seen = ["language", "menu", "help", "menu"]
    assert is_within(["language", "help", "menu"], seen)
    assert not is_within(["help", "language"], seen)
    assert not is_within(["language", "privacy"], seen)


def _with_vote(town: Town, by: int) -> Town:
    votes = replace(town.votes, counts=town.votes.counts.copy())
    votes.counts[next(iter(votes.counts))] += by
    return replace(town, votes=votes)


def _with_person(town: Town, **changes: object) -> Town:
    first = copy(town.people[0])
    for name, value in changes.items():
        setattr(first, name, value)
    return replace(town, people=[first, *town.people[1:]])


FALSIFICATIONS: dict[str, Falsify] = {
    "1 updates lost": lambda town, kept, sent: (
        replace(town, updates=town.updates | {1}),
        kept,
        sent,
    ),
    "1 updates handled that nobody sent": lambda town, kept, sent: (
        town,
        replace(kept, handled=kept.handled | {1}),
        sent,
    ),
    "votes lost 1, counted twice 0": lambda town, kept, sent: (_with_vote(town, 1), kept, sent),
    "votes lost 0, counted twice 1": lambda town, kept, sent: (_with_vote(town, -1), kept, sent),
    "chat 1: is in orientation, not in home": lambda town, kept, sent: (
        _with_person(town, flow="home"),
        kept,
        sent,
    ),
    "chat 1: language or careful mode is another": lambda town, kept, sent: (
        _with_person(town, language="ar"),
        kept,
        sent,
    ),
    "the outbox is not empty: {'NEW': 1}": lambda town, kept, sent: (
        town,
        replace(kept, waiting={"NEW": 1}),
        sent,
    ),
    "1 updates set aside that were well": lambda town, kept, sent: (
        town,
        replace(kept, quarantined={1: "message"}),
        sent,
    ),
}


async def test_the_judge_sees_every_kind_of_mistake(stage: Stage) -> None:
    """A run in which all is well has no problems; one thing made untrue is one problem."""
    async with stage(people=3) as here:
        await here.bots.start()
        await here.town.together(lambda person: person.arrive())
        await here.town.together(lambda person: person.read())
        kept, sent = await here.end()
        town = here.town
        assert problems(town, kept, sent) == []
        told = {name: problems(*lie(town, kept, sent)) for name, lie in FALSIFICATIONS.items()}
        assert told == {name: [name] for name in FALSIFICATIONS}
        reading = town.people[0].reading
        assert reading is not None
        reading.turn += 1
        assert problems(town, kept, sent) == [
            f"chat 1: turn {reading.turn - 1}, not {reading.turn}"
        ]
