"""The list of reports: what is urgent first, nothing of what is in them, nothing of others'."""

from __future__ import annotations

from datetime import date, timedelta

from flows.report_model import Level, Status
from tests.bot.console.reports.bureau import TODAY, Bureau
from tests.bot.console.reports.shelf import STORY

MONDAY = TODAY


def numbers(text: str) -> list[str]:
    """The numbers of a list, in its order."""
    import re

    return re.findall(r'class="ticket-number">.*?</span>(\w+)</span>', text)


def fill(bureau: Bureau) -> None:
    """A shelf of every kind, all sealed to Anna and Bruno."""
    who = (bureau.id("Anna"), bureau.id("Bruno"))
    add = bureau.shelf.add
    add("r0", "AAAA", who, level=Level.IRREGULAR, week=date(2026, 11, 2))
    add("r1", "BBBB", who, level=Level.DANGER, week=date(2026, 11, 16))
    add("r2", "CCCC", who, level=Level.DANGER, week=date(2026, 11, 9), doubt="the same six times")
    add("r3", "DDDD", who, level=Level.SERIOUS, week=date(2026, 11, 16), unread=2)
    add("r4", "EEEE", who, level=Level.SERIOUS, week=date(2026, 11, 9), status=Status.WORK)
    add("r5", "FFFF", who, level=Level.DANGER, status=Status.CLOSED, reason="done")


async def test_danger_first_then_the_oldest(bureau: Bureau) -> None:
    """By level, in a level by age; what looks false sorts down, what is over is not shown."""
    fill(bureau)
    page = await bureau["Anna"].get("/reports")
    assert numbers(page.text) == ["BBBB", "EEEE", "DDDD", "AAAA", "CCCC"]


async def test_nothing_of_the_content_is_in_the_list(bureau: Bureau) -> None:
    """No word of what was told, no sector and no place: the list is read over shoulders."""
    fill(bureau)
    page = await bureau["Anna"].get("/reports?status=all")
    found = [one for one in (STORY.split("\n")[0], "Brianza", "restaurant") if one in page.text]
    assert found == []
    assert "read" not in bureau.shelf.asked


async def test_each_sees_what_is_sealed_to_them(bureau: Bureau) -> None:
    """Who has no key for a report does not see that there is one, administrators neither."""
    fill(bureau)
    for name in ("Carla", "Dario"):
        page = await bureau[name].get("/reports?status=all")
        assert (numbers(page.text), "No reports yet" in page.words) == ([], True)


async def test_the_list_can_be_narrowed(bureau: Bureau) -> None:
    """By level, by status, to one's own; a number finds also what is over."""
    fill(bureau)
    anna = bureau["Anna"]
    await anna.post("/reports/r3/assign", operator=str(bureau.id("Anna")))
    found = {
        query: numbers((await anna.get(f"/reports?{query}")).text)
        for query in ("level=2", "status=work", "mine=1", "number=ffff", "status=closed")
    }
    assert found == {
        "level=2": ["EEEE", "DDDD"],
        "status=work": ["EEEE"],
        "mine=1": ["DDDD"],
        "number=ffff": ["FFFF"],
        "status=closed": ["FFFF"],
    }


async def test_an_empty_list_says_why(bureau: Bureau) -> None:
    """Nothing at all, nothing open, nothing that fits, an unknown number: each has its words."""
    anna = bureau["Anna"]
    assert "No reports yet" in (await anna.get("/reports")).words
    bureau.shelf.add("r", "AAAA", [bureau.id("Anna")], status=Status.CLOSED)
    assert "Nothing is open" in (await anna.get("/reports")).words
    assert "Nothing like this" in (await anna.get("/reports?level=3")).words
    assert "There is no report ZZZZ for you" in (await anna.get("/reports?number=zzzz")).words


async def test_whatever_is_written_in_the_address_is_a_page(bureau: Bureau) -> None:
    """Pages before the first and behind the last, statuses and levels that are none: row 91."""
    who = [bureau.id("Anna")]
    for number in range(65):
        bureau.shelf.add(f"r{number}", f"{number:04}", who)
    asked = ("page=-1", "page=0", "page=1e9", "page=1000000000", "page=٣", "page=2&level=99")
    asked += ("status=%27OR%201=1", "level=-1", "mine=maybe", "number=%25_", "page=")
    statuses = {query: (await bureau["Anna"].get(f"/reports?{query}")).status for query in asked}
    assert statuses == dict.fromkeys(asked, 200)
    last = await bureau["Anna"].get("/reports?page=3")
    assert numbers(last.text) == [f"{number:04}" for number in range(60, 65)]
    assert "Page 3 of 3" in (await bureau["Anna"].get("/reports?page=99999999999")).words


async def test_a_report_that_goes_soon_is_told(bureau: Bureau) -> None:
    """Two weeks before it is deleted, a report says so in the list."""
    who = [bureau.id("Anna")]
    bureau.shelf.add("r1", "AAAA", who, goes=MONDAY + timedelta(weeks=2))
    assert "goes in 2 weeks" in (await bureau["Anna"].get("/reports")).words
    bureau.shelf.add("r1", "AAAA", who, goes=MONDAY + timedelta(weeks=3))
    assert "goes in" not in (await bureau["Anna"].get("/reports")).words


async def test_where_nothing_is_open_nothing_is_counted(bureau: Bureau) -> None:
    """Three noughts above an empty list would say nothing; one report brings the line."""
    who = [bureau.id("Anna")]
    assert "nobody has read" not in (await bureau["Anna"].get("/reports")).words
    bureau.shelf.add("r1", "AAAA", who, status=Status.CLOSED)
    assert "nobody has read" not in (await bureau["Anna"].get("/reports")).words
    bureau.shelf.add("r2", "BBBB", who)
    summary = "1 open, 0 in danger, 1 that nobody has read"
    assert summary in (await bureau["Anna"].get("/reports")).words


async def test_a_new_report_is_no_new_answer(bureau: Bureau) -> None:
    """What nobody has read yet is counted as that; an answer is what comes after."""
    who = [bureau.id("Anna")]
    bureau.shelf.add("r1", "AAAA", who, unread=1)
    assert "new answer" not in (await bureau["Anna"].get("/reports")).words
    bureau.shelf.add("r1", "AAAA", who, unread=1, status=Status.WAITING)
    assert "1 new answer" in (await bureau["Anna"].get("/reports")).words


async def test_news_says_only_that_there_is_news(bureau: Bureau) -> None:
    """What a browser asks for now and then changes with the list, and tells nothing of it."""
    anna = bureau["Anna"]
    first = await anna.get("/reports-news")
    fill(bureau)
    second = await anna.get("/reports-news")
    assert (len(first.text), len(second.text)) == (28, 28)
    assert first.text != second.text == (await anna.get("/reports-news")).text


async def test_asking_for_news_is_no_sign_of_life(bureau: Bureau) -> None:
    """A page left open asks by itself: the lock comes after half an hour all the same."""
    anna = bureau["Anna"]
    for _ in range(4):
        bureau.clock.advance(timedelta(minutes=9))
        await anna.get("/reports-news")
    assert len(bureau.room.sessions.of(bureau.id("Anna"))) == 0


async def test_the_list_is_written_down(bureau: Bureau) -> None:
    """Looking at the list leaves a trace; asking for news does not fill the audit."""
    await bureau["Anna"].get("/reports")
    await bureau["Anna"].get("/reports-news")
    assert bureau.deeds() == [("Anna", "queue read", "")]
