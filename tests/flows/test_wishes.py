"""How somebody is reminded: each button changes one thing and says how it is."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from flows.calendar_effects import KeepWishes
from flows.calendar_model import Wishes
from flows.handoff_model import Safe
from flows.reminding import read_steps
from flows.wishes import STEPS
from tests.chat import Chat, english
from tests.factories import a_chat


def wishing(**wishes: Any) -> Chat:
    """Somebody on the page, with these wishes."""
    chat = a_chat().walks("/menu")
    now = {"steps": None, "safe": "always", "paused_until": None, **wishes}
    chat.world.calendar["FindWishes"] = now
    return chat.walks("/reminders")


def kept(chat: Chat) -> list[Wishes]:
    """What was kept."""
    return [one.wishes for one in chat.world.effects if isinstance(one, KeepWishes)]


def buttons(chat: Chat) -> list[str]:
    """The buttons of the page."""
    assert chat.screen is not None
    return [english(one.label) for one in chat.screen.buttons]


def test_when_is_chosen():
    """One of a few ways, or none."""
    chat = wishing()
    chat.reads("""
        USER  [🔔 As the desk does it]
        BOT   🔔 When shall I remind you?
              Of lessons and appointments. The dates of your papers have their own days.
              [🔔 As the desk does it] [🔔 A week, a day, two hours before]
              [🔔 A day and two hours before] [🔔 A day before] [🔔 Two hours before]
              [🔕 No reminders]
              [⬅️] [🏠] [🆘]
        USER  [🔔 A day and two hours before]
        BOT   ✅ Done. It counts from now on.
              🔔 How I am reminded
              For lessons, appointments and dates. At night I am silent, from 21 to 8.
              👇 Tap what you want to change.
              [🔔 As the desk does it] [🕗 At any time] [⏸️ Pause]
              [⬅️] [🏠] [🆘]
        =>    kept
    """)
    assert kept(chat) == [Wishes(("1d", "2h"))]


def test_the_phone_s_own_hours_are_chosen():
    """The same hours in which operators may write."""
    chat = wishing()
    chat.reads("""
        USER  [🕗 At any time]
        BOT   🕗 When are you alone with this phone?
              I remind you then, a little earlier if need be, never later.
              [🕗 At any time] [🌅 In the morning: 6 to 12]
              [☀️ In the afternoon: 12 to 18] [🌙 In the evening: 18 to 23]
              [📅 Only on Sunday]
              [⬅️] [🏠] [🆘]
        USER  [🌙 In the evening: 18 to 23]
        BOT   ✅ Done. It counts from now on.
              🔔 How I am reminded
              For lessons, appointments and dates. At night I am silent, from 21 to 8.
              👇 Tap what you want to change.
              [🔔 As the desk does it] [🕗 At any time] [⏸️ Pause]
              [⬅️] [🏠] [🆘]
        =>    kept
    """)
    assert kept(chat) == [Wishes(safe=Safe.EVENING)]


def test_a_pause_has_an_end():
    """For some days, and back with one tap."""
    chat = wishing(steps=["1d"])
    chat.reads("""
        USER  [⏸️ Pause]
        BOT   ⏸️ For how long?
              Until then I remind you of nothing. Your places and appointments stay.
              [⏸️ For one week] [⏸️ For two weeks] [⏸️ For one month]
              [⬅️] [🏠] [🆘]
        USER  [⏸️ For two weeks]
        BOT   ✅ Done. It counts from now on.
              🔔 How I am reminded
              For lessons, appointments and dates. At night I am silent, from 21 to 8.
              👇 Tap what you want to change.
              [🔔 A day before] [🕗 At any time] [⏸️ Pause]
              [⬅️] [🏠] [🆘]
        =>    kept
    """)
    assert kept(chat) == [Wishes(("1d",), paused_until=date(2026, 12, 7))]


@pytest.mark.parametrize(
    ("until", "button"), [("2026-11-23", "▶️ Remind me again"), ("2026-11-22", "⏸️ Pause")]
)
def test_a_pause_counts_its_last_day(until: str, button: str):
    """To that day, it included; what is over is no pause any more."""
    assert buttons(wishing(paused_until=until))[2] == button


def test_a_pause_is_ended():
    """With one tap."""
    chat = wishing(paused_until="2026-12-01")
    chat.reads("""
        USER  [▶️ Remind me again]
        BOT   ✅ Done. It counts from now on.
              🔔 How I am reminded
              For lessons, appointments and dates. At night I am silent, from 21 to 8.
              ⏸️ No reminder until 2026-12-01.
              👇 Tap what you want to change.
              [🔔 As the desk does it] [🕗 At any time] [▶️ Remind me again]
              [⬅️] [🏠] [🆘]
        =>    kept
    """)
    assert kept(chat) == [Wishes()]


def test_what_an_older_release_kept_has_a_button_too():
    """Steps that are no choice of this page are said to be as before."""
    assert buttons(wishing(steps=["3d"]))[0] == "🔔 As you said before"


def test_the_choices_are_steps():
    """What is kept is what the planning reads."""
    for key, (steps, _label) in STEPS.items():
        if steps:
            assert (key, tuple(map(str, read_steps(",".join(steps))))) == (key, steps)
