"""The boss picks up the phone: what the chat and the locked screen tell afterwards (promise A1).

Every line of every screen on the way is remembered, with what was typed and the code that came up.
Afterwards none of it may be in the chat, and nothing of it may ever have been in a notification.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.furniture import LOCALES
from bot.languages import Languages
from bot.local.transcript import words
from bot.showing import UNTRANSLATED
from tests.acceptance.bureau import opens_office
from tests.acceptance.teller import BASICS, CODED, SENT, Teller
from tests.acceptance.town import Person, Town, open_town

LANGUAGES = {"en": "English", "it": "Italiano", "ar": "العربية"}
FLOWS = ("check", "report", "sent report", "code")
WAYS = ("close", "clean", "alarm word")
STORY = "The boss of the warehouse keeps my passport, 14 hours a day"
FEWEST = 8
SPEECH = Languages.load(LOCALES, drafts=True)


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town that speaks the drafts too, with an office where two people read reports."""
    async with open_town(tmp_path / "data", draft_languages=True) as running:
        await opens_office(running)
        yield running


async def somebody(town: Town, language: str) -> tuple[Teller, set[str]]:
    """Somebody at home, and every line that a chat at home shows anyway."""
    amina = await town.newcomer()
    await amina.sends("/start")
    await amina.taps(LANGUAGES[language])
    teller = Teller(amina)
    for option in ("next", "next", "no"):
        await teller.chooses(option)
    common = set(shown(amina).splitlines())
    await teller.chooses("language")
    common |= set(shown(amina).splitlines())
    # A page that a draft has no words for says so; that tells nothing of what is on it.
    common |= {SPEECH.words(language).plain(UNTRANSLATED)}
    await teller.chooses("<")
    return teller, common


async def tells(teller: Teller, flow: str) -> list[str]:
    """Walk into a flow as far as its most telling page; what was typed or handed over."""
    if flow == "check":
        await teller.chooses("wrong", "check", "next", "me", "yes")
        return []
    if flow == "code":
        await teller.chooses("wrong", "code", *"12345678")
        return ["●"]
    await teller.chooses("wrong", "report", *BASICS, "more")
    await teller.passes_to("story")
    await teller.writes(STORY)
    if flow == "report":
        return [STORY]
    await teller.chooses("done")
    await teller.hurries_to("send")
    await teller.chooses(*SENT, *CODED)
    return [STORY, *teller.codes]


async def leaves(teller: Teller, way: str) -> None:
    """Make the chat harmless: by the button, the command or a word of alarm."""
    if way == "close":
        await teller.closes()
    else:
        await teller.person.sends("/clean" if way == "clean" else "stop")


def shown(person: Person) -> str:
    """Everything the chat shows, as whoever picks up the phone reads it, a button a line."""
    lines = []
    for message in person.messages:
        rows = message.body.get("reply_markup", {}).get("inline_keyboard", ())
        lines += [words(message.body), *(button["text"] for row in rows for button in row)]
    return "\n".join(lines)


def left_of(teller: Teller, common: set[str], told: list[str], text: str) -> list[str]:
    """What of all that was seen and told is in a text."""
    telling = {line for line in teller.seen - common if len(line) > 3}
    assert len(telling) >= FEWEST
    return [line for line in [*telling, *told] if line in text]


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_after_close_the_chat_tells_nothing(language: str, flow: str, town: Town) -> None:
    """0 of the lines seen on the way are left, whichever way the chat was made harmless."""
    for way in WAYS:
        teller, common = await somebody(town, language)
        told = await tells(teller, flow)
        await leaves(teller, way)
        assert left_of(teller, common, told, shown(teller.person)) == [], way
        assert (teller.person.wrote, len(teller.person.messages)) == ([], 1)


@pytest.mark.parametrize("language", LANGUAGES)
async def test_nothing_told_stays_in_the_chat(language: str, town: Town) -> None:
    """What is typed, spoken and sent in a report is gone from the chat before the next question."""
    teller, _ = await somebody(town, language)
    await tells(teller, "report")
    await teller.writes(voice={})
    assert (teller.person.wrote, len(teller.person.screens)) == (["/start"], 1)
    assert STORY not in shown(teller.person)


@pytest.mark.parametrize("flow", FLOWS)
@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_locked_screen_tells_nothing(language: str, flow: str, town: Town) -> None:
    """0 of the lines seen on the way were ever in a notification."""
    teller, common = await somebody(town, language)
    told = await tells(teller, flow)
    await leaves(teller, "close")
    lines = json.dumps(await teller.person.phone.notifications(), ensure_ascii=False)
    assert left_of(teller, common, told, lines) == []
