"""A course written in the console: new, previewed, changed, copied; nothing typed is lost."""

from __future__ import annotations

import re
from datetime import date, time

from flows.calendar_model import CourseState, LessonState
from storage import audit
from storage.courses.finding import find_course, find_courses
from storage.courses.lessons import cancel_lesson
from storage.courses.model import Course
from storage.desks import Desk, save_desk
from tests.bot.console.courses.classroom import a_course, full, lessons
from tests.bot.console.house import START, Browser, Console

TYPED = {
    "kind": "italian",
    "level": "A2",
    "title": "Italiano di sera",
    "first": "2026-11-30",
    "starts": "18:30",
    "minutes": "90",
    "every": "weeks",
    "on.mon": "1",
    "on.wed": "1",
    "ends": "until",
    "until": "2027-01-13",
    "holidays": "1",
    "except": "23/12/2026-06/01/2027",
    "seats": "18",
    "offer_hours": "24",
    "waits": "1",
    "cost": "12,50",
    "language.ar": "1",
}


def hidden(browser: Browser, name: str) -> str:
    """What a hidden field of the page holds."""
    return re.findall(rf'name="{name}" value="([^"]*)"', browser.text)[0]


def courses(console: Console) -> list[Course]:
    """Every course there is."""
    found: list[Course] = console.look(lambda connection: find_courses(connection))
    return found


def kept(console: Console, id_: int) -> Course:
    """A course as it is kept."""
    found = console.look(lambda connection: find_course(connection, id_))
    assert isinstance(found, Course)
    return found


async def test_a_course_is_written_and_kept_as_a_draft(console: Console) -> None:
    """What was typed is there, with its lessons, and people see it only when it is opened."""
    anna = console.reader("Anna")
    browser = await console.signed_in(anna)
    await browser.get("/courses/new")
    answer = await browser.post("/courses/new", once=hidden(browser, "once"), **TYPED)
    assert answer.status == 303, browser.text
    course = courses(console)[0]
    found = (course.title, course.level, course.state, course.cost_cents, course.languages)
    assert found == ("Italiano di sera", "A2", CourseState.DRAFT, 1250, ("ar",))
    days = [one.day for one in lessons(console, course)]
    assert (len(days), days[0], days[-1]) == (9, date(2026, 11, 30), date(2027, 1, 13))
    assert answer.headers["Location"] == f"/courses/{course.id}?done=added"
    await browser.get(answer.headers["Location"])
    assert "kept as a draft" in browser.text


async def test_sent_twice_it_is_one_course(console: Console) -> None:
    """Whoever taps twice on a slow line makes no second course."""
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get("/courses/new")
    once = hidden(browser, "once")
    found = [(await browser.post("/courses/new", once=once, **TYPED)).status for _ in range(2)]
    assert (found, len(courses(console))) == ([303, 303], 1)


async def test_the_preview_keeps_nothing(console: Console) -> None:
    """The days are shown with everything still typed, and no course is there."""
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get("/courses/new")
    answer = await browser.post("/courses/new", do="preview", **(TYPED | {"title": ""}))
    said = ("9 lessons", "Monday 30 November 2026", "Left out:", "Wednesday 23 December 2026")
    found = [one in browser.text for one in said]
    assert (answer.status, found, courses(console)) == (200, [True] * 4, [])
    assert 'value="2027-01-13"' in browser.text


async def test_a_fault_is_named_above_and_at_its_field(console: Console) -> None:
    """Every field that is not right is named with the way to it, and says at itself what to do."""
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get("/courses/new")
    wrong = {"seats": "900", "except": "Natale", "title": ""}
    answer = await browser.post("/courses/new", **(TYPED | wrong))
    for name in wrong:
        assert f'<a href="#{name}">' in browser.text
        assert f'id="{name}-wrong"' in browser.text
        assert re.search(rf'id="{name}"[^>]*aria-invalid="true"', browser.text)
    assert (answer.status, "3 things are not right" in browser.text) == (422, True)
    assert "“Natale” is no day" in browser.text


async def test_a_change_moves_the_lessons_and_leaves_what_was_done_by_hand(
    console: Console,
) -> None:
    """Another time is every lesson's, and one that was cancelled stays cancelled; the form says so
    beforehand."""
    anna = console.reader("Anna")
    course = a_course(console, anna.operator, first=date(2026, 12, 7), rule="weekly times 4")
    off, vault = lessons(console, course)[1].id, console.database.vault
    console.do(lambda connection: cancel_lesson(connection, vault, off, START))
    browser = await console.signed_in(anna)
    way = f"/courses/{course.id}/edit"
    await browser.get(way)
    typed = fields_of(browser) | {"starts": "17:00"}
    await browser.post(way, **(typed | {"do": "preview"}))
    assert "moved or cancelled by hand stay" in browser.text
    answer = await browser.post(way, **typed)
    assert answer.headers["Location"] == f"/courses/{course.id}?done=changed"
    found = [(one.at, one.state) for one in lessons(console, course)]
    planned = (time(17), LessonState.PLANNED)
    assert found[0] == planned
    assert [state for _at, state in found] == [
        LessonState.PLANNED,
        LessonState.CANCELLED,
        LessonState.PLANNED,
        LessonState.PLANNED,
    ]


def fields_of(browser: Browser) -> dict[str, str]:
    """What a browser would send of the form that is open."""
    form = browser.text[browser.text.index('class="course-form"') :]
    form = form[: form.index("</form>")]
    found = {}
    for one in re.findall(r"<input\b[^>]*>", form):
        said = dict(re.findall(r'\b(name|value|type)="([^"]*)"', one))
        is_on = said.get("type") not in ("checkbox", "radio") or " checked" in one
        if is_on and said.get("name", "token") != "token":
            found[said["name"]] = said.get("value", "")
    for name, inside in re.findall(r'<textarea id="(\w+)"[^>]*>(.*?)</textarea>', form, re.S):
        found[name] = inside
    for name, inside in re.findall(r'<select id="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.findall(r'<option value="([^"]*)" selected', inside)
        found[name] = chosen[0] if chosen else ""
    return found


async def test_two_who_change_one_course_lose_nothing_unseen(console: Console) -> None:
    """Who comes second is told, with everything they typed; sent again it holds."""
    office = console.office("Carate")
    anna, bea = console.reader("Anna", office=office), console.reader("Bea", office=office)
    course = a_course(console, anna.operator)
    hers, other = await console.signed_in(anna), await console.signed_in(bea)
    way = f"/courses/{course.id}/edit"
    await hers.get(way)
    await other.get(way)
    await other.post(way, **(fields_of(other) | {"title": "Italiano per mamme"}))
    answer = await hers.post(way, **(fields_of(hers) | {"title": "Italiano per papà"}))
    assert (answer.status, "Somebody changed this course" in hers.text) == (422, True)
    assert kept(console, course.id).title == "Italiano per mamme"
    assert 'value="Italiano per papà"' in hers.text
    answer = await hers.post(way, **fields_of(hers))
    assert (answer.status, kept(console, course.id).title) == (303, "Italiano per papà")


async def test_fewer_seats_than_people_are_refused_at_the_field(console: Console) -> None:
    """Nobody loses a seat by a form: why not is said at the seats."""
    anna = console.reader("Anna")
    course = a_course(console, anna.operator)
    full(console, course)
    browser = await console.signed_in(anna)
    way = f"/courses/{course.id}/edit"
    await browser.get(way)
    answer = await browser.post(way, **(fields_of(browser) | {"seats": "4"}))
    assert (answer.status, 'id="seats-wrong"' in browser.text) == (422, True)
    assert kept(console, course.id).seats == 6


async def test_what_is_typed_and_not_kept_waits(console: Console) -> None:
    """Whoever is called away finds what they typed, and can throw it away."""
    browser = await console.signed_in(console.reader("Anna"))
    await browser.get("/courses/new")
    typed = TYPED | {"draft": "new", "title": "Mezzo scritto"}
    assert (await browser.post("/courses/typed", **typed)).status == 204
    await browser.get("/courses/new")
    assert ("Mezzo scritto" in browser.text, "you had typed" in browser.text) == (True, True)
    await browser.post("/courses/typed-away", place="new")
    await browser.get("/courses/new")
    assert "Mezzo scritto" not in browser.text


async def test_one_like_it_begins_without_days(console: Console) -> None:
    """A copy has the words and the weekdays of a course, also of another office's, and no days."""
    anna, bea = console.reader("Anna"), console.reader("Bea", office=console.office("Desio"))
    course = a_course(console, bea.operator, title="Modello")
    browser = await console.signed_in(anna)
    await browser.get(f"/courses/new?copy={course.id}")
    found = fields_of(browser)
    assert [found[name] for name in ("title", "first", "every", "on.mon", "until")] == [
        "Modello",
        "",
        "weeks",
        "1",
        "",
    ]
    assert (await browser.get("/courses/new?copy=1")).status == 404


async def test_a_desk_of_now_stays_one_of_others_cannot_be_chosen(console: Console) -> None:
    """Where a course is now it may stay, also when the desk has closed; other offices' desks are
    not there to choose."""
    office = console.office("Carate")
    anna = console.reader("Anna", office=office)
    other = console.office("Desio")
    for key, name, of, active in (
        ("mine", "Carate", office, False),
        ("all", "Ovunque", "", True),
        ("other", "Desio", other, True),
    ):
        desk = Desk(key, name, "Carate", active, START.date(), of)
        console.do(lambda connection, desk=desk: save_desk(connection, desk))
    course = a_course(console, anna.operator, desk="mine")
    browser = await console.signed_in(anna)
    await browser.get(f"/courses/{course.id}/edit")
    options = re.findall(r'<option value="([a-z]*)"[^>]*>(?:Carate|Ovunque|Desio)<', browser.text)
    assert sorted(options) == ["all", "mine"]
    answer = await browser.post(
        f"/courses/{course.id}/edit", **(fields_of(browser) | {"desk": "other"})
    )
    assert (answer.status, kept(console, course.id).desk) == (422, "mine")


async def test_every_change_is_written_down(console: Console) -> None:
    """The audit says who changed which course, and no word of the form."""
    anna = console.reader("Anna")
    browser = await console.signed_in(anna)
    await browser.get("/courses/new")
    await browser.post("/courses/new", once=hidden(browser, "once"), **TYPED)
    entry = console.look(lambda connection: audit.find_entries(connection, limit=1))[0]
    assert (entry.action, entry.object, entry.operator_id) == (
        "course changed",
        "Italiano di sera",
        anna.operator.id,
    )
