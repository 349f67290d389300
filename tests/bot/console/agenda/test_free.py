"""The map of free times: every place that is left is counted in its hour, once."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.console.agenda.free import Cell, week
from storage.appointments.model import Free, Opening
from tests.bot.console.agenda.house import HALF, MONDAY, NINE, TEN, TUESDAY, Counter

MINUTES = st.integers(0, 7 * 24 * 60 - 1)


def free(minute: int, left: int, at_once: int = 3) -> Free:
    """A slot so many minutes after Monday begins."""
    opening = Opening("office", "desio", "mon-sun 00:00-24:00", MONDAY, 30, at_once=at_once)
    starts = datetime.combine(MONDAY, time()) + timedelta(minutes=minute)
    return Free(opening, starts, left)


@given(st.lists(st.tuples(MINUTES, st.integers(0, 3)), max_size=40))
def test_no_place_is_lost_or_counted_twice(slots: list[tuple[int, int]]) -> None:
    """The numbers of a week sum up to what is free, and every slot has its cell."""
    made = week(MONDAY, [free(minute, left) for minute, left in slots])
    cells = [cell for _hour, row in made.hours for cell in row if cell is not None]
    assert sum(cell.free for cell in cells) == sum(left for _minute, left in slots)
    assert sum(cell.total for cell in cells) == 3 * len(slots)
    assert {len(row) for _hour, row in made.hours} <= {len(made.days)}
    assert 5 <= len(made.days) <= 7


def test_slots_of_another_week_are_not_in_it() -> None:
    """A week holds its seven days and nothing else."""
    made = week(MONDAY, [free(-1, 2), free(0, 1), free(7 * 24 * 60, 2)])
    assert [cell for _hour, row in made.hours for cell in row if cell] == [Cell(1, 3)]


@given(st.integers(1, 500), st.data())
def test_the_shade_says_how_much_room_there_is(total: int, data: st.DataObject) -> None:
    """Full is 0 and only full is; all free is 4; more room is never a weaker shade."""
    left = data.draw(st.integers(0, total))
    shades = [Cell(free, total).shade for free in range(total + 1)]
    assert (shades[0], shades[-1], shades == sorted(shades)) == (0, 4, True)
    assert (Cell(left, total).shade == 0) is (left == 0)


async def test_the_map_follows_what_is_booked(counter: Counter) -> None:
    """An hour says how many can still come, a full one that it is full; what is past is gone."""
    opening = counter.opens(title="Primo incontro")
    for at in (NINE, HALF, TEN):
        counter.booked(opening=opening, day=TUESDAY, at=at)
    browser = await counter.at(counter.anna)
    assert (await browser.get("/free?on=2026-11-23")).status == 200
    assert ("18 free" in browser.text, "17 free" in browser.text) == (False, True)
    tuesday = [row.split("<td")[2] for row in browser.text.split('<th scope="row">')[1:3]]
    assert ['class="heat-0"' in tuesday[0], "full" in tuesday[0]] == [True, True]
    assert ['class="heat-2"' in tuesday[1], ">1<" in tuesday[1]] == [True, True]
    counter.clock.at += timedelta(hours=2)
    browser = await counter.at(counter.bruno)
    await browser.get("/free?on=2026-11-23&desk=desio")
    assert "13 free" in browser.text
    await browser.get("/free?desk=nowhere")
    assert "No times in this week" in browser.text
