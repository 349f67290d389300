"""My things: one door to what is the person's own."""

from __future__ import annotations

import pytest

from tests.chat import Chat, english
from tests.factories import a_chat, a_world, somebody
from tests.talking import DESIO


def doors(chat: Chat) -> list[str]:
    """The buttons of the page."""
    assert chat.screen is not None
    return [english(one.label) for one in chat.screen.buttons]


def test_each_thing_is_one_tap_away_and_leads_back():
    """Calendar, papers, reminders, privacy; Back leads to the page they were chosen on."""
    a_chat().walks("/menu").reads("""
        USER  [🗂️ My things]
        BOT   🗂️ My things
              Your days, your papers, your reminders.
              [🗓️ My calendar] [🪪 Dates of my papers] [🔔 How I am reminded] [🔐 Privacy]
              [⬅️] [🏠] [🆘]
        USER  [🪪 Dates of my papers]
        BOT   🪪 Dates of my papers
              I remind you in time. Only you see these days: no desk, no operator.
              [✅ 🪪 Residence permit] [🔎 Is my permit ready?] [🩺 Health card]
              [💼 Work contract] [📦 I lost my job]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🗂️ My things
              Your days, your papers, your reminders.
              [🗓️ My calendar] [🪪 Dates of my papers] [🔔 How I am reminded] [🔐 Privacy]
              [⬅️] [🏠] [🆘]
        USER  [🔔 How I am reminded]
        BOT   🔔 How I am reminded
              For lessons, appointments and dates. At night I am silent, from 21 to 8.
              👇 Tap what you want to change.
              [🔔 As the desk does it] [🕗 At any time] [⏸️ Pause]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🗂️ My things
              Your days, your papers, your reminders.
              [🗓️ My calendar] [🪪 Dates of my papers] [🔔 How I am reminded] [🔐 Privacy]
              [⬅️] [🏠] [🆘]
        USER  [🔐 Privacy]
        BOT   🔐 Your privacy
              🤖 This is a machine, run by Rete Brianza. No person reads what you write.
              🙈 I do not keep your name, your phone number or your words.
              📅 I keep your courses, appointments and dates. Your own dates no desk sees.
              ✍️ A course sees your name only if you write it for its list.
              🗂️ I keep your language, your last page and the address of this chat, locked.
              ⌛ After 90 days without you I delete all I keep.
              ⏰ If a lesson, an appointment or a reminder is still to come, I wait until then.
              ☁️ Telegram keeps this chat on its computers. I cannot change that.
              [📄 My data] [👀 Careful mode on] [🧹 Clean this chat] [🗑️ Forget me]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🗂️ My things
              Your days, your papers, your reminders.
              [🗓️ My calendar] [🪪 Dates of my papers] [🔔 How I am reminded] [🔐 Privacy]
              [⬅️] [🏠] [🆘]
    """)


@pytest.mark.parametrize(("careful", "label"), [(False, "🗂️ My plan"), (True, "🗂️ My page")])
def test_the_plan_is_there_where_people_answer(careful: bool, label: str):
    """In careful mode its name says nothing."""
    chat = a_chat(world=a_world(somebody(careful=careful), helpers=(DESIO,)))
    assert doors(chat.walks("/menu", "[🗂️ My things]"))[3] == label


def test_what_was_left_open_takes_the_place_of_privacy_at_home():
    """Home has eight buttons at most; privacy is then among one's own things."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[💼 My rights]", "/menu")
    assert doors(chat) == [
        "🧭 I need information",
        "🤝 I want to talk to someone",
        "⚠️ Something is wrong at work",
        "📚 Courses and appointments",
        "🗂️ My things",
        "▶️ Go on where you were",
        "🌐 Language",
        "🧹 Clean this chat",
    ]
    assert "🔐 Privacy" in doors(chat.walks("[🗂️ My things]"))


@pytest.mark.parametrize("command", ["dates", "appointment", "courses", "calendar", "reminders"])
def test_a_newcomer_reads_the_promise_before_anything_is_kept(command: str):
    """A command waits under the first minute, and comes after it."""
    chat = a_chat(somebody(welcomed=False, language=None)).walks("/start", f"/{command}")
    assert chat.conversation.stack[-1].flow == "onboarding"
    chat.walks("[EN]", "[➡️ Next]", "[👍 I understand]", "[🙂 No, only me]")
    assert chat.conversation.stack[-1].flow == chat.flows.commands[command]
