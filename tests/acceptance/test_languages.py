"""Every page in every language there is, published or not: Telegram would take it as it is.

What a flow shows hardly hangs on the language, so `make test` finds the pages once for each manner
and says them all in every language; a walk of each language of its own is in `make faults`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from bot.app import LOCALES, furnish
from bot.languages import Languages
from bot.settings import Settings
from bot.telegram.render import bodies, keyboard, message
from bot.words import Words
from bot.world import Furniture
from flows.conversation import Command, Conversation, Heard, Tap, Wrote, receive
from flows.effects import Json
from flows.model import Person, Tongue
from flows.record import dump, load
from flows.registry import FLOWS
from flows.screen import Screen
from tests.acceptance.schema import faults_of_request
from tests.chat import FakeWorld
from tests.flows.laws import crawl, distinct
from tests.locales.factory import SPOKEN

LANGUAGES = Languages.load(LOCALES)
CODES = [language.code for language in LANGUAGES.all]
CHAT = 7_345_678_901
STEPS = 400
MANNERS = {"plain": False, "careful": True}
SHORT = [("ar", "plain")]
LONG = [(code, manner) for code in CODES for manner in MANNERS if (code, manner) not in SHORT]
ALL = [*SHORT, *(pytest.param(*one, marks=pytest.mark.faults) for one in LONG)]
WALKED = [one if one in "it ar" else pytest.param(one, marks=pytest.mark.faults) for one in CODES]
ODD = ("", "a" * 4096, "<b>", "\u202eabc", "👩‍👩‍👧‍👦" * 300, "{network}", "٤٢", "4821773011920045")


@cache
def furniture() -> Furniture:
    """The real cards and numbers, and every language on offer: no list can be longer."""
    found = furnish(Settings(_env_file=None), LANGUAGES)  # type: ignore[call-arg]
    every = tuple(Tongue(one.code, one.name, one.welcome) for one in LANGUAGES.all)
    return replace(found, house=replace(found.house, tongues=every))


def world(code: str, *, careful: bool, welcomed: bool = True) -> FakeWorld:
    """A world with the real cards, and somebody who reads a language."""
    real = furniture()
    person = Person(1, code, careful=careful, welcomed=welcomed, desk="k7")
    house = replace(real.house, desks=(("k7", "PUA Carate Brianza <&> “antenna”"),))
    return FakeWorld(house, real.library, person, numbers=real.numbers)


def calls(screen: Screen, words: Words) -> Iterator[dict[str, Json]]:
    """The messages a screen becomes; the buttons are on the last."""
    *parts, last = bodies(screen.lines, words)
    yield from (message(CHAT, part, silent=True) for part in parts)
    yield message(CHAT, last, keyboard(screen, words), silent=True)


def broken(screen: Screen, words: Words) -> list[str]:
    """What Telegram, its readers or a narrow phone would not take."""
    return [
        fault for call in calls(screen, words) for fault in faults_of_request("sendMessage", call)
    ]


@pytest.mark.parametrize("manner", MANNERS)
def test_every_page_can_be_said_in_every_language(manner: str) -> None:
    """Every page of somebody at home, in the languages that have words: within every limit."""
    pages = distinct(crawl(FLOWS, world("ur", careful=MANNERS[manner])))
    found = {
        (code, asked): broken(screen, LANGUAGES.words(code))
        for code in SPOKEN
        for asked, screen in pages
    }
    assert {where: faults for where, faults in found.items() if faults} == {}
    assert len(pages) > len(furniture().library.cards)


@pytest.mark.parametrize(("code", "manner"), ALL)
def test_every_page_can_be_sent(code: str, manner: str) -> None:
    """Every page there is: within every limit, and read by Telegram's own parser without error."""
    words = LANGUAGES.words(code)
    pages = 0
    for welcomed in (False, True):
        here = world(code, careful=MANNERS[manner], welcomed=welcomed)
        for asked, screen in crawl(FLOWS, here):
            pages += 1
            assert broken(screen, words) == [], asked
    assert pages > 2 * len(furniture().library.cards)


@pytest.mark.parametrize("code", WALKED)
def test_a_walk_by_chance_never_leads_out_of_the_limits(code: str) -> None:
    """Four hundred steps by chance, taps and odd words and commands: every screen can be sent."""
    dice, words = random.Random(code), LANGUAGES.words(code)
    here, conversation, seconds = world(code, careful=False, welcomed=False), Conversation(), 0
    shown = receive(FLOWS, conversation, Command("start"), here)
    for _step in range(STEPS):
        seconds += 5
        before = load(dump(shown.conversation), FLOWS)
        reply = receive(FLOWS, before, chosen(dice, shown.screen, seconds), here)
        if reply.over:
            reply = receive(FLOWS, Conversation(), Command("start"), here)
        here.person = replace(here.person, language=code)
        assert reply.screen is not None
        assert broken(reply.screen, words) == []
        notice = "" if reply.notice is None else words.plain(reply.notice)
        answer = {"callback_query_id": "1", "text": notice}
        assert faults_of_request("answerCallbackQuery", answer) == []
        shown = reply


def chosen(dice: random.Random, screen: Screen | None, seconds: int) -> Heard:
    """Something somebody may do: mostly a tap, now and then a word or a command."""
    lot = dice.random()
    if lot < 0.1 or screen is None:
        return Command(dice.choice([*FLOWS.commands, "unknown"]))
    if lot < 0.2:
        return Wrote("text", dice.choice(ODD), seconds)
    session, turn, option = dice.choice((*screen.buttons, *screen.ways)).data.split(":", 2)
    return Tap(session, int(turn), option)
