"""Asking for a person: few taps, an honest notice, and who answers by when."""

from __future__ import annotations

from dataclasses import replace

from flows.facts import ALWAYS
from flows.handoff_effects import AskForHuman, FindQueue
from flows.handoff_model import Asked, Need, Safe
from tests.factories import some_numbers
from tests.flows.talkers import ASKED, DOOR, PAY, a_talker, asked
from tests.talking import a_queue, a_talk


def test_two_taps_lead_to_a_person():
    """What it is about, one look at what goes out, and it is asked; then words go there."""
    chat = a_talker().walks(*DOOR)
    chat.reads("""
        USER  [💶 My pay]
        BOT   🤝 Talk to PUA Desio
              💶 My pay
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
        USER  [✅ Ask for a person]
        BOT   ✅ PUA Desio has your request
              ✍️ Write or speak here: until it is finished, all of it goes to PUA Desio.
              🎭 They know you as “Airone verde”.
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              [🔄 How long still?] [🔑 A code for the desk] [✅ It is finished]
              [⬅️] [🏠] [🆘]
        =>    asked
    """)
    assert asked(chat) == [Asked(Need.PAY, "desio")]


def test_the_other_needs_are_on_a_second_page():
    """Ten needs do not fit on a screen of eight buttons."""
    chat = a_talker().walks("/menu")
    chat.reads("""
        USER  [🤝 I want to talk to someone]
        BOT   🤝 What is it about?
              Tap one, or write or say it in your own words.
              [💶 My pay] [💼 My work] [🪪 My documents] [🛟 I do not feel safe]
              [🛏️ House, a bed] [🩺 Health, how I feel] [🧒 Family, children] [➕ More]
              [⬅️] [🏠] [🆘]
        USER  [➕ More]
        BOT   🤝 What is it about?
              Tap one, or write or say it in your own words.
              [⚖️ Law, a lawyer] [📘 Learn Italian] [💬 Something else]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🤝 What is it about?
              Tap one, or write or say it in your own words.
              [💶 My pay] [💼 My work] [🪪 My documents] [🛟 I do not feel safe]
              [🛏️ House, a bed] [🩺 Health, how I feel] [🧒 Family, children] [➕ More]
              [⬅️] [🏠] [🆘]
        USER  [➕ More]
        BOT   🤝 What is it about?
              Tap one, or write or say it in your own words.
              [⚖️ Law, a lawyer] [📘 Learn Italian] [💬 Something else]
              [⬅️] [🏠] [🆘]
        USER  [📘 Learn Italian]
        BOT   🤝 Talk to PUA Desio
              📘 Learn Italian
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
    """)


def test_it_can_be_said_in_own_words():
    """Words in place of a need are quoted, and are the first line of the conversation."""
    words = "My boss has my passport. " * 6
    chat = a_talker().walks(*DOOR, words.strip(), "[✅ Ask for a person]")
    assert asked(chat) == [Asked(Need.OTHER, "desio", words=words.strip())]
    chat = a_talker().walks(*DOOR)
    chat.reads("""
        USER  My boss has my passport.
        BOT   🤝 Talk to PUA Desio
              💬 Something else
              My boss has my passport.
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
    """)


def test_long_words_are_shown_cut():
    """The summary stays one screen; all of it goes out."""
    chat = a_talker().walks(*DOOR, "x" * 500)
    assert chat.screen is not None
    quoted = [line.text.source for line in chat.screen.lines if "x" in line.text.source[:1]]
    assert quoted == ["x" * 120 + "…"]


def test_it_can_be_said_aloud():
    """A voice message in place of a need: its file goes to whoever answers."""
    chat = a_talker().walks(*DOOR)
    chat.reads("""
        USER  (voice)
        BOT   🤝 Talk to PUA Desio
              💬 Something else
              🎙️ Your voice message
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
    """)
    chat.walks("[✅ Ask for a person]")
    assert asked(chat) == [Asked(Need.OTHER, "desio", voice="f")]


def test_a_desk_is_chosen_where_there_are_several():
    """Nobody is asked where there is one, or where the person comes from one of them."""
    chat = a_talker(desks=2).walks(*DOOR)
    chat.reads("""
        USER  [💶 My pay]
        BOT   📍 Which desk is near you?
              The people of this desk answer you.
              [📍 PUA Desio] [📍 PUA Carate]
              [⬅️] [🏠] [🆘]
        USER  [📍 PUA Carate]
        BOT   🤝 Talk to PUA Carate
              💶 My pay
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              ⚖️ By law they may have to tell a judge of a serious crime.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
    """)
    chat = a_talker(desks=2, desk="desio").walks(*PAY, "[✅ Ask for a person]")
    assert asked(chat) == [Asked(Need.PAY, "desio")]


def test_whoever_asks_another_desk_is_told_that_it_reads_what_was_before():
    """The conversation goes on there with all that was said; at the same desk nothing is new."""
    reads = "👀 They also read what you and another desk wrote before."
    before = a_talk(state="closed", desk="carate")
    page = "\n".join(a_talker(talk=before).walks(*DOOR).do(PAY[-1]))
    assert reads in page
    page = "\n".join(a_talker(talk=a_talk(state="closed")).walks(*DOOR).do(PAY[-1]))
    assert reads not in page


def test_out_of_hours_it_says_when_and_who_answers_now():
    """The next human time, the place in the queue, and numbers that answer now."""
    chat = a_talker(desk="desio").walks(*DOOR)
    danger, violence, *others = some_numbers()
    chat.world.numbers = (danger, replace(violence, hours=ALWAYS), *others)
    chat.given(
        FindQueue("desio"),
        a_queue(is_open=False, opens="2026-11-24T09:00", ahead=3),
        a_queue(is_open=False, ahead=1),
    )
    chat.reads("""
        USER  [💶 My pay]
        BOT   🤝 Talk to PUA Desio
              💶 My pay
              🕒 Nobody is at the desk now. People read it from 2026-11-24 09:00:00.
              👥 3 people wait before you.
              📞 You can call now
              📞 112 · Danger line
              📞 1522 · Violence line
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🤝 What is it about?
              Tap one, or write or say it in your own words.
              [💶 My pay] [💼 My work] [🪪 My documents] [🛟 I do not feel safe]
              [🛏️ House, a bed] [🩺 Health, how I feel] [🧒 Family, children] [➕ More]
              [⬅️] [🏠] [🆘]
        USER  [💶 My pay]
        BOT   🤝 Talk to PUA Desio
              💶 My pay
              🕒 People read it when the desk is open. I do not know when that is.
              👥 1 person waits before you.
              📞 You can call now
              📞 112 · Danger line
              📞 1522 · Violence line
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
    """)


def test_whoever_reads_another_language_gets_an_interpreter():
    """Said and changeable; in careful mode it is asked when the phone is safe."""
    chat = a_talker(language="ar", careful=True).walks(*DOOR)
    chat.reads("""
        USER  [💶 My pay]
        BOT   🕗 When are you alone with this phone?
              We write to you then. At other times only if it is very urgent.
              [🕗 At any time] [🌅 In the morning: 6 to 12]
              [☀️ In the afternoon: 12 to 18] [🌙 In the evening: 18 to 23]
              [📅 Only on Sunday]
              [⬅️] [🏠] [🆘]
        USER  [🌙 In the evening: 18 to 23]
        BOT   🤝 Talk to PUA Desio
              💶 My pay
              🗣️ With an interpreter
              🌙 In the evening: 18 to 23
              🟢 Somebody is at the desk now.
              👥 Nobody waits before you.
              🎭 They see two made-up words, not your name and not your number.
              🔒 But it is not anonymous: I keep the address of this chat and all words, locked.
              🗑️ 30 days after the end I delete the words.
              📂 If a desk keeps a file with your yes, the words stay with it.
              [✅ Ask for a person] [✏️ Change something]
              [⬅️] [🏠] [🆘]
    """)
    chat.walks("[✅ Ask for a person]")
    assert asked(chat) == [Asked(Need.PAY, "desio", safe=Safe.EVENING, interpreter=True)]


def test_a_desk_that_stopped_meanwhile_is_said():
    """Nothing is promised: the page of those who answer today follows."""
    chat = a_talker().walks(*PAY)
    chat.given(AskForHuman(Asked(Need.PAY, "desio")), None)
    chat.reads("""
        USER  [✅ Ask for a person]
        BOT   📪 At this desk nobody talks any more.
              🤝 Talk to someone
              Today no person answers in this chat.
              These numbers answer.
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              📞 039 1 · Union line
              Other questions? See who helps near you.
              [📍 Who helps near me] [📄 The office]
              [⬅️] [🏠] [🆘]
    """)


def test_what_is_sent_is_never_taken_back_by_back():
    """Behind the asking there is no way Back to ask once more."""
    chat = a_talker().walks(*ASKED)
    chat.reads("""
        USER  [⬅️]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)
    assert asked(chat) == [Asked(Need.PAY, "desio")]
