"""The operators' day: who comes and who does not, what is new, and nothing of another office."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from flows.calendar_model import News, Reply, Subject
from storage.courses.finding import enrolments
from storage.desk_news import find_news
from tests.bot.console.agenda.house import HALF, TEN, TUESDAY, Counter


async def test_the_day_says_who_comes_and_who_has_not_answered(counter: Counter) -> None:
    """Every meeting stands in its hour with what the person said; above stands how many."""
    silent = counter.booked()
    comes, late = counter.booked(at=HALF), counter.booked(at=TEN)
    counter.says(comes, Reply.COMES)
    counter.says(late, Reply.LATE, 20)
    walked_in = counter.booked(contact_id=counter.sheet(counter.anna).id, at=TEN)
    browser = await counter.at(counter.anna)
    assert (await browser.get("/day")).status == 200
    places = [browser.text.index(f'id="appointment-{one.id}"') for one in (silent, comes, late)]
    assert places == sorted(places)
    assert f'id="appointment-{walked_in.id}"' in browser.text
    words = ["4 appointments", "2 come", "2 have not answered", "20 minutes late"]
    words += ["has not answered", "no reminders: no chat", silent.designation]
    assert [one for one in words if one not in browser.text] == []


async def test_a_list_holds_no_word_of_anybody(counter: Counter) -> None:
    """In the day, the week and on paper stand designations; words are on a page of their own."""
    counter.booked()
    browser = await counter.at(counter.anna)
    for path in ("/day", "/day/week", "/day/paper", "/day/now"):
        assert (await browser.get(path)).status == 200
        assert ("Ricevuta" in browser.text, "Papers" in browser.text) == (
            False,
            path != "/day/week",
        )
    assert counter.audit() == []


async def test_another_office_sees_nothing_of_it(counter: Counter) -> None:
    """Neither meetings nor lessons nor news nor openings of another office stand in a day."""
    meeting, opening = counter.booked(), counter.opens(title="Primo incontro")
    counter.lesson()
    counter.news(News.LOST, meeting)
    browser = await counter.at(counter.carla)
    found = {}
    for path in ("/day", "/day/week", "/day/paper?rolls=1", "/free", "/openings"):
        assert (await browser.get(path)).status == 200
        words = (meeting.designation, "Italian for beginners", "Primo incontro")
        found[path] = [one for one in words if one in browser.text]
    assert found == {path: [] for path in found}
    assert (await browser.get(f"/openings/{opening.id}")).status == 404
    assert (await browser.post("/day/news", news=_ids(counter))).status == 303
    assert len(_ids(counter).split(",")) == 4


def _ids(counter: Counter) -> str:
    found = counter.look(lambda c: find_news(c, counter.desio))
    return ",".join(str(one.id) for one in found)


async def test_what_is_new_stands_there_until_somebody_has_seen_it(counter: Counter) -> None:
    """What asks for something stands first, with the way there; seen by one, it is seen for all."""
    late, lost = counter.booked(), counter.booked(at=TEN)
    counter.says(late, Reply.LATE, 5)
    counter.says(lost, Reply.LOST)
    counter.lesson(1)
    browser = await counter.at(counter.anna)
    await browser.get("/day")
    words = ["is 5 minutes late", "is lost and asks for the way", "1 that asks for nothing"]
    words += ["Italian for beginners", f'href="/appointments/{lost.id}"']
    assert [one for one in words if one not in browser.text] == []
    one = counter.look(lambda c: find_news(c, counter.desio))[0]
    answer = await browser.post("/day/news", news=one.id, on="2026-11-23")
    assert answer.headers["Location"] == "/day?on=2026-11-23&done=seen#news"
    assert len(_ids(counter).split(",")) == 2
    assert (await browser.post("/day/news", news=f"x,{_ids(counter)},-1")).status == 303
    colleague = await counter.at(counter.bruno)
    await colleague.get("/day")
    assert ('class="news-one' in colleague.text, _ids(counter)) == (False, "")


async def test_what_is_new_is_of_today(counter: Counter) -> None:
    """On the page of another day there is only the way to it, and none where nothing is new."""
    browser = await counter.at(counter.anna)
    found = []
    for on in ("2027-01-08", "2026-11-24"):
        await browser.get(f"/day?on={on}")
        found.append(('class="news-one' in browser.text, 'href="/day#news"' in browser.text))
        counter.news(News.LOST, counter.booked())
    assert found == [(False, False), (False, True)]
    await browser.get("/day")
    assert ('class="news-one' in browser.text, 'href="/day#news"' in browser.text) == (True, False)


@pytest.mark.parametrize("subject", Subject)
async def test_everything_that_can_be_new_has_words(counter: Counter, subject: Subject) -> None:
    """Whatever a desk is told of, of whatever, the page stands and says who it is."""
    one = counter.booked()
    for number, what in enumerate(News):
        counter.news(what, replace(one, designation=f"Airone {number}"), 3, subject)
    browser = await counter.at(counter.anna)
    assert (await browser.get("/day")).status == 200
    missing = [number for number in range(len(News)) if f"Airone {number}<" not in browser.text]
    assert missing == []


async def test_a_lesson_says_how_many_come(counter: Counter) -> None:
    """A lesson stands in the day with who is enrolled, who cannot, and that nobody took the
    roll."""
    course, lesson = counter.lesson()
    who = counter.look(lambda c: enrolments(c, counter.database.vault, course.id))
    counter.answered(lesson, who[0].id, Reply.CANNOT)
    counter.answered(lesson, who[1].id, Reply.COMES)
    browser = await counter.at(counter.anna)
    await browser.get("/day?on=2026-11-23")
    words = ["3 enrolled", "1 cannot", "1 comes", f'href="/courses/lessons/{lesson.id}"']
    assert [one for one in words if one not in browser.text] == []
    counter.clock.at = lesson.ends
    browser = await counter.at(counter.bruno)
    await browser.get("/day?on=2026-11-23")
    assert "attendance not taken" in browser.text


async def test_who_came_is_said_in_the_day_itself(counter: Counter) -> None:
    """A meeting that has begun asks whether they came; one tap, and the day says so."""
    first, later = counter.booked(), counter.booked(at=TEN)
    counter.clock.at = first.ends
    browser = await counter.at(counter.anna)
    await browser.get("/day")
    forms = [f'action="/appointments/{one.id}/close"' in browser.text for one in (first, later)]
    assert (forms, "did they come?" in browser.text) == ([True, False], True)
    fields = {"state": "no_show", "back": "day", "day": "2026-11-23"}
    answer = await browser.post(f"/appointments/{first.id}/close", **fields)
    there = f"/day?on=2026-11-23&done=no_show#appointment-{first.id}"
    assert answer.headers["Location"] == there
    await browser.get("/day?on=2026-11-23")
    words = ("did not come", "did they come?", f'action="/appointments/{first.id}/close"')
    assert [one in browser.text for one in words] == [True, False, False]


async def test_any_day_and_any_week_can_be_looked_at(counter: Counter) -> None:
    """Whatever stands in the address, a day comes; a meeting stands on its own day and in its
    week, and a desk shows only what is its own."""
    meeting = counter.booked(day=TUESDAY)
    browser = await counter.at(counter.anna)
    found = {}
    days = ("2026-11-24", "2026-11-23", "", "x", "9999-99-99", "1066-10-14", "²")
    for on in days:
        assert (await browser.get("/day", params={"on": on})).status == 200
        found[on] = meeting.designation in browser.text
    assert found == {on: on == "2026-11-24" for on in days}
    for path, shown in (
        ("/day/week?on=2026-11-29", True),
        ("/day/week?on=2026-11-30", False),
        ("/day?on=2026-11-24&desk=desio", True),
        ("/day?on=2026-11-24&desk=other", False),
    ):
        assert (await browser.get(path)).status == 200
        assert (path, meeting.designation in browser.text) == (path, shown)


async def test_names_stand_on_paper_only_when_they_are_asked_for(counter: Counter) -> None:
    """The list to be printed holds who is enrolled only on demand, and then it is written down."""
    course, lesson = counter.lesson(2)
    who = counter.look(lambda c: enrolments(c, counter.database.vault, course.id))
    browser = await counter.at(counter.anna)
    await browser.get("/day/paper")
    assert (who[0].designation in browser.text, counter.audit()) == (False, [])
    await browser.get("/day/paper?rolls=1")
    assert who[0].designation in browser.text
    assert counter.audit() == [("roll of a course read", f"{course.title} {lesson.day}")]


async def test_a_day_in_summer_time_is_the_day_of_italy(counter: Counter) -> None:
    """A meeting at half past midnight stands on its own day, not on the one before."""
    day = date(2027, 7, 1)
    counter.clock.at = counter.clock.at.replace(year=2027, month=6)
    meeting = counter.booked(day=day, at=HALF.replace(hour=0))
    browser = await counter.at(counter.anna)
    found = []
    for on in ("2027-06-30", "2027-07-01"):
        await browser.get(f"/day?on={on}")
        found.append(meeting.designation in browser.text)
    assert found == [False, True]
