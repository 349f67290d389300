"""The laws of every screen where desks talk: all pages, in every language, and random walks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from hypothesis import settings

from bot.content import load_numbers
from bot.languages import Languages
from flows.registry import FLOWS
from flows.screen import Screen
from tests.chat import FakeWorld
from tests.factories import a_world, somebody
from tests.flows.laws import LAW, MAX_POP_UNITS, crawl, distinct, units
from tests.flows.talkers import ASKED, a_talker
from tests.flows.test_laws import WALKS, walking
from tests.locales.factory import CODES, LOCALES
from tests.locales.judge import broken_in_any
from tests.reporting import DESIO as OFFICE
from tests.talking import CARATE, DESIO, a_plan, a_queue, a_step, a_talk

LANGUAGES = Languages.load(LOCALES)
LABEL = 40
SHUT = a_queue(is_open=False, opens="2026-11-24T09:00", ahead=3)
STEPS = [
    a_step(str(place), service=f"S{place:02}", lane=lane, state=state)
    for place, (lane, state) in enumerate(
        [
            ("work", "offered"),
            ("work", "planned"),
            ("social", "accepted"),
            ("social", "delivered"),
            ("personal", "refused"),
            ("personal", "no_show"),
            ("personal", "dropped"),
            ("personal", "planned"),
            ("social", "planned"),
        ],
        1,
    )
]
TALKS = {
    "none": None,
    "waiting": a_talk(queue=SHUT),
    "answered": a_talk(state="claimed", answered=True),
    "closed": a_talk(state="closed"),
}


def a_talking_world(talk: str = "none", *, careful: bool = False) -> FakeWorld:
    """Two desks that talk and one that reads reports; a plan where there is a conversation."""
    world = a_world(
        somebody(careful=careful), helpers=(DESIO, CARATE), offices=(OFFICE,), report_days=90
    )
    world.talk = TALKS[talk]
    world.mine = a_plan(*STEPS, stopped=talk == "closed") if talk != "none" else None
    return world


CROWDED = (
    *("orientation", "report", "check", "code", "line", "wrong", "privacy", "language"),
    *("courses", "things"),
)
"""Walked elsewhere: here they lead home."""


@cache
def pages() -> tuple[tuple[str, Screen], ...]:
    """Every page of talk and plan, with each state of the conversation."""
    home = FLOWS.entries["home"]
    commands = {"menu": "home", "talk": "talk", "plan": "plan", "desk": "handover", "rate": "rate"}
    entries = {**FLOWS.entries, **dict.fromkeys(CROWDED, home)}
    flows = replace(FLOWS, commands=commands, entries=entries)
    worlds = [a_talking_world(talk) for talk in TALKS] + [a_talking_world(careful=True)]
    return distinct(page for world in worlds for page in crawl(flows, world))


@LAW
def test_every_page_keeps_the_laws():
    """Size, buttons, data, sentences and short labels, in every language."""
    assert broken_in_any(LANGUAGES, pages()) == {}


@LAW
def test_no_page_is_missed():
    """Every question of these flows is among them."""
    questions = {"need", "where", "safe", "summary", "change", "who", "interpreter", "medium"}
    questions |= {"urgency", "numbers now", "words", "room", "sure to end", "rating", "sorry"}
    questions |= {"desk code", "pad", "plan", "none", "step", "sure to stop"}
    assert questions - {asked for asked, _page in pages()} == set()


@pytest.mark.parametrize("code", CODES)
def test_a_code_fits_over_the_chat(code):
    """Telegram shows at most two hundred characters there, whatever the language."""
    chat = a_talker().walks(*ASKED, "[🔑 A code for the desk]")
    reply = chat.hear(chat.heard("[🔑 Show my code]"))
    say = LANGUAGES.words(code).plain
    shown = "\n".join(say(line.text) for said in reply.pops for line in said.say.lines)
    assert ("4821 7730" in shown.replace("\u2066", ""), units(shown) <= MAX_POP_UNITS) == (
        True,
        True,
    )


def test_somebody_answers_at_any_hour():
    """At night the page names lines that never sleep, and there are some."""
    awake = [one.phone for one in load_numbers(LOCALES / "content") if one.always]
    assert awake[:1] == ["112"]
    assert {"1522", "800 290 290"} < set(awake)


WALKED = replace(FLOWS, commands={**FLOWS.commands, "talk": "talk", "plan": "plan"})
TestTalkersWalk = walking(WALKED, a_talking_world)
TestTalkersWalk.settings = settings(WALKS, max_examples=15)
TestPlannersWalk = walking(WALKED, lambda: a_talking_world("waiting"))
TestPlannersWalk.settings = settings(WALKS, max_examples=15)
