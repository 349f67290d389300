"""A message to many that is stopped and gone on with: whatever is just leaving, nobody reads it
twice, and nobody is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.delivery.sending import Fate
from flows.calendar_model import NoticeState
from storage.mass import running
from storage.notices.claiming import MOST_OF_A_MASS
from storage.outbox import Row
from tests.bot.mass.house import NOW, House

Made = Callable[[int], House]


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    """A house with so many people."""
    houses: list[House] = []

    def make(many: int) -> House:
        houses.append(House(tmp_path, *["it"] * many))
        return houses[-1]

    yield make
    for house in houses:
        house.close()


def row_of(house: House, rows: list[Row], place: int) -> Row:
    """The row of somebody."""
    return next(one for one in rows if one.person_id == house.people[place])


def test_what_waits_is_stopped_and_goes_when_it_goes_on(made: Made) -> None:
    """A row that was taken back does not leave; the one in its place does, once."""
    house = made(2)
    mass = house.let_go()
    before = house.claim()
    assert house.states == [NoticeState.HANDED] * 2
    assert house.write(lambda c: running.stop(c, mass.id))
    assert (house.states, house.claim()) == ([NoticeState.STOPPED] * 2, [])
    assert house.asks(before[0]) is Fate.NOT_NEEDED
    house.ends(before[0], Fate.NOT_NEEDED)
    assert house.write(lambda c: running.resume(c, mass.id, NOW))
    after = house.claim()
    assert [house.asks(one) for one in (*before, *after)] == [Fate.NOT_NEEDED] * 2 + [None] * 2
    for one in before:
        house.ends(one, Fate.NOT_NEEDED)
    assert house.states == [NoticeState.HANDED] * 2
    for one in after:
        house.ends(one, Fate.SENT)
    assert house.states == [NoticeState.SENT] * 2


def test_what_was_leaving_and_has_to_wait_is_stopped_too(made: Made) -> None:
    """Telegram asks for a pause while somebody stops it: after the pause it does not go."""
    house = made(2)
    mass = house.let_go()
    rows = house.claim()
    first, second = row_of(house, rows, 0), row_of(house, rows, 1)
    assert [house.asks(first), house.asks(second)] == [None, None]
    house.write(lambda c: running.stop(c, mass.id))
    assert house.states == [NoticeState.HANDED] * 2
    house.ends(first, Fate.RETRY)
    house.ends(second, Fate.SENT)
    assert house.asks(first) is Fate.NOT_NEEDED
    house.ends(first, Fate.NOT_NEEDED)
    assert house.states == [NoticeState.STOPPED, NoticeState.SENT]
    house.write(lambda c: running.resume(c, mass.id, NOW))
    (again,) = house.claim()
    assert (again.person_id, house.asks(again)) == (house.people[0], None)


def test_what_nobody_knows_of_takes_no_place(made: Made) -> None:
    """Rows that a crash left unknown stay, and do not keep others from going."""
    house = made(MOST_OF_A_MASS + 2)
    house.let_go()
    rows = [*house.claim(), *house.claim()]
    assert (len(rows), house.claim()) == (MOST_OF_A_MASS, [])
    assert house.asks(rows[0]) is None
    house.ends(rows[0], Fate.UNKNOWN)
    assert len(house.claim()) == 1


def test_a_refusal_for_ever_is_told_as_such(made: Made) -> None:
    """Who blocked the bot is blocked, and what Telegram never takes was not told."""
    house = made(2)
    house.let_go()
    rows = house.claim()
    for place, fate in ((0, Fate.UNREACHABLE), (1, Fate.REFUSED)):
        one = row_of(house, rows, place)
        assert house.asks(one) is None
        house.ends(one, fate)
    assert house.states == [NoticeState.BLOCKED, NoticeState.MISSED]
