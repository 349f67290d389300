"""The page of a conversation: where words go, how long it takes, the end, and what was thought."""

from __future__ import annotations

from flows.conversation import Tap, Wrote, receive
from flows.directory import PUSHED
from flows.handoff_effects import AskForHuman, EndTalk, RateTalk
from flows.handoff_model import Need
from flows.registry import FLOWS
from tests.flows.talkers import ASK, ASKED, a_talker
from tests.reporting import DESIO as OFFICE
from tests.talking import a_queue, a_talk


def test_the_queue_is_looked_up_again():
    """How long still: what is true now, not when it was asked."""
    chat = a_talker(talk=a_talk(queue=a_queue(ahead=2))).walks("/menu", ASK)
    chat.world.talk = a_talk(queue=a_queue(is_open=False, opens="2026-11-24T09:00"))
    chat.reads("""
        USER  [🔄 How long still?]
        BOT   ✅ PUA Desio has your request
              ✍️ Write or speak here: until it is finished, all of it goes to PUA Desio.
              🎭 They know you as “Airone verde”.
              🕒 Nobody is at the desk now. People read it from 2026-11-24 09:00:00.
              👥 Nobody waits before you.
              📞 You can call now
              📞 112 · Danger line
              [🔄 How long still?] [🔑 A code for the desk] [✅ It is finished]
              [⬅️] [🏠] [🆘]
    """)


def test_whoever_looks_very_often_begins_the_page_anew():
    """The memory of the page stays small."""
    chat = a_talker().walks(*ASKED, *["[🔄 How long still?]"] * 30)
    assert chat.conversation.stack[-1].asked == "room"
    assert len(chat.conversation.stack[-1].log) < 20


def test_a_code_for_the_desk_leads_back_here():
    """The code stands over the chat and in no message; it is made once and shown as often."""
    chat = a_talker().walks(*ASKED)
    chat.reads("""
        USER  [🔑 A code for the desk]
        BOT   🔑 A code for the desk
              Say it at the desk: they see what you asked for, and you need not start from nothing.
              It works once, for 24 hours. I show it for a moment, not in the chat.
              📍 Via Rossi 1
              🕗 Monday to Friday: 9:00–12:30 · 14:00–18:00
              [🔑 Show my code]
              [⬅️] [🚪] [🆘]
        USER  [🔑 Show my code]
        ALERT 🔑 4821 7730
              Say it only at the desk. Who has it can read what you wrote.
        BOT   🔑 A code for the desk
              Say it at the desk: they see what you asked for, and you need not start from nothing.
              It works once, for 24 hours. I show it for a moment, not in the chat.
              📍 Via Rossi 1
              🕗 Monday to Friday: 9:00–12:30 · 14:00–18:00
              [✅ I have it] [🔑 Show it again]
              [⬅️] [🚪] [🆘]
        USER  [🔑 Show it again]
        ALERT 🔑 4821 7730
              Say it only at the desk. Who has it can read what you wrote.
        BOT   🔑 A code for the desk
              Say it at the desk: they see what you asked for, and you need not start from nothing.
              It works once, for 24 hours. I show it for a moment, not in the chat.
              📍 Via Rossi 1
              🕗 Monday to Friday: 9:00–12:30 · 14:00–18:00
              [✅ I have it] [🔑 Show it again]
              [⬅️] [🚪] [🆘]
        USER  [✅ I have it]
        BOT   ✅ PUA Desio has your request
              ✍️ Write or speak here: until it is finished, all of it goes to PUA Desio.
              🎭 They know you as “Airone verde”.
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              [🔄 How long still?] [🔑 A code for the desk] [✅ It is finished]
              [⬅️] [🏠] [🆘]
    """)
    assert sum(type(one).__name__ == "MakeHandover" for one in chat.world.effects) == 1


def test_the_person_ends_it_and_says_how_it_was():
    """Two taps after a yes; who says no goes on."""
    chat = a_talker(talk=a_talk(state="claimed", answered=True)).walks("/menu", ASK)
    chat.reads("""
        USER  [✅ It is finished]
        BOT   ✅ Is it finished?
              Then nobody of the desk writes to you.
              You can always begin again.
              [✅ Yes, finished] [✖️ No, go on]
              [⬅️] [🏠] [🆘]
        USER  [✖️ No, go on]
        BOT   💬 PUA Desio
              ✍️ Write or speak here: until it is finished, all of it goes to PUA Desio.
              🎭 They know you as “Airone verde”.
              [🔑 A code for the desk] [✅ It is finished]
              [⬅️] [🏠] [🆘]
        USER  [✅ It is finished]
        BOT   ✅ Is it finished?
              Then nobody of the desk writes to you.
              You can always begin again.
              [✅ Yes, finished] [✖️ No, go on]
              [⬅️] [🏠] [🆘]
        USER  [✅ Yes, finished]
        BOT   🙏 How was it?
              Your answer helps us to work better.
              [😀 Good] [😐 So-so] [🙁 Not good]
              [⬅️] [🏠] [🆘]
        =>    ended
        USER  [😀 Good]
        BOT   🙏 Thank you.
              💬 PUA Desio
              📁 This conversation is closed.
              ✍️ Write here, and it is open again.
              [🔑 A code for the desk]
              [⬅️] [🏠] [🆘]
    """)
    assert [one for one in chat.world.effects if isinstance(one, EndTalk | RateTalk)] == [
        EndTalk(),
        RateTalk(3),
    ]


def test_a_closed_conversation_is_open_again_when_somebody_writes():
    """The page says so, and offers to say how it was, once."""
    chat = a_talker().walks(*ASKED)
    chat.world.talk = a_talk(state="closed")
    chat.reads("""
        USER  [🔄 How long still?]
        BOT   💬 PUA Desio
              📁 This conversation is closed.
              ✍️ Write here, and it is open again.
              [⭐ How was it?] [🔑 A code for the desk]
              [⬅️] [🏠] [🆘]
        USER  [⭐ How was it?]
        BOT   🙏 How was it?
              Your answer helps us to work better.
              [😀 Good] [😐 So-so] [🙁 Not good]
              [⬅️] [🏠] [🆘]
        =>    rate
        USER  [🙁 Not good]
        BOT   🙏 Thank you for saying it
              You can write to the desk again: another person can answer.
              [💬 Write again] [👍 OK]
              [⬅️] [🏠] [🆘]
        USER  [💬 Write again]
        BOT   💬 PUA Desio
              📁 This conversation is closed.
              ✍️ Write here, and it is open again.
              [🔑 A code for the desk]
              [⬅️] [🏠] [🆘]
    """)


def test_who_was_not_content_may_also_leave_it():
    """Nobody is held."""
    chat = a_talker(talk=a_talk(state="closed")).walks("/menu")
    tapped = Tap(PUSHED, 0, "rate", False)
    reply = receive(FLOWS, chat.conversation, tapped, chat.world)
    chat.conversation, chat.screen = reply.conversation, reply.screen
    chat.reads("""
        USER  [🙁 Not good]
        BOT   🙏 Thank you for saying it
              You can write to the desk again: another person can answer.
              [💬 Write again] [👍 OK]
              [⬅️] [🏠] [🆘]
        USER  [👍 OK]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)
    assert [one for one in chat.world.effects if isinstance(one, RateTalk)] == [RateTalk(1)]


def pushed(talk):
    """What the button of the message that says it is closed leads to."""
    chat = a_talker(talk=talk).walks("/menu")
    reply = receive(FLOWS, chat.conversation, Tap(PUSHED, 0, "rate", False), chat.world)
    return reply.conversation.stack[-1].flow, reply.conversation.stack[-1].asked


def test_how_it_was_is_asked_once_and_only_after_the_end():
    """Rated already, open again, or gone: the old button leads where it makes sense."""
    assert pushed(a_talk(state="closed")) == ("rate", "rating")
    assert pushed(a_talk(state="closed", rated=True)) == ("home", "door")
    assert pushed(a_talk(state="claimed", answered=True)) == ("talk_room", "room")
    assert pushed(None) == ("home", "door")


def test_a_desk_that_is_no_more_is_the_network():
    """Whoever answered there may not talk any more: the page names the house."""
    chat = a_talker(talk=a_talk(desk="gone", state="claimed", answered=True)).walks("/menu")
    chat.reads("""
        USER  [🤝 I want to talk to someone]
        BOT   💬 Rete Brianza
              ✍️ Write or speak here: until it is finished, all of it goes to Rete Brianza.
              🎭 They know you as “Airone verde”.
              [🔑 A code for the desk] [✅ It is finished]
              [⬅️] [🏠] [🆘]
        =>    open
    """)


def test_a_conversation_that_is_gone_is_asked_for_anew():
    """Forgotten elsewhere: the page leads to the beginning."""
    chat = a_talker().walks(*ASKED)
    chat.world.talk = None
    chat.walks("[🔄 How long still?]")
    assert (chat.conversation.stack[-1].flow, chat.conversation.stack[-1].asked) == ("talk", "need")


def test_a_report_that_was_begun_waits_aside():
    """Nothing secret stands under the page, and nothing that was told is lost."""
    chat = a_talker(offices=(OFFICE,)).walks("/menu", "[⚠️ Something is wrong at work]")
    chat.walks("[📝 Report with no name]", "[➡️ Go on]")
    worried = chat.hear(Wrote("text", "help me", chat.seconds, worrying=True))
    chat.conversation, chat.screen = worried.conversation, worried.screen
    chat.walks("[🤝 Talk to someone]")
    assert [one.flow for one in chat.conversation.stack] == ["wrong", "report", "talk"]
    chat.walks("[✅ Ask for a person]")
    assert [one.flow for one in chat.conversation.stack] == ["talk_room"]
    assert [one.flow for one in chat.conversation.aside] == ["report"]
    asked = [one.asked.need for one in chat.world.effects if isinstance(one, AskForHuman)]
    assert asked == [Need.SAFETY]
