"""The laws of every screen, for the report, its code and its line: all pages, and random walks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import settings

from bot.languages import Languages
from flows.registry import FLOWS
from flows.report_details import EVERY_DETAIL
from tests.factories import a_world, somebody
from tests.flows.laws import LAW, distinct, units
from tests.flows.report_tour import TourWorld, tour
from tests.flows.reporters import BASICS, BY_CODE, ENOUGH, SENT, a_reporter
from tests.flows.test_laws import WALKS, walking
from tests.locales.factory import CODES, LOCALES
from tests.locales.judge import broken_in_any
from tests.reporting import DESIO, UNION

LANGUAGES = Languages.load(LOCALES)
LABEL = 40
POPUP_UNITS = 200


def a_tour_world() -> TourWorld:
    """Two offices, and a world in which everything happens once."""
    base = a_world(somebody(), offices=(DESIO, UNION), report_days=90)
    return TourWorld(base.house, base.library, base.person, numbers=base.numbers)


@LAW
def test_every_page_of_the_report_keeps_the_laws():
    """Size, buttons, data, sentences and short labels, in every language; no question is missed."""
    pages = distinct(tour(a_tour_world()))
    assert broken_in_any(LANGUAGES, pages) == {}
    seen = {asked for asked, _page in pages}
    assert len(seen) > 60
    assert {"who", "age", "inspect", "hint", "phone", "call", "who calls", "faces"} < seen
    assert {"summary", "send", "code", "after", "pad", "room", "words", "line"} < seen
    assert seen & set(EVERY_DETAIL) == {"chain", "names", "unit"}


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


WALKED = replace(FLOWS, commands={**FLOWS.commands, "report": "report", "line": "line"})
TestReportersWalk = walking(WALKED, a_tour_world)
TestReportersWalk.settings = settings(WALKS, max_examples=12)
