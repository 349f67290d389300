"""What must be checked is seen in time, has somebody who does it, and names its source."""

from __future__ import annotations

from datetime import date

from bot.wording.digest import next_review
from tests.bot.console.words.house import Words

NAME = "/words/digest"


async def test_a_card_is_checked_against_a_source(house: Words) -> None:
    """It is overdue; whoever checked it says against what; people read the day; the next one is
    set."""
    await house.anna.get(NAME)
    assert "Should have been checked again · 1" in house.anna.text
    for given in ({"why": " ", "months": "6"}, {"why": "DM", "months": "7"}):
        answer = await house.anna.post("/words/check", of="docs.fee", **given)
        assert answer.headers["Location"].endswith("refused=reason")
    answer = await house.anna.post("/words/check", of="docs.fee", why="DM 5/5/2017", months="6")
    assert answer.headers["Location"].endswith("done=checked")
    today = house.console.clock.now().date()
    card = house.furniture.library.cards["docs.fee"]
    assert (card.checked, card.review) == (today, next_review(today, 6))
    await house.anna.get(NAME)
    assert "Should have been checked again · 1" not in house.anna.text
    assert (await house.anna.post("/words/check", of="x", why="y", months="6")).status == 404


async def test_a_coordinator_says_who_looks_after_it(house: Words) -> None:
    """Others see it; nobody is an answer too."""
    await house.bruno.get(NAME)
    carla = house.bruno.text.partition(">Carla</option>")[0].rpartition('value="')[2].rstrip('">')
    assert (await house.anna.post("/words/give", of="docs.fee", owner=carla)).status == 403
    await house.bruno.post("/words/give", of="docs.fee", owner=carla)
    await house.anna.get(NAME)
    assert "Looks after it: Carla" in house.anna.text
    await house.bruno.get(NAME)
    await house.bruno.post("/words/give", of="docs.fee", owner="")
    await house.anna.get(NAME)
    assert "Looks after it: –" in house.anna.text


def test_a_review_falls_on_a_day_there_is() -> None:
    """Six months from the end of August is the end of February."""
    assert next_review(date(2026, 8, 31), 6) == date(2027, 2, 28)
    assert next_review(date(2026, 11, 22), 12) == date(2027, 11, 22)
    assert next_review(date(2026, 9, 30), 3) == date(2026, 12, 30)
