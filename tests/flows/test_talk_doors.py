"""A house where desks talk: what its doors, its promise and its privacy say then."""

from __future__ import annotations

from flows.conversation import Conversation, Wrote, begin
from flows.engine import Session
from flows.promise import promise
from tests.chat import english
from tests.factories import a_house
from tests.flows.talkers import a_talker
from tests.reporting import DESIO as OFFICE
from tests.talking import CARATE, DESIO


def told(**house):
    """What is promised, line by line, in English."""
    return [english(line) for line in promise(a_house(**house))]


def test_home_has_a_door_to_the_plan():
    """In careful mode its name says nothing."""
    chat = a_talker()
    chat.reads("""
        USER  /menu
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)
    chat = a_talker(careful=True)
    chat.reads("""
        USER  /menu
        BOT   📚 Courses and information
              Choose what you want to read.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone] [💼 My work]
              [📚 Courses and appointments] [🗂️ My things] [🌐 Language] [🔐 Privacy]
              [🧹 Clean this chat]
              [🆘]
    """)


def test_where_something_is_wrong_people_are_offered_too():
    """Check, report, and people; the cards have the room that is left."""
    chat = a_talker(offices=(OFFICE,)).walks("/menu")
    chat.reads("""
        USER  [⚠️ Something is wrong at work]
        BOT   ⚠️ Something is wrong at work
              In danger? Go to a safe place and call 112.
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              You can send a report with no name. An office reads it.
              If you are safe, talk to someone before you leave the job.
              [🔎 Is my work OK? (2 minutes)] [📝 Report with no name] [🔑 I have a code]
              [🧪 Try the report first] [🤝 Talk to someone] [📄 Signs]
              [⬅️] [🏠] [🆘]
        USER  [🤝 Talk to someone]
        BOT   🤝 What is it about?
              Tap one, or write or say it in your own words.
              [💶 My pay] [💼 My work] [🪪 My documents] [🛟 I do not feel safe]
              [🛏️ House, a bed] [🩺 Health, how I feel] [🧒 Family, children] [➕ More]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   ⚠️ Something is wrong at work
              In danger? Go to a safe place and call 112.
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              You can send a report with no name. An office reads it.
              If you are safe, talk to someone before you leave the job.
              [🔎 Is my work OK? (2 minutes)] [📝 Report with no name] [🔑 I have a code]
              [🧪 Try the report first] [🤝 Talk to someone] [📄 Signs]
              [⬅️] [🏠] [🆘]
    """)


def test_words_of_danger_lead_to_people_who_hear_of_it():
    """Numbers first; who wants to talk is not asked what it is about."""
    chat = a_talker().walks("/menu")
    reply = chat.hear(Wrote("text", "I want to die", chat.seconds, worrying=True))
    chat.screen = reply.screen
    assert "This chat is not for emergencies. People read it only in their hours." in [
        english(line.text) for line in reply.screen.lines
    ]
    chat.reads("""
        USER  [🤝 Talk to someone]
        BOT   🤝 Talk to PUA Desio
              🛟 I do not feel safe
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)


def test_a_file_that_came_by_itself_leads_to_people():
    """Nothing of it is kept; it is sent again where it is read."""
    chat = a_talker()
    session = Session("s", "sent", chat.world.today, at="voice")
    reply = begin(chat.flows, Conversation((session,)), chat.world)
    chat.conversation, chat.screen = reply.conversation, reply.screen
    chat.walks("[🤝 Talk to someone]")
    assert [one.flow for one in chat.conversation.stack] == ["talk"]


def test_the_check_says_that_answers_go_only_where_they_are_sent():
    """Also where no office reads reports."""
    chat = a_talker().walks("/menu", "[⚠️ Something is wrong at work]")
    lines = chat.walks("[🔎 Is my work OK? (2 minutes)]").do("[➡️ Next]")
    assert lines[2].strip() == "I do not keep the answers, unless you send them."


def test_the_promise_says_who_reads_what_and_for_how_long():
    """Only what is written to a desk, until when it is kept, and who may have to tell."""
    assert told(helpers=(DESIO,))[:4] == [
        "🤖 This is a machine, run by Rete Brianza. People read only what you write to a desk.",
        "💬 What you and a desk write is kept locked, until 30 days after the end.",
        "📂 If a desk keeps a file with your yes, the words stay with it.",
        "🙈 I keep no name and no phone number. In their place people see two made-up words.",
    ]
    assert told(helpers=(DESIO, CARATE), offices=(OFFICE,), talk_days=1)[:7] == [
        "🤖 This is a machine, run by Rete Brianza. "
        "People read only what you write to a desk, and a report that you send.",
        "💬 What you and a desk write is kept locked, until 1 day after the end.",
        "📂 If a desk keeps a file with your yes, the words stay with it.",
        "🔒 Reports are sealed. They are read by: PUA Desio.",
        "🗑️ A report is deleted after 90 days without news.",
        "⚖️ By law these offices may have to tell a judge what they read: PUA Carate and PUA Desio.",
        "🙈 I keep no name and no phone number. In their place people see two made-up words.",
    ]
    assert told(helpers=(DESIO,))[4:-1] == told()[2:-1]
    assert told(helpers=(DESIO,))[-1] == (
        "☁️ Telegram keeps this chat, and the group where a desk reads, on its computers. "
        "I cannot change that."
    )


def test_what_is_kept_and_what_stays_is_said():
    """The words of a conversation are kept; a file at a desk does not go with the chat."""
    chat = a_talker().walks("/privacy")
    chat.reads("""
        USER  [📄 My data]
        BOT   📄 My data
              Your language: EN.
              Careful mode: off.
              First day here: 2026-11-23.
              The numbers of 2 messages, so that I can delete them. Not their words.
              The last day you were here, where you stopped reading, what you opened last.
              The address of this chat, locked. I need it to answer you.
              Your courses, appointments and dates, and how you want to be reminded.
              What you and the people of a desk wrote to each other here, locked, and your plan.
              [💾 Give me a file] [🗑️ Forget me]
              [⬅️] [🏠] [🆘]
        USER  [🗑️ Forget me]
        BOT   🗑️ Forget me?
              I delete everything I keep about you, and I clean this chat.
              Messages older than two days only you can delete.
              For 90 days I keep one locked mark, so that old copies forget you too.
              Your places in courses and your appointments go to others.
              What a desk wrote with you, or keeps with your yes, stays. Ask the desk to delete it.
              [🗑️ Yes, forget me] [✖️ No]
              [⬅️] [🏠] [🆘]
    """)
