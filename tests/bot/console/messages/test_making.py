"""A message to many begins from what has changed, a strike or own words, and nothing goes out."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from flows.calendar_model import MassKind, MassState
from storage.desks import Desk, save_desk
from storage.mass.model import Audience, Crowd
from tests.bot.console.house import START, Browser, Reader
from tests.bot.console.messages.house import School, drafted

WORDS = {"words-it": "Siamo chiusi lunedì.\nScrivici qui.", "words-en": "Closed on Monday."}


async def making(school: School, who: Reader) -> Browser:
    """Somebody at the page where one begins."""
    browser = await school.signed_in(who)
    await browser.get("/messages/new")
    return browser


async def test_what_has_changed_stands_there(school: School) -> None:
    """A lesson that was moved is offered, with how many it concerns; the draft says what is true,
    and nobody is written to."""
    browser, mass_id = await drafted(school, school.anna)
    assert "Not Wednesday 9 December, 18:00." in browser.text
    assert "New: Thursday 10 December, 19:00." in browser.text
    assert school.state(mass_id) is MassState.DRAFT
    (mass,) = school.masses
    assert (mass.kind, mass.office, mass.recipients) == (MassKind.MOVED, school.desio, 0)
    await browser.get("/messages/new")
    assert "A lesson has moved" not in browser.text
    assert "A new course" in browser.text


async def test_about_one_thing_there_is_one_draft(school: School) -> None:
    """Whoever asks for the message again finds the one that waits."""
    browser, mass_id = await drafted(school, school.anna)
    lesson = school.lessons[1]
    again = await browser.post("/messages/about", lesson=lesson.id)
    assert again.headers["Location"] == f"/messages/{mass_id}?done=drafted"
    for _ in range(2):
        await browser.post("/messages/about", course=school.course.id, kind="new_course")
    assert len(school.masses) == 2


async def test_whoever_moves_a_lesson_is_led_to_its_message(school: School) -> None:
    """With a lesson, or a course, in the address only that one is offered; of one that is not
    there, all are."""
    lesson = school.moves()
    browser = await making(school, school.anna)
    found = {}
    for query in (
        "",
        f"?lesson={lesson.id}",
        f"?course={school.course.id}",
        "?lesson=9",
        "?lesson=x",
    ):
        await browser.get(f"/messages/new{query}")
        found[query[:5]] = browser.text.count('action="/messages/about"')
    assert found == {"": 2, "?less": 2, "?cour": 2}
    await browser.get(f"/messages/new?course={school.course.id}")
    assert f'value="course-{school.course.id}" selected' in browser.text
    await browser.get(f"/messages/new?lesson={lesson.id}")
    assert browser.text.count('action="/messages/about"') == 1


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"lesson": 9},
        {"lesson": "x", "course": "y"},
        {"course": 9, "kind": "cancelled"},
        {"course": 9, "kind": "new_course"},
    ],
    ids=str,
)
async def test_of_what_is_not_there_nothing_is_told(school: School, fields: dict[str, Any]) -> None:
    """A made-up lesson or course makes no draft, and the page says so."""
    browser = await making(school, school.anna)
    answer = await browser.post("/messages/about", **fields)
    assert (answer.status, school.masses) == (422, [])
    assert "nothing to tell of this any more" in browser.text


async def test_a_new_course_goes_to_who_asked(school: School) -> None:
    """Its message can be prepared from the course."""
    browser = await making(school, school.anna)
    answer = await browser.post("/messages/about", course=school.course.id, kind="new_course")
    assert answer.status == 303
    (mass,) = school.masses
    assert (mass.kind, mass.audience.crowd) == (MassKind.NEW_COURSE, Crowd.ASKED)


async def test_a_strike_needs_a_day_to_come(school: School) -> None:
    """What is wrong is said, what was typed stays."""
    browser = await making(school, school.anna)
    day = (START + timedelta(days=3)).date()
    past = (START - timedelta(days=1)).date()
    for wrong in ("", "x", past.isoformat()):
        answer = await browser.post("/messages/strike", day=wrong, strike="closed")
        assert (answer.status, school.masses) == (422, [])
    assert f'value="{past.isoformat()}"' in browser.text
    answer = await browser.post("/messages/strike", day=day.isoformat(), strike="closed")
    assert answer.status == 303
    (mass,) = school.masses
    assert mass.audience == Audience(Crowd.DAY, day=day)
    await browser.get(f"/messages/{mass.id}")
    assert "We are closed: Wednesday 25 November 2026" in browser.text
    await browser.get(f"/messages/{mass.id}/edit")
    assert day.isoformat() in browser.text
    other = day + timedelta(days=1)
    path = f"/messages/{mass.id}/strike"
    await browser.post(path, day=other.isoformat(), strike="transport")
    assert [one.view.day for one in school.masses] == [other]
    assert (await browser.post(path, day="x", strike="transport")).status == 422


async def test_own_words_need_italian_and_readers_of_ones_own(school: School) -> None:
    """Everybody is only for who coordinates, another office's class and desk are for nobody here;
    words that were refused are still where they were typed."""
    elsewhere = school.office("PUA Carate")
    mine = Desk("k7", "Mercato", "Desio", True, START.date(), school.desio)
    theirs = Desk("k8", "Carate", "Carate", True, START.date(), elsewhere)
    for one in (mine, theirs):
        school.do(lambda c, one=one: save_desk(c, one))
    browser = await making(school, school.anna)
    assert ("Mercato" in browser.text, "desk-k8" in browser.text) == (True, False)
    course = f"course-{school.course.id}"
    for to in ("", "everybody", "course-9", "course-x", "desk-k8"):
        answer = await browser.post("/messages/words", to=to, **WORDS)
        assert (answer.status, school.masses) == (422, [])
    assert "Siamo chiusi lunedì." in browser.text
    only_english = {"words-en": WORDS["words-en"]}
    assert (await browser.post("/messages/words", to=course, **only_english)).status == 422
    found = []
    for who, to in ((school.anna, course), (school.anna, "desk-k7"), (school.rita, "everybody")):
        browser = await making(school, who)
        answer = await browser.post("/messages/words", to=to, **WORDS)
        found.append((answer.status, school.masses[0].audience.crowd))
        school.clock.go(timedelta(minutes=1))
    assert found == [(303, Crowd.COURSE), (303, Crowd.DESK), (303, Crowd.EVERYBODY)]
    assert school.masses[0].view.own("it") == WORDS["words-it"]


async def test_a_draft_in_own_words_is_changed_until_it_goes(school: School) -> None:
    """Whoever changes it is its author from then on; one that went, and one that says facts, have
    no words to change."""
    browser = await making(school, school.rita)
    await browser.post("/messages/words", to="everybody", **WORDS)
    (mass,) = school.masses
    anna = await making(school, school.anna)
    await anna.get(f"/messages/{mass.id}/edit")
    assert "Closed on Monday." in anna.text
    to = f"course-{school.course.id}"
    answer = await anna.post(f"/messages/{mass.id}/words", to=to, **{"words-it": "Ciao"})
    assert answer.headers["Location"] == f"/messages/{mass.id}?done=drafted"
    (changed,) = school.masses
    assert (changed.created_by, changed.view.own("it")) == (school.anna.operator.id, "Ciao")
    assert changed.view.own("en") == ""
    await anna.get(f"/messages/{mass.id}")
    assert "This is in Italian. You can ask us what it says." in anna.text
    seen = anna.text.split('name="seen" value="')[1].split('"')[0]
    await anna.post(f"/messages/{mass.id}/agree", seen=seen)
    assert (await anna.get(f"/messages/{mass.id}/edit")).status == 404
    late = await anna.post(f"/messages/{mass.id}/words", to=to, **{"words-it": "Altro"})
    assert late.headers["Location"] == "/messages?done=gone"
    assert school.masses[0].view.own("it") == "Ciao"
    _browser, facts = await drafted(school, school.anna)
    assert (await anna.get(f"/messages/{facts}/edit")).status == 404
