"""In the console a machine's words stand beside those of people, and are seen before they go."""

from __future__ import annotations

import html
from datetime import timedelta

import pytest

from bot.meaning.interpreter import Interpreter
from bot.meaning.translator import Meant, NotMeant, Why
from bot.relay.cargo import MeantWords, read_meant
from storage.handoffs import Handoff
from storage.handoffs.meanings import State, keep
from tests.bot.console.house import Browser
from tests.bot.console.talks.house import Bureau
from tests.bot.console.talks.test_answering import opened
from tests.bot.meaning.scripted import Scripted

WORDS, THERE, BACK = "Venga domani alle 10", "تعال غدا 10", "Vieni domani 10"
FORWARD = [Meant(THERE, "it"), Meant(BACK, "ar")]


def translated(bureau: Bureau, *says: Meant | NotMeant) -> Scripted:
    """A console in which a machine translates."""
    scripted = Scripted(list(says or FORWARD))
    bureau.talks.interpreter = Interpreter(scripted, bureau.clock, bureau.told)
    return scripted


async def looked_at(browser: Browser, talk: Handoff, words: str = WORDS) -> dict[str, str]:
    """Have words translated; what the page carries then."""
    carried = await opened(browser, talk)
    answer = await browser.post(f"/talks/{talk.id}/say", text=words, meaning="1", **carried)
    assert answer.status in (200, 409)
    return carried


def key_on(browser: Browser) -> str:
    """The sign of the proposal on the page; nothing where there is none."""
    return browser.text.partition('name="meant" value="')[2].partition('"')[0]


async def test_words_are_seen_both_ways_before_anything_goes(bureau: Bureau) -> None:
    """The page shows original, translation and the way back, keeps the words, and sends nothing."""
    scripted = translated(bureau)
    talk = bureau.asks(words="مرحبا")
    browser = await bureau.at(bureau.anna)
    await looked_at(browser, talk)
    assert [one in browser.text for one in (THERE, BACK, "Not sent yet")] == [True] * 3
    assert f">{WORDS}</textarea>" in browser.text
    assert (bureau.outbox.rows, len(bureau.lines(talk))) == ([], 1)
    assert scripted.asked == [(WORDS, "it", "ar"), (THERE, "ar", "it")]


async def test_both_are_sent_together_and_once(bureau: Bureau) -> None:
    """The person reads the translation, marked, and the words; pressed twice they go once."""
    translated(bureau)
    talk = bureau.asks(words="مرحبا")
    browser = await bureau.at(bureau.anna)
    carried = await looked_at(browser, talk)
    key = key_on(browser)
    for _ in range(2):
        await browser.post(f"/talks/{talk.id}/say", text=WORDS, meant=key, **carried)
    line = bureau.lines(talk)[-1]
    [row] = bureau.outbox.rows
    text = str(row.params["text"])
    assert (line.text, read_meant(line.content)) == (WORDS, MeantWords("ar", THERE, BACK))
    assert 0 < text.index("🤖") < text.index(THERE) < text.index(WORDS)
    assert BACK not in text
    await browser.get(f"/talks/{talk.id}")
    assert (key_on(browser), THERE in browser.text, BACK in browser.text) == ("", True, True)
    assert "Correct it" not in browser.text


async def test_other_words_do_not_go_under_it(bureau: Bureau) -> None:
    """Words that were changed after they were looked at, or looked at long ago, are not sent."""
    translated(bureau)
    talk = bureau.asks(words="مرحبا")
    browser = await bureau.at(bureau.anna)
    carried = await looked_at(browser, talk)
    key = key_on(browser)
    other = await browser.post(f"/talks/{talk.id}/say", text="Altro", meant=key, **carried)
    told = "not those that were translated" in browser.text
    bureau.clock.go(timedelta(minutes=16))
    await browser.get("/still-here")
    bureau.clock.go(timedelta(minutes=16))
    old = await browser.post(f"/talks/{talk.id}/say", text=WORDS, meant=key, **carried)
    assert (other.status, told, old.status, bureau.outbox.rows) == (409, True, 409, [])
    assert "too old" in browser.text


async def test_a_colleague_neither_sees_nor_sends_it(bureau: Bureau) -> None:
    """What Anna looks at is hers; words without a translation go as before, and end it."""
    translated(bureau)
    talk = bureau.asks(words="مرحبا")
    anna, bruno = await bureau.at(bureau.anna), await bureau.at(bureau.bruno)
    carried = await looked_at(anna, talk)
    key = key_on(anna)
    theirs = await opened(bruno, talk)
    seen = key_on(bruno)
    await bruno.post(f"/talks/{talk.id}/say", text=WORDS, meant=key, **theirs)
    assert (seen, bureau.outbox.rows) == ("", [])
    await anna.post(f"/talks/{talk.id}/say", text=WORDS, **carried)
    await anna.get(f"/talks/{talk.id}")
    assert (read_meant(bureau.lines(talk)[-1].content), key_on(anna)) == (None, "")


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (Why.SLOW, "gives no translation now"),
        (Why.LANGUAGE, "does not know this language"),
        (Why.LONG, "too long for the translator"),
    ],
)
async def test_where_there_is_none_the_words_are_still_there(
    bureau: Bureau, why: Why, told: str
) -> None:
    """It is said why and what to do, and nothing that was typed is lost."""
    translated(bureau, NotMeant(why))
    talk = bureau.asks(words="مرحبا")
    browser = await bureau.at(bureau.anna)
    await looked_at(browser, talk)
    assert (told in browser.text, f">{WORDS}</textarea>" in browser.text) == (True, True)
    assert bureau.outbox.rows == []


async def test_nothing_is_asked_that_could_not_be_sent(bureau: Bureau) -> None:
    """Italian readers, a colleague's conversation, no machine at all: no words leave for it."""
    scripted = translated(bureau)
    italian, taken = bureau.asks(language="it", words="ciao"), bureau.asks(words="مرحبا")
    browser = await bureau.at(bureau.anna)
    await looked_at(browser, italian)
    is_said = "reads Italian" in browser.text
    carried = await opened(browser, taken)
    await bureau.handoffs.claim(bureau.bruno.operator, taken.id)
    await browser.post(f"/talks/{taken.id}/say", text=WORDS, meaning="1", **carried)
    is_taken = "Bruno" in browser.text
    bureau.talks.interpreter = None
    await browser.post(f"/talks/{taken.id}/say", text=WORDS, meaning="1", **carried)
    assert (is_said, is_taken, "No machine translates here" in browser.text) == (True,) * 3
    assert (scripted.asked, bureau.outbox.rows) == ([], [])


async def test_without_a_machine_the_page_offers_none(bureau: Bureau) -> None:
    """The button is there where somebody translates, and only for who reads something else."""
    talk, italian = bureau.asks(words="مرحبا"), bureau.asks(language="it", words="ciao")
    browser = await bureau.at(bureau.anna)
    offered = []
    for machine in (False, True):
        if machine:
            translated(bureau)
        for one in (talk, italian):
            await browser.get(f"/talks/{one.id}")
            offered.append('name="meaning"' in browser.text)
    assert offered == [False, False, True, False]


async def test_what_a_person_said_has_its_meaning_beside_it(bureau: Bureau) -> None:
    """The words as they were, then the machine's, marked; other numbers carry a warning."""
    talk = bureau.asks(words="لم يدفع لي 300 يورو")
    [first] = bureau.lines(talk)
    second, third = bureau.says(talk, "ਮਦਦ"), bureau.says(talk, "Ciao")
    vault, now = bureau.database.vault, bureau.clock.now()
    said = "Non mi ha pagato <30> euro"
    bureau.do(lambda c: keep(c, vault, first, State.MADE, now, said, "ar"))
    bureau.do(lambda c: keep(c, vault, second, State.LANGUAGE, now, "", "pa"))
    bureau.do(lambda c: keep(c, vault, third, State.SAME, now))
    browser = await bureau.at(bureau.anna)
    await browser.get(f"/talks/{talk.id}")
    text = html.unescape(browser.text)
    assert text.index("لم يدفع لي") < text.index(said)
    assert "Translated by a machine. Language: Arabic." in text
    assert text.count("The numbers are not the same") == 1
    assert text.count("The translator does not know this language.") == 1
    assert text.count('class="entry-meant"') == 2
