"""Home: every door, in both modes."""

from __future__ import annotations

from tests.factories import a_chat, somebody


def test_home_shows_three_doors_first():
    """Home begins with information, people, and trouble at work."""
    chat = a_chat()
    chat.reads("""
        USER  /menu
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  [🧭 I need information]
        BOT   🧭 What do you want to know about?
              [🔎 Search] [💼 My rights] [🪪 My documents] [📍 My neighbourhood]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  [🤝 I want to talk to someone]
        BOT   🤝 Talk to someone
              Today no person answers in this chat.
              These numbers answer.
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              📞 039 1 · Union line
              Other questions? See who helps near you.
              [📍 Who helps near me] [📄 The office]
              [⬅️] [🏠] [🆘]
        USER  [🏠]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  [⚠️ Something is wrong at work]
        BOT   ⚠️ Something is wrong at work
              In danger? Go to a safe place and call 112.
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              Today you cannot send a report from this chat. These numbers can help you.
              If you are safe, talk to someone before you leave the job.
              [🔎 Is my work OK? (2 minutes)] [📄 Signs]
              [⬅️] [🏠] [🆘]
        USER  [🏠]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
        USER  [🌐 Language]
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
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


def test_home_in_careful_mode_says_little():
    """A careful home shows nothing that a boss should not read."""
    chat = a_chat(somebody(careful=True))
    chat.reads("""
        USER  /menu
        BOT   📚 Courses and information
              Choose what you want to read.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone] [💼 My work]
              [📚 Courses and appointments] [🗂️ My things] [🌐 Language] [🔐 Privacy]
              [🧹 Clean this chat]
              [🆘]
        USER  [💼 My work]
        BOT   💼 My work
              Emergency: call 112.
              Contract, pay and hours: what the law says.
              [🔎 12 questions (2 minutes)] [📄 Hours]
              [⬅️] [🏠] [🆘]
    """)


def test_the_language_is_changed_at_home():
    """A language is chosen by its own name, the own one first."""
    chat = a_chat(somebody(language="it")).walks("/menu")
    chat.reads("""
        USER  [🌐 Language]
        BOT   🌐 Choose IT
              🌐 Choose EN
              [IT] [EN]
              [⬅️] [🏠] [🆘]
        USER  [EN]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)
