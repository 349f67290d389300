"""Nothing goes out without the word that is needed; what goes out can be stopped and gone on."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from sqlalchemy import update

from flows.calendar_model import MassState, NoticeState
from storage import audit
from storage.calendar_schema import notice
from storage.courses.lessons import move_lesson
from storage.operators import Role
from tests.bot.console.house import Browser
from tests.bot.console.messages.house import School, drafted
from tests.bot.console.messages.test_making import WORDS, making


def seen(browser: Browser) -> str:
    """What the page says somebody has seen."""
    return browser.text.split('name="seen" value="')[1].split('"')[0]


def deeds(school: School) -> list[str]:
    """What was written down of messages to many, the first first."""
    found = school.look(lambda c: audit.find_entries(c, limit=50))
    return [one.action for one in reversed(found) if "many" in one.action]


async def to_everybody(school: School) -> tuple[Browser, int]:
    """A message to everybody that Rita wrote."""
    browser = await making(school, school.rita)
    await browser.post("/messages/words", to="everybody", **WORDS)
    mass_id = school.masses[0].id
    await browser.get(f"/messages/{mass_id}")
    return browser, mass_id


async def test_the_counts_are_on_the_page(school: School) -> None:
    """How many get it, by language, and who does not, and why: before anything is sent."""
    browser, _mass_id = await drafted(school, school.anna)
    words = " ".join(browser.text.split())
    for said in (
        "5 people get it",
        "1 of them reads a neutral line first",
        "1 more cannot be reached",
        '<strong>Arabic</strong> <span class="hint">2 people',
        '<strong>Bengali</strong> <span class="hint">1 person',
    ):
        assert said in words, said


async def test_the_author_alone_sends_to_a_class(school: School) -> None:
    """One tap lets it go to those it is for; a second tap says that somebody was quicker."""
    browser, mass_id = await drafted(school, school.anna)
    mark = seen(browser)
    first = await browser.post(f"/messages/{mass_id}/agree", seen=mark)
    second = await browser.post(f"/messages/{mass_id}/agree", seen=mark)
    assert [one.headers["Location"].partition("=")[2] for one in (first, second)] == [
        "sent",
        "late",
    ]
    (mass,) = school.masses
    assert (mass.state, mass.recipients) == (MassState.RUNNING, 5)
    assert deeds(school) == ["message to many written", "message to many sent"]


async def test_nobody_agrees_to_what_they_have_not_seen(school: School) -> None:
    """The lesson moves again while somebody looks: they are shown the new words first."""
    browser, mass_id = await drafted(school, school.anna)
    mark, vault = seen(browser), school.database.vault
    one = school.lessons[1]
    school.do(lambda c: move_lesson(c, vault, one.id, one.day, time(20), school.clock.now()))
    answer = await browser.post(f"/messages/{mass_id}/agree", seen=mark)
    assert answer.headers["Location"].endswith("done=changed")
    assert school.state(mass_id) is MassState.DRAFT
    await browser.get(f"/messages/{mass_id}?done=changed")
    assert "New: Thursday 10 December, 20:00." in browser.text
    await browser.post(f"/messages/{mass_id}/agree", seen=seen(browser))
    assert school.state(mass_id) is MassState.RUNNING


async def test_what_is_over_cannot_be_sent(school: School) -> None:
    """The lesson is past, or stands as it was planned: the page says so and has no button."""
    browser, mass_id = await drafted(school, school.anna)
    mark = seen(browser)
    school.clock.go(timedelta(days=60))
    browser = await school.signed_in(school.anna)
    await browser.get(f"/messages/{mass_id}")
    assert ("nothing to tell any more" in browser.text, "Send it to" in browser.text) == (
        True,
        False,
    )
    answer = await browser.post(f"/messages/{mass_id}/agree", seen=mark)
    assert answer.headers["Location"].endswith("done=late")
    assert school.state(mass_id) is MassState.DRAFT


async def test_somebody_else_agrees_to_what_goes_to_many(school: School) -> None:
    """A coordinator does not send her own message to everybody; she reads who can, and a forged
    form does nothing."""
    browser, mass_id = await to_everybody(school)
    assert "Somebody else has to look at it and send it: Anna" in browser.text
    assert "Send it to" not in browser.text
    answer = await browser.post(f"/messages/{mass_id}/agree", seen=seen(browser))
    assert answer.headers["Location"].endswith("done=refused")
    assert school.state(mass_id) is MassState.DRAFT
    anna = await school.signed_in(school.anna)
    await anna.get("/messages")
    assert "you can send it" in anna.text
    await anna.get(f"/messages/{mass_id}")
    await anna.post(f"/messages/{mass_id}/agree", seen=seen(anna))
    (mass,) = school.masses
    assert (mass.state, mass.approved_by) == (MassState.RUNNING, school.anna.operator.id)


async def test_alone_in_an_office_one_asks_for_a_second(school: School) -> None:
    """The page says that nobody is there who could agree."""
    other = school.office("PUA Carate")
    carla = school.reader("Carla", Role.COORDINATOR, other)
    browser = await making(school, carla)
    await browser.post("/messages/words", to="everybody", **WORDS)
    await browser.get(f"/messages/{school.masses[0].id}")
    assert "nobody else is there" in browser.text


async def test_it_is_stopped_gone_on_with_and_ended(school: School) -> None:
    """Each deed is done once, said on the page and written down."""
    browser, mass_id = await drafted(school, school.anna)
    await browser.post(f"/messages/{mass_id}/agree", seen=seen(browser))
    found = []
    for deed in ("stop", "stop", "resume", "resume", "stop", "end", "end", "resume", "drop"):
        answer = await browser.post(f"/messages/{mass_id}/{deed}")
        said = answer.headers["Location"].partition("=")[2]
        found.append((deed, said, school.state(mass_id).value))
    assert found == [
        ("stop", "stopped", "stopped"),
        ("stop", "late", "stopped"),
        ("resume", "resumed", "running"),
        ("resume", "late", "running"),
        ("stop", "stopped", "stopped"),
        ("end", "ended", "done"),
        ("end", "late", "done"),
        ("resume", "late", "done"),
        ("drop", "late", "done"),
    ]
    assert deeds(school)[2:] == [
        "message to many stopped",
        "message to many resumed",
        "message to many stopped",
        "message to many ended",
    ]


async def test_a_draft_is_thrown_away(school: School) -> None:
    """It is there no more."""
    browser, mass_id = await drafted(school, school.anna)
    answer = await browser.post(f"/messages/{mass_id}/drop")
    assert (answer.headers["Location"], school.masses) == ("/messages?done=dropped", [])
    assert (await browser.get(f"/messages/{mass_id}")).status == 404
    assert (await browser.get("/messages?done=dropped")).status == 200


async def test_the_figures_say_what_became_of_it(school: School) -> None:
    """Arrived, blocked, not known, too late, still to go: each with its number."""
    browser, mass_id = await drafted(school, school.anna)
    await browser.post(f"/messages/{mass_id}/agree", seen=seen(browser))
    reached = [one for place, one in enumerate(school.people) if place != 5]
    states = [NoticeState.SENT, NoticeState.BLOCKED, NoticeState.UNKNOWN, NoticeState.MISSED]

    def end(connection: Any) -> None:
        for who, state in zip(reached, states, strict=False):
            mine = (notice.c.person_id == who) & (notice.c.subject_id == mass_id)
            connection.execute(update(notice).where(mine).values(state=state.value))

    school.do(end)
    await browser.get(f"/messages/{mass_id}")
    words = " ".join(browser.text.split())
    for said in ("4 of 5 people", "<dt>Arrived</dt><dd>1</dd>", "<dt>Still to go</dt><dd>1</dd>"):
        assert said in words, said
    await browser.get("/messages")
    assert "4 of 5 people" in browser.text


async def test_another_office_sees_nothing_of_it(school: School) -> None:
    """Neither in the list nor by its number, and no deed reaches it."""
    _browser, mass_id = await drafted(school, school.anna)
    carla = await making(school, school.reader("Carla", office=school.office("PUA Carate")))
    await carla.get("/messages")
    assert "Italiano A1" not in carla.text
    found = [(await carla.get(f"/messages/{mass_id}")).status]
    for deed in ("agree", "stop", "resume", "end", "drop"):
        found.append((await carla.post(f"/messages/{mass_id}/{deed}")).status)
    assert (found, school.state(mass_id)) == ([404] * 6, MassState.DRAFT)
