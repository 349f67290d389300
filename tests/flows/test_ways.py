"""Ways through a chat: commands, help, interruptions, and what cannot be taken."""

from __future__ import annotations

from dataclasses import replace

from flows.registry import FLOWS
from tests.factories import a_chat


def test_an_interrupted_card_is_offered_again():
    """A command in the middle loses nothing: home offers to go on."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[💼 My rights]", "[📄 Rest]")
    chat.reads("""
        USER  /start
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [▶️ Go on where you were] [🌐 Language] [🧹 Clean this chat]
              [🆘]
        USER  [▶️ Go on where you were]
        BOT   📄 Rest
              Rest is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · ⚠️ not checked yet: ask before you decide
              [🇮🇹 Show in Italian] [👍 Useful] [👎 Not useful]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   💼 My rights
              Choose a question.
              [📄 Pay] [📄 Hours] [📄 Rest]
              [⬅️] [🏠] [🆘]
    """)


def test_the_home_button_sets_nothing_aside():
    """Who goes home by the button has finished reading."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[💼 My rights]")
    chat.reads("""
        USER  [🏠]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)


def test_a_card_behind_a_door_is_offered_again():
    """Reading that began behind a door is offered again too."""
    chat = a_chat().walks("/menu", "[🤝 I want to talk to someone]", "[📄 The office]")
    chat.reads("""
        USER  /menu
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [▶️ Go on where you were] [🌐 Language] [🧹 Clean this chat]
              [🆘]
        USER  [▶️ Go on where you were]
        BOT   📄 The office
              The office is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked 2026-11-01
              [🇮🇹 Show in Italian] [📍 Where to go] [🤝 Talk to someone] [👍 Useful]
              [👎 Not useful]
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


def test_help_in_the_middle_comes_back_to_the_same_place():
    """The numbers, then exactly the page that was there."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[💼 My rights]")
    chat.reads("""
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
        USER  [⬅️]
        BOT   💼 My rights
              Choose a question.
              [📄 Pay] [📄 Hours] [📄 Rest]
              [⬅️] [🏠] [🆘]
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
        BOT   💼 My rights
              Choose a question.
              [📄 Pay] [📄 Hours] [📄 Rest]
              [⬅️] [🏠] [🆘]
    """)


def test_a_language_is_changed_in_the_middle():
    """Everything goes on where it was."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[💼 My rights]")
    chat.reads("""
        USER  /language
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
              [⬅️] [🏠] [🆘]
        USER  [IT]
        BOT   💼 My rights
              Choose a question.
              [📄 Pay] [📄 Hours] [📄 Rest]
              [⬅️] [🏠] [🆘]
    """)


def test_what_cannot_be_taken_gets_a_way_forward():
    """Words, voice, photos, files, places and the rest: the question again, unchanged."""
    chat = a_chat(flows=replace(FLOWS, media=""))
    chat.reads("""
        USER  /menu
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  hello
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              👋 Hello! Tap a button, or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  👍
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              👋 Hello! Tap a button, or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  (voice)
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              I cannot listen to voice here.
              Please tap a button below.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  (photo)
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              I cannot look at photos here.
              Please tap a button below.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  (document)
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              I cannot open files here.
              Please tap a button below.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  (place)
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              I do not need a place here.
              Please tap a button below.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  (sticker)
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              I cannot read this.
              Please tap a button below.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  (edited)
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              I do not read what is changed later.
              Please tap a button below.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  [🧭 I need information]
        BOT   🧭 What do you want to know about?
              [🔎 Search] [💼 My rights] [🪪 My documents] [📍 My neighbourhood]
              [⬅️] [🏠] [🆘]
    """)


def test_an_unknown_command_gets_a_way_forward():
    """A word with a slash that means nothing changes nothing."""
    chat = a_chat().walks("/menu", "[🧭 I need information]")
    chat.reads("""
        USER  /xyz
        BOT   🧭 What do you want to know about?
              I do not know this word. Please use the buttons below.
              [🔎 Search] [💼 My rights] [🪪 My documents] [📍 My neighbourhood]
              [⬅️] [🏠] [🆘]
        USER  [💼 My rights]
        BOT   💼 My rights
              Choose a question.
              [📄 Pay] [📄 Hours] [📄 Rest]
              [⬅️] [🏠] [🆘]
    """)


def test_an_unknown_command_first_of_all_opens_home():
    """Whatever comes first, somebody answers."""
    chat = a_chat()
    chat.reads("""
        USER  /xyz
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              I do not know this word. Please use the buttons below.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)
