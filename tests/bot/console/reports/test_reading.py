"""One report: written down before it is read, in two languages, with what must be thought of."""

from __future__ import annotations

import re
from datetime import timedelta

from flows.report_model import Ending, Level, Status
from storage.audit import Action
from tests.bot.console.reports.bureau import Bureau
from tests.bot.console.reports.shelf import ANSWERS, STORY

FIRST_LINE = STORY.split("\n")[0]


def one(bureau: Bureau, **more) -> None:
    """A report sealed to Anna and Bruno."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna"), bureau.id("Bruno")], **more)


def listen(bureau: Bureau, *, fails: bool = False) -> None:
    """Put the audit's rows into the same list as what is asked of the storage."""
    write = bureau.room.note

    async def note(operator_id: int, action: Action, object_: str = "") -> None:
        bureau.shelf.asked.append(f"audit {action.value}")
        if fails:
            raise OSError("the audit cannot be written")
        await write(operator_id, action, object_)

    bureau.room.note = note  # type: ignore[method-assign]


async def test_opening_is_written_down_before_anything_is_read(bureau: Bureau) -> None:
    """The audit's row is on the disk before the report is opened."""
    one(bureau)
    listen(bureau)
    await bureau["Anna"].get("/reports/r1")
    assert bureau.shelf.asked == ["find", "audit report read", "status read", "read"]


async def test_without_the_audit_nothing_is_shown(bureau: Bureau) -> None:
    """When the row cannot be written, the report is not opened and the page says nothing of it."""
    one(bureau)
    listen(bureau, fails=True)
    page = await bureau["Anna"].get("/reports/r1")
    assert (page.status, "7F3K" in page.text, FIRST_LINE in page.text) == (500, False, False)
    assert "read" not in bureau.shelf.asked


async def test_the_first_opening_makes_it_read(bureau: Bureau) -> None:
    """Whoever sent it is told that a person has read it; a later opening changes nothing."""
    one(bureau)
    await bureau["Anna"].get("/reports/r1")
    await bureau["Bruno"].get("/reports/r1")
    changes = [asked for asked in bureau.shelf.asked if asked.startswith("status")]
    assert changes == ["status read"]
    one(bureau, status=Status.WORK)
    await bureau["Anna"].get("/reports/r1")
    assert bureau.shelf.reports["r1"].waiting.status is Status.WORK


async def test_it_is_told_in_the_operators_language_and_as_it_was_written(bureau: Bureau) -> None:
    """Answers by button are in the operator's words and the person's; typed ones as they are."""
    one(bureau)
    page = await bureau["Anna"].get("/reports/r1")
    assert "They keep my documents" in page.words
    original = page.text[page.text.index('class="more original"') :]
    assert ('dir="rtl"' in original, 'lang="ar"' in original) == (True, True)
    assert "✅ نعم" in re.sub("[\u2066-\u2069\u200f]", "", original)
    quoted = re.findall(r"<blockquote([^>]*)>(.*?)</blockquote>", page.text, re.S)
    assert quoted == [(' class="foreign-words" dir="auto" lang="ar"', STORY.replace("\u200b", ""))]


async def test_invisible_signs_are_taken_out_and_told(bureau: Bureau) -> None:
    """A mark nobody sees is not copied along, and the operator knows that it was there."""
    one(bureau)
    page = await bureau["Anna"].get("/reports/r1")
    assert ("\u200b" in page.text, "Invisible signs were in it" in page.words) == (False, True)


async def test_nothing_written_does_anything_on_the_page(bureau: Bureau) -> None:
    """Markup is words, an address is no link, an override turns nothing round: rows 9, 15, 16."""
    story = "<script>alert(1)</script> http://evil.example/ tg://user?id=1 \u202eabc {{7*7}} %s"
    one(bureau, answers={**ANSWERS, "story": story, "hint": "<img src=x onerror=y>"})
    page = await bureau["Anna"].get("/reports/r1")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; http://evil.example/" in page.text
    links = re.findall(r'href="(?!/|#)[^"]*"', page.text)
    assert (links, "\u202e" in page.text, "<img src=x" in page.text) == ([], False, False)
    assert "{{7*7}} %s" in page.text
    assert "Carate &lt;b&gt;Brianza&lt;/b&gt;" in page.text


async def test_what_must_be_thought_of_comes_first(bureau: Bureau) -> None:
    """Danger, a bed that depends on the job, minors: advice in plain words, before the answers."""
    one(bureau, level=Level.DANGER)
    words = (await bureau["Anna"].get("/reports/r1")).words
    wanted = (
        "Danger now",
        "Do not contact the employer before another bed is found.",
        "A minor may be working there",
        "Somebody keeps the documents",
        "The person asks for an inspection",
        "What was told",
    )
    places = [words.index(one) for one in wanted]
    assert places == sorted(places)


async def test_a_plain_report_brings_no_advice(bureau: Bureau) -> None:
    """Where nothing asks for it there is no box of warnings: they would not be read any more."""
    one(bureau, level=Level.INFORMATION, answers={"role": "worker", "kinds": ["K01"]})
    words = (await bureau["Anna"].get("/reports/r1")).words
    assert "Before you do anything" not in words


async def test_an_office_left_out_is_named(bureau: Bureau) -> None:
    """The operator reads with whom not to speak, by name and not by key."""
    key = bureau.offices["monza"].key
    one(bureau, answers={**ANSWERS, "excluded": [key]}, excluded=(key,))
    page = await bureau["Anna"].get("/reports/r1")
    assert ("Do not speak about it with: PUA Monza." in page.words, key in page.text) == (
        True,
        False,
    )


async def test_a_colleague_who_was_just_here_is_named(bureau: Bureau) -> None:
    """Two at once know of each other, and nothing stops either."""
    one(bureau)
    await bureau["Anna"].get("/reports/r1")
    bureau.clock.advance(timedelta(minutes=5))
    page = await bureau["Bruno"].get("/reports/r1")
    assert "Anna opened this 5 minutes ago." in page.words
    assert "opened this" not in (await bureau["Bruno"].get("/reports")).words


async def test_the_history_says_who_opened_it(bureau: Bureau) -> None:
    """Everybody entitled reads who else did, how often and when, from the audit."""
    one(bureau)
    for _ in range(3):
        await bureau["Anna"].get("/reports/r1")
    words = (await bureau["Bruno"].get("/reports/r1")).words
    assert "Bruno, 1 time, last 23 Nov 2026, 10:00:00" in words
    assert "Anna, 3 times, last 23 Nov 2026, 10:00:00" in words


async def test_a_report_that_cannot_be_answered_says_so(bureau: Bureau) -> None:
    """Where the person wanted no answer there is no form for one."""
    one(bureau, ending=Ending.NOTHING)
    page = await bureau["Anna"].get("/reports/r1")
    assert ("/reply" in page.text, "Nobody can be answered" in page.words) == (False, True)


async def test_answers_of_another_time_are_shown_as_far_as_they_go(bureau: Bureau) -> None:
    """A report whose answers are in another form, or empty, is a page all the same."""
    for answers in ({}, {"kinds": ["K77"], "role": "captain", "bed": {"sleeps": "-"}}):
        one(bureau, answers=answers)
        assert (await bureau["Anna"].get("/reports/r1")).status == 200
    one(bureau)
    bureau.shelf.reports["r1"] = type(bureau.shelf.reports["r1"])(
        bureau.shelf.reports["r1"].waiting, "not what was expected", recipients=(bureau.id("Anna"),)
    )
    assert (await bureau["Anna"].get("/reports/r1")).status == 200


async def test_the_self_check_is_read_without_knowing_its_numbers(bureau: Bureau) -> None:
    """Each question that was answered with yes stands there in words, and no other."""
    one(bureau)
    page = await bureau["Anna"].get("/reports/r1")
    signs = re.findall(r"<li>(\d+) · (.+?)</li>", page.text)
    assert [(number, text[:42]) for number, text in signs] == [
        ("2", "Does someone keep this person’s passport, "),
        ("7", "Do they often pay this person much less th"),
    ]


async def test_a_self_check_of_another_shape_shows_no_questions(bureau: Bureau) -> None:
    """No self-check, no numbers, a number nobody asked: the page is shown all the same."""
    for triage in (None, {"level": 0}, {"level": 1, "numbers": [99]}):
        one(bureau, answers={**ANSWERS, "triage": triage})
        page = await bureau["Anna"].get("/reports/r1")
        assert (page.status, 'class="signs"' in page.text) == (200, False)
