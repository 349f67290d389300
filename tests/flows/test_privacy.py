"""Privacy: what is kept, and how it goes."""

from __future__ import annotations

from tests.factories import a_chat, somebody


def test_privacy_leads_to_what_is_kept_and_back():
    """The promise, the data in words, the file, and back."""
    chat = a_chat(somebody())
    chat.reads("""
        USER  /privacy
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
        USER  [📄 My data]
        BOT   📄 My data
              Your language: EN.
              Careful mode: off.
              First day here: 2026-11-23.
              The numbers of 2 messages, so that I can delete them. Not their words.
              The last day you were here, where you stopped reading, what you opened last.
              The address of this chat, locked. I need it to answer you.
              Your courses, appointments and dates, and how you want to be reminded.
              [💾 Give me a file] [🗑️ Forget me]
              [⬅️] [🏠] [🆘]
        USER  [💾 Give me a file]
        BOT   📄 Your file comes in a moment.
              🔐 Your privacy
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
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)


def test_careful_mode_is_switched_on_and_off():
    """Each state says what it does, and OK leads back to privacy."""
    chat = a_chat()
    chat.reads("""
        USER  /privacy
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
        USER  [👀 Careful mode on]
        BOT   👀 Careful mode is on
              Private pages go away after 10 minutes, all the rest after 40 hours.
              Messages make no sound and begin with a neutral line; a reminder says no more.
              I cannot hide what somebody sees while you read.
              [👍 OK] [🧹 Clean this chat]
              [⬅️] [🏠] [🆘]
        USER  [👍 OK]
        BOT   🔐 Your privacy
              🤖 This is a machine, run by Rete Brianza. No person reads what you write.
              🙈 I do not keep your name, your phone number or your words.
              📅 I keep your courses, appointments and dates. Your own dates no desk sees.
              ✍️ A course sees your name only if you write it for its list.
              🗂️ I keep your language, your last page and the address of this chat, locked.
              ⌛ After 90 days without you I delete all I keep.
              ⏰ If a lesson, an appointment or a reminder is still to come, I wait until then.
              ☁️ Telegram keeps this chat on its computers. I cannot change that.
              [📄 My data] [👀 Careful mode off] [🧹 Clean this chat] [🗑️ Forget me]
              [⬅️] [🏠] [🆘]
        USER  [👀 Careful mode off]
        BOT   👀 Careful mode is off
              You can clean this chat at any time.
              [👍 OK]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
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
        USER  [🏠]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)


def test_forget_can_be_declined():
    """No is as easy as yes, and leads back."""
    chat = a_chat()
    chat.reads("""
        USER  /mydata
        BOT   📄 My data
              Your language: EN.
              Careful mode: off.
              First day here: 2026-11-23.
              The numbers of 2 messages, so that I can delete them. Not their words.
              The last day you were here, where you stopped reading, what you opened last.
              The address of this chat, locked. I need it to answer you.
              Your courses, appointments and dates, and how you want to be reminded.
              [💾 Give me a file] [🗑️ Forget me]
              [⬅️] [🏠] [🆘]
        USER  [🗑️ Forget me]
        BOT   🗑️ Forget me?
              I delete everything I keep about you, and I clean this chat.
              Messages older than two days only you can delete.
              For 90 days I keep one locked mark, so that old copies forget you too.
              Your places in courses and your appointments go to others.
              [🗑️ Yes, forget me] [✖️ No]
              [⬅️] [🏠] [🆘]
        USER  [✖️ No]
        BOT   📄 My data
              Your language: EN.
              Careful mode: off.
              First day here: 2026-11-23.
              The numbers of 2 messages, so that I can delete them. Not their words.
              The last day you were here, where you stopped reading, what you opened last.
              The address of this chat, locked. I need it to answer you.
              Your courses, appointments and dates, and how you want to be reminded.
              [💾 Give me a file] [🗑️ Forget me]
              [⬅️] [🏠] [🆘]
        USER  [🗑️ Forget me]
        BOT   🗑️ Forget me?
              I delete everything I keep about you, and I clean this chat.
              Messages older than two days only you can delete.
              For 90 days I keep one locked mark, so that old copies forget you too.
              Your places in courses and your appointments go to others.
              [🗑️ Yes, forget me] [✖️ No]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   📄 My data
              Your language: EN.
              Careful mode: off.
              First day here: 2026-11-23.
              The numbers of 2 messages, so that I can delete them. Not their words.
              The last day you were here, where you stopped reading, what you opened last.
              The address of this chat, locked. I need it to answer you.
              Your courses, appointments and dates, and how you want to be reminded.
              [💾 Give me a file] [🗑️ Forget me]
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


def test_forget_leaves_nothing():
    """One yes, one message that stays, and somebody new next time."""
    chat = a_chat().walks("/menu", "[🧭 I need information]")
    chat.reads("""
        USER  /forget
        BOT   🗑️ Forget me?
              I delete everything I keep about you, and I clean this chat.
              Messages older than two days only you can delete.
              For 90 days I keep one locked mark, so that old copies forget you too.
              Your places in courses and your appointments go to others.
              [🗑️ Yes, forget me] [✖️ No]
              [⬅️] [🏠] [🆘]
        USER  [🗑️ Yes, forget me]
        KEEP  ✅ Done. You are forgotten. To begin again: /start
        USER  hello
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
              [🆘]
    """)


def test_clean_asks_nothing_and_leads_home():
    """There may be no time for a question; nothing is offered again."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[💼 My rights]", "[📄 Rest]")
    chat.reads("""
        USER  /clean
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)


def test_stop_is_clean():
    """Who writes /stop wants it gone."""
    chat = a_chat().walks("/menu", "[🔐 Privacy]")
    chat.reads("""
        USER  /stop
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)


def test_clean_is_behind_privacy_too():
    """The same door, from the page about privacy."""
    chat = a_chat().walks("/privacy")
    chat.reads("""
        USER  [🧹 Clean this chat]
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)
