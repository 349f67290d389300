"""Answers from the console: what reaches the person, once, and never unaware of a colleague."""

from __future__ import annotations

import re
from datetime import timedelta

from flows.handoff_model import LineKind, LineState, Safe, State
from storage.handoffs import Content, Handoff
from tests.bot.console.house import Browser
from tests.bot.console.talks.house import Bureau

FIELD = re.compile(r'name="(word|seen)" value="([^"]*)"')


async def opened(browser: Browser, talk: Handoff) -> dict[str, str]:
    """Open a conversation; what its answer form carries."""
    answer = await browser.get(f"/talks/{talk.id}")
    assert answer.status == 200
    fields: dict[str, str] = {}
    for name, value in FIELD.findall(browser.text):
        fields.setdefault(name, value)
    return fields


async def test_an_answer_is_kept_and_on_its_way(bureau: Bureau) -> None:
    """Words from the console become a line and a row to the person, and claim the conversation."""
    talk = bureau.asks(words="ciao")
    browser = await bureau.at(bureau.anna)
    carried = await opened(browser, talk)
    answer = await browser.post(f"/talks/{talk.id}/say", text="Buongiorno", **carried)
    [row] = bureau.outbox.rows
    line = bureau.lines(talk)[-1]
    now = bureau.kept(talk)
    assert answer.status == 303
    assert (line.text, line.outward, line.state) == ("Buongiorno", True, LineState.SENDING)
    assert (row.line, "Buongiorno" in str(row.params["text"])) == (line.id, True)
    assert (now.state, now.owner) == (State.CLAIMED, bureau.anna.operator.id)
    await browser.get(answer.headers["Location"])
    assert ("It is on its way" in browser.text, "Buongiorno" in browser.text) == (True, True)


async def test_pressed_twice_it_goes_out_once(bureau: Bureau) -> None:
    """The same form sent again, by a second tap or a reload, sends nothing more."""
    talk = bureau.asks(words="ciao")
    browser = await bureau.at(bureau.anna)
    carried = await opened(browser, talk)
    found = [
        (await browser.post(f"/talks/{talk.id}/say", text="Buongiorno", **carried)).status
        for _ in range(3)
    ]
    assert found == [303] * 3
    assert (len(bureau.outbox.rows), len(bureau.lines(talk))) == (1, 2)


async def test_who_has_it_answers_alone(bureau: Bureau) -> None:
    """Where a colleague has it nothing is sent, it is said who, and the words are still there."""
    talk = bureau.asks(words="ciao")
    browser = await bureau.at(bureau.anna)
    carried = await opened(browser, talk)
    await bureau.handoffs.claim(bureau.bruno.operator, talk.id)
    answer = await browser.post(f"/talks/{talk.id}/say", text="Parole mie", **carried)
    assert (answer.status, bureau.outbox.rows) == (409, [])
    assert "Bruno has it until" in browser.text
    assert ">Parole mie</textarea>" in browser.text


async def test_nobody_answers_what_was_answered_meanwhile(bureau: Bureau) -> None:
    """An answer written before a colleague's was seen is not sent, also after the lock ran out."""
    talk = bureau.asks(words="ciao")
    browser = await bureau.at(bureau.anna)
    carried = await opened(browser, talk)
    await bureau.handoffs.say(bureau.bruno.operator, talk.id, Content(LineKind.TEXT, "Eccomi"))
    bureau.clock.go(timedelta(minutes=29, seconds=50))
    await browser.get("/still-here")
    bureau.clock.go(timedelta(seconds=20))
    late = await browser.post(f"/talks/{talk.id}/say", text="Parole mie", **carried)
    assert (late.status, len(bureau.outbox.rows)) == (409, 1)
    assert "a colleague has answered meanwhile" in browser.text
    carried = await opened(browser, talk)
    again = await browser.post(f"/talks/{talk.id}/say", text="Parole mie", **carried)
    assert (again.status, len(bureau.outbox.rows)) == (303, 2)


async def test_ones_own_answer_from_another_window_holds_nothing_up(bureau: Bureau) -> None:
    """Two windows of one operator are one operator."""
    talk = bureau.asks(words="ciao")
    browser = await bureau.at(bureau.anna)
    first, second = await opened(browser, talk), await opened(browser, talk)
    await browser.post(f"/talks/{talk.id}/say", text="Uno", **first)
    answer = await browser.post(f"/talks/{talk.id}/say", text="Due", **second)
    assert (answer.status, len(bureau.outbox.rows)) == (303, 2)


async def test_what_was_sent_is_no_draft_any_more(bureau: Bureau) -> None:
    """The field is empty after its words went out, and nobody is said to be writing."""
    talk = bureau.asks(words="ciao")
    browser = await bureau.at(bureau.anna)
    carried = await opened(browser, talk)
    await browser.post(f"/talks/{talk.id}/draft", kind="reply", text="Buongiorno")
    await browser.post(f"/talks/{talk.id}/say", text="Buongiorno", **carried)
    await opened(browser, talk)
    me, moment = bureau.bruno.operator.id, bureau.clock.monotonic()
    assert "Buongiorno</textarea>" not in browser.text.partition('id="say-text"')[2][:200]
    assert bureau.talks.presence.others(talk.id, me, moment) == ()


async def test_only_who_has_it_is_offered_to_take_back(bureau: Bureau) -> None:
    """A colleague sees the answer and how far it came, and no button on it."""
    talk = bureau.asks(words="ciao")
    await bureau.handoffs.say(bureau.anna.operator, talk.id, Content(LineKind.TEXT, "Sì"))
    found = []
    for reader in (bureau.anna, bureau.bruno):
        browser = await bureau.at(reader)
        await opened(browser, talk)
        found.append(f'action="/talks/{talk.id}/undo"' in browser.text)
    assert found == [True, False]


async def test_words_of_the_person_meanwhile_hold_nothing_up(bureau: Bureau) -> None:
    """That the person went on writing is no reason not to send."""
    talk = bureau.asks(words="ciao")
    browser = await bureau.at(bureau.anna)
    carried = await opened(browser, talk)
    bureau.says(talk, "ancora una cosa")
    answer = await browser.post(f"/talks/{talk.id}/say", text="Buongiorno", **carried)
    assert (answer.status, len(bureau.outbox.rows)) == (303, 1)


async def test_a_ready_answer_goes_out_by_its_key(bureau: Bureau) -> None:
    """What is kept is the key; the person reads it in their language, the operator in both."""
    talk = bureau.asks(words="ciao")
    browser = await bureau.at(bureau.anna)
    carried = await opened(browser, talk)
    await browser.post(f"/talks/{talk.id}/say", canned="safe", **carried)
    line, [row] = bureau.lines(talk)[-1], bureau.outbox.rows
    assert (line.kind, line.text) == (LineKind.CANNED, "safe")
    theirs = bureau.room.languages.words("ar")
    await opened(browser, talk)
    assert "Are you safe now?" in browser.text
    assert "Are you safe now?" not in str(row.params["text"])
    assert theirs.code == "ar"


async def test_nothing_is_no_answer(bureau: Bureau) -> None:
    """An empty form, spaces, or a ready answer that does not exist reach nobody."""
    talk = bureau.asks(words="ciao")
    browser = await bureau.at(bureau.anna)
    carried = await opened(browser, talk)
    for fields in ({"text": "  "}, {"canned": "promise"}, {}):
        answer = await browser.post(f"/talks/{talk.id}/say", **fields, **carried)
        assert answer.status == 409
    assert (bureau.outbox.rows, bureau.kept(talk).owner) == ([], None)


async def test_a_line_is_taken_back(bureau: Bureau) -> None:
    """What has not left yet is taken back from the page, and says so."""
    talk = bureau.asks(words="ciao", safe=Safe.EVENING)
    browser = await bureau.at(bureau.anna)
    carried = await opened(browser, talk)
    await browser.post(f"/talks/{talk.id}/say", text="Buongiorno", **carried)
    line = bureau.lines(talk)[-1]
    await opened(browser, talk)
    assert "goes out at" in browser.text
    await browser.post(f"/talks/{talk.id}/undo", line=line.id)
    assert bureau.lines(talk)[-1].state is LineState.UNDONE
    await opened(browser, talk)
    assert "taken back" in browser.text


async def test_an_appointment_is_a_day_that_comes(bureau: Bureau) -> None:
    """It goes out with day, hour and place; a day that is over, or none, is refused."""
    talk = bureau.asks(words="ciao")
    browser = await bureau.at(bureau.anna)
    carried = await opened(browser, talk)
    for day, time in (("2026-11-20", "10:30"), ("", ""), ("2026-13-40", "10:30")):
        await browser.post(f"/talks/{talk.id}/appointment", day=day, time=time, **carried)
        carried = await opened(browser, talk)
    assert bureau.outbox.rows == []
    fields = {"day": "2026-12-03", "time": "10:30", "place": "via Roma 1", **carried}
    await browser.post(f"/talks/{talk.id}/appointment", **fields)
    line = bureau.lines(talk)[-1]
    assert (line.kind, line.extra["when"]) == (LineKind.APPOINTMENT, "2026-12-03T10:30")
    assert "via Roma 1" in str(bureau.outbox.rows[0].params["text"])
