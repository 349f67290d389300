"""Onboarding: the first minute, until home."""

from __future__ import annotations

from flows.model import Person
from tests.factories import a_chat


def test_somebody_new_is_welcomed():
    """Somebody new chooses a language, reads the promise, and is at home."""
    chat = a_chat(Person(1))
    chat.reads("""
        USER  /start
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
              [🆘]
        USER  [IT]
        BOT   👋 Welcome to Antenna
              Here you find your rights at work, papers, courses and services.
              It is free and in your language.
              [➡️ Next]
              [⬅️] [🆘]
        USER  [➡️ Next]
        BOT   🔐 Who reads this?
              🤖 This is a machine, run by Rete Brianza. No person reads what you write.
              🙈 I do not keep your name, your phone number or your words.
              📅 I keep your courses, appointments and dates. Your own dates no desk sees.
              ✍️ A course sees your name only if you write it for its list.
              🗂️ I keep your language, your last page and the address of this chat, locked.
              ⌛ After 90 days without you I delete all I keep.
              ⏰ If a lesson, an appointment or a reminder is still to come, I wait until then.
              ☁️ Telegram keeps this chat on its computers. I cannot change that.
              [👍 I understand]
              [⬅️] [🆘]
        USER  [👍 I understand]
        BOT   📱 Does someone else look at this phone?
              For example your boss, your family, people in your room.
              If yes, I write less and I delete more.
              [🙂 No, only me] [👀 Yes, or I am not sure]
              [⬅️] [🆘]
        USER  [🙂 No, only me]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        =>    welcomed
    """)


def test_a_desk_is_named_to_somebody_it_sent():
    """Somebody sent by a desk reads its name; a careful phone gets a home that says little."""
    chat = a_chat(Person(1, desk="k7"))
    chat.reads("""
        USER  hello
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
              [🆘]
        USER  [EN]
        BOT   👋 Welcome to Antenna
              Here you find your rights at work, papers, courses and services.
              It is free and in your language.
              You come from: Desio market.
              [➡️ Next]
              [⬅️] [🆘]
        USER  [➡️ Next]
        BOT   🔐 Who reads this?
              🤖 This is a machine, run by Rete Brianza. No person reads what you write.
              🙈 I do not keep your name, your phone number or your words.
              📅 I keep your courses, appointments and dates. Your own dates no desk sees.
              ✍️ A course sees your name only if you write it for its list.
              🗂️ I keep your language, your last page and the address of this chat, locked.
              ⌛ After 90 days without you I delete all I keep.
              ⏰ If a lesson, an appointment or a reminder is still to come, I wait until then.
              ☁️ Telegram keeps this chat on its computers. I cannot change that.
              [👍 I understand]
              [⬅️] [🆘]
        USER  [👍 I understand]
        BOT   📱 Does someone else look at this phone?
              For example your boss, your family, people in your room.
              If yes, I write less and I delete more.
              [🙂 No, only me] [👀 Yes, or I am not sure]
              [⬅️] [🆘]
        USER  [👀 Yes, or I am not sure]
        BOT   📚 Courses and information
              Choose what you want to read.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone] [💼 My work]
              [📚 Courses and appointments] [🗂️ My things] [🌐 Language] [🔐 Privacy]
              [🧹 Clean this chat]
              [🆘]
        =>    welcomed
    """)


def test_an_unknown_desk_is_a_plain_start():
    """A desk that is not on the list is not spoken of."""
    chat = a_chat(Person(1, desk="zz"))
    chat.reads("""
        USER  /start
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
              [🆘]
        USER  [EN]
        BOT   👋 Welcome to Antenna
              Here you find your rights at work, papers, courses and services.
              It is free and in your language.
              [➡️ Next]
              [⬅️] [🆘]
    """)


def test_start_in_the_middle_goes_on_there():
    """The first minute is not begun again by a command; Back undoes a step."""
    chat = a_chat(Person(1)).walks("/start", "[EN]", "[➡️ Next]")
    chat.reads("""
        USER  /start
        BOT   🔐 Who reads this?
              🤖 This is a machine, run by Rete Brianza. No person reads what you write.
              🙈 I do not keep your name, your phone number or your words.
              📅 I keep your courses, appointments and dates. Your own dates no desk sees.
              ✍️ A course sees your name only if you write it for its list.
              🗂️ I keep your language, your last page and the address of this chat, locked.
              ⌛ After 90 days without you I delete all I keep.
              ⏰ If a lesson, an appointment or a reminder is still to come, I wait until then.
              ☁️ Telegram keeps this chat on its computers. I cannot change that.
              [👍 I understand]
              [⬅️] [🆘]
        USER  [⬅️]
        BOT   👋 Welcome to Antenna
              Here you find your rights at work, papers, courses and services.
              It is free and in your language.
              [➡️ Next]
              [⬅️] [🆘]
        USER  [⬅️]
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
              [🆘]
    """)


def test_help_is_there_before_the_promise():
    """The numbers to call come before anything is agreed to, and lead back."""
    chat = a_chat(Person(1))
    chat.reads("""
        USER  /start
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
              [🆘]
        USER  [🆘]
        BOT   🆘 Numbers to call
              📞 112 · Danger line
              For danger.
              📞 1522 · Violence line
              For violence.
              📞 800 290 290 · Exploitation line
              For exploitation.
              🕒 Every day
              WhatsApp: +39 333
              📞 039 1 · Union line
              For union.
              Other numbers
              📞 039 2 · Help line
              📞 039 3 · Office line
              This chat is not for emergencies. No person reads it.
              [⬅️] [🏠]
        USER  [🏠]
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
              [🆘]
        USER  /help
        BOT   🆘 Numbers to call
              📞 112 · Danger line
              For danger.
              📞 1522 · Violence line
              For violence.
              📞 800 290 290 · Exploitation line
              For exploitation.
              🕒 Every day
              WhatsApp: +39 333
              📞 039 1 · Union line
              For union.
              Other numbers
              📞 039 2 · Help line
              📞 039 3 · Office line
              This chat is not for emergencies. No person reads it.
              [⬅️] [🏠]
        USER  [⬅️]
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
              [🆘]
    """)


def test_clean_before_the_end_begins_again():
    """Somebody who cleans the chat before they are welcomed starts at the beginning."""
    chat = a_chat(Person(1)).walks("/start", "[EN]")
    chat.reads("""
        USER  /clean
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
              [🆘]
    """)
