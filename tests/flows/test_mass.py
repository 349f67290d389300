"""Messages to many: what each kind says, where it leads, and how it is opened in careful mode."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from flows.calendar_effects import FindMass
from flows.calendar_model import MassKind
from flows.conversation import Tap
from flows.directory import PUSHED, Entry, Flows
from flows.engine import Ended
from flows.mass_model import MassView, Strike
from flows.mass_words import mass_lines, mass_ways
from flows.opening import Opening
from flows.plain import plain
from flows.registry import FLOWS
from flows.steps import Flow, show
from flows.text import verbatim
from tests.chat import Chat, english
from tests.factories import a_chat, somebody

WAS, NEW = datetime.fromisoformat("2027-03-01T18:30"), datetime.fromisoformat("2027-03-03T19:00")


def a_mass(kind: MassKind, **changes: Any) -> MassView:
    """What PUA Desio tells many; what matters is given by name."""
    return MassView(kind, "PUA Desio", **{"title": "Italiano A1", "course": "77", **changes})


def said(view: MassView, language: str = "en") -> list[str]:
    """Its lines, the last of which says who wrote."""
    lines = [english(line.text) for line in mass_lines(view, language)]
    assert lines[-1] == "From: PUA Desio"
    return lines[:-1]


def led(view: MassView) -> list[str]:
    """Where its buttons lead."""
    return [way for way, _label in mass_ways(view)]


def elsewhere(opening: Opening) -> Flow[Ended]:
    """A page about the thing that was pointed to."""
    return (yield from show("elsewhere", verbatim(f"here: {opening.at}")))


def reading(view: MassView | None) -> Chat:
    """Somebody in careful mode who tapped on what was written to many."""
    page = Entry(elsewhere)
    flows = Flows(
        {**FLOWS.entries, "courses": page, "my_calendar": page}, FLOWS.commands, FLOWS.help
    )
    chat = a_chat(somebody(careful=True), flows=flows)
    chat.walks("/menu")
    chat.given(FindMass("5"), None if view is None else plain(view))
    chat.hear(Tap(PUSHED, 0, "mass/5", True))
    return chat


def test_a_moved_lesson_says_when_it_was_and_when_it_is() -> None:
    """Not then, but then, and where; one that was called off and is on again, that it is on."""
    view = a_mass(MassKind.MOVED, was=WAS, starts=NEW, place="Via Rossi 1")
    assert said(view) == [
        "🔁 Your lesson has moved",
        "Italiano A1",
        f"❌ Not {WAS}.",
        f"✅ New: {NEW}.",
        "📍 Where: Via Rossi 1.",
    ]
    assert said(a_mass(MassKind.MOVED)) == ["✅ Your lesson takes place", "Italiano A1"]
    assert led(view) == ["my_calendar"]


def test_a_lesson_that_is_cancelled_is_one_lesson() -> None:
    """It says which one, and that the others stay."""
    view = a_mass(MassKind.CANCELLED, starts=WAS)
    assert said(view) == [
        "❌ There is no lesson",
        "Italiano A1",
        f"❌ Not {WAS}.",
        "The other lessons stay as they are.",
    ]
    assert led(view) == ["my_calendar"]


def test_a_course_that_is_cancelled_leads_nowhere() -> None:
    """There is nothing to come to any more."""
    view = a_mass(MassKind.CANCELLED)
    assert said(view)[0] == "❌ The course does not take place"
    assert led(view) == []


@pytest.mark.parametrize(
    ("strike", "begins"), [(Strike.TRANSPORT, "🚌 Strike"), (Strike.CLOSED, "🚪 We are closed")]
)
def test_a_strike_says_what_it_means(strike: Strike, begins: str) -> None:
    """That one has to leave early is another thing than that there is nothing."""
    view = a_mass(MassKind.STRIKE, day=date(2027, 3, 5), strike=strike)
    lines = said(view)
    assert (lines[0].startswith(begins), len(lines)) == (True, 3)
    assert said(a_mass(MassKind.STRIKE, strike=strike))[0].startswith(begins)


def test_a_new_course_leads_to_its_page() -> None:
    """What, when for the first time, where; the button opens that course."""
    view = a_mass(MassKind.NEW_COURSE, starts=NEW)
    assert said(view) == ["🎓 There is a new course", "Italiano A1", f"🗓️ First: {NEW}."]
    assert len(said(a_mass(MassKind.NEW_COURSE))) == 2
    assert led(view) == ["courses/77"]


def test_own_words_come_in_ones_language_or_say_that_they_do_not() -> None:
    """Who has no words in her language reads the Italian, and above it that it is Italian."""
    view = a_mass(MassKind.FREE, words=(("it", "Ciao a tutti"), ("ar", "مرحبا")))
    assert said(view, "ar") == ["مرحبا"]
    assert said(view, "it") == ["Ciao a tutti"]
    assert said(view, "bn") == ["This is in Italian. You can ask us what it says.", "Ciao a tutti"]
    assert led(view) == []


def test_it_is_read_in_the_living_message() -> None:
    """What was hidden behind a neutral line is shown on a tap, and OK leads back."""
    chat = reading(a_mass(MassKind.CANCELLED, starts=WAS))
    shown = [english(line.text) for line in chat.screen.lines] if chat.screen else []
    assert (shown[0], chat.screen and chat.screen.sensitive) == ("❌ There is no lesson", True)
    chat.do("[👍 OK]")
    assert chat.conversation.stack[-1].flow == "home"


def test_it_leads_on() -> None:
    """Its own button opens what it is about."""
    chat = reading(a_mass(MassKind.NEW_COURSE, starts=NEW))
    assert "BOT   here: 77" in chat.do("[🎓 See the course]")


def test_what_is_gone_says_so() -> None:
    """A notice that is not hers, or was deleted, shows nothing of what it said."""
    chat = reading(None)
    shown = [english(line.text) for line in chat.screen.lines] if chat.screen else []
    assert "This message is not here any more." in shown
