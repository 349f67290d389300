"""The laws of every screen, for the report, its code and its line: all pages, and random walks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from bot.languages import Languages
from flows.registry import FLOWS
from flows.report_details import EVERY_DETAIL
from flows.screen import Screen
from tests.factories import a_world, somebody
from tests.flows.laws import broken, units
from tests.flows.report_tour import TourWorld, tour
from tests.flows.reporters import BASICS, BY_CODE, ENOUGH, SENT, a_reporter
from tests.flows.test_laws import walking
from tests.locales.factory import CODES, LOCALES
from tests.reporting import DESIO, UNION

LANGUAGES = Languages.load(LOCALES)
LABEL = 40
POPUP_UNITS = 200


def a_tour_world(*, careful: bool = False) -> TourWorld:
    """Two offices, and a world in which everything happens once."""
    base = a_world(somebody(careful=careful), offices=(DESIO, UNION), report_days=90)
    return TourWorld(base.house, base.library, base.person, numbers=base.numbers)


@cache
def pages(careful: bool) -> tuple[tuple[str, Screen], ...]:
    """Every page of the report, once."""
    return tuple(tour(a_tour_world(careful=careful)))


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize("code", CODES)
def test_every_page_of_the_report_keeps_the_laws(code, careful):
    """Size, buttons, data, sentences and short labels, in every language."""
    say = LANGUAGES.words(code).plain
    found = [one for asked, page in pages(careful) for one in broken(page, asked, say)]
    long = {say(one.label) for _, page in pages(careful) for one in page.buttons}
    assert (found, {one for one in long if len(one) > LABEL}) == ([], set())


def test_the_tour_sees_every_question():
    """The laws are asked of all that can be asked, except the questions of other trades."""
    seen = {asked for asked, _page in pages(False)}
    others = set(EVERY_DETAIL) - {"chain", "names", "unit"}
    assert len(seen) > 60
    assert {"who", "age", "inspect", "hint", "phone", "call", "who calls", "faces"} < seen
    assert {"summary", "send", "code", "after", "pad", "room", "words", "line"} < seen
    assert seen & others == set()


@pytest.mark.parametrize("code", CODES)
def test_a_code_fits_over_the_chat(code):
    """Telegram shows at most two hundred characters there, whatever the language."""
    chat = a_reporter().walks(*BASICS, *ENOUGH, *BY_CODE, *SENT)
    reply = chat.hear(chat.heard("[🔑 Show my code]"))
    say = LANGUAGES.words(code).plain
    shown = "\n".join(say(line.text) for said in reply.pops for line in said.say.lines)
    assert ("1234 5678 9012 3456" in shown.replace("\u2066", ""), units(shown) <= POPUP_UNITS) == (
        True,
        True,
    )


def wanderers() -> TourWorld:
    """Somebody who was welcomed, where two offices read reports."""
    return a_tour_world()


WALKED = replace(FLOWS, commands={**FLOWS.commands, "report": "report", "line": "line"})
TestReportersWalk = walking(WALKED, wanderers)
