"""The doors behind which people will answer."""

from __future__ import annotations

from tests.factories import a_chat


def test_talk_says_who_answers_today():
    """Nobody is promised who is not there: numbers, then cards."""
    chat = a_chat().walks("/menu")
    chat.reads("""
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
        USER  [📄 The office]
        BOT   📄 The office
              The office is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked 2026-11-01
              [🇮🇹 Show in Italian] [📍 Where to go] [🤝 Talk to someone] [👍 Useful]
              [👎 Not useful]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🤝 Talk to someone
              Today no person answers in this chat.
              These numbers answer.
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              📞 039 1 · Union line
              Other questions? See who helps near you.
              [📍 Who helps near me] [📄 The office]
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


def test_trouble_at_work_begins_with_the_numbers():
    """Danger first, in words that work without buttons."""
    chat = a_chat().walks("/menu")
    chat.reads("""
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
        USER  [📄 Signs]
        BOT   📄 Signs
              Signs is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked 2026-11-01
              [🇮🇹 Show in Italian] [📄 The office] [🤝 Talk to someone]
              [⚠️ Something is wrong at work] [👍 Useful] [👎 Not useful]
              [⬅️] [🏠] [🆘]
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
        USER  [⬅️]
        BOT   📄 Signs
              Signs is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked 2026-11-01
              [🇮🇹 Show in Italian] [📄 The office] [🤝 Talk to someone]
              [⚠️ Something is wrong at work] [👍 Useful] [👎 Not useful]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   ⚠️ Something is wrong at work
              In danger? Go to a safe place and call 112.
              📞 112 · Danger line
              📞 1522 · Violence line
              📞 800 290 290 · Exploitation line
              Today you cannot send a report from this chat. These numbers can help you.
              If you are safe, talk to someone before you leave the job.
              [🔎 Is my work OK? (2 minutes)] [📄 Signs]
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


def test_help_shows_every_number():
    """All numbers, the first ones explained; it says what this chat is not."""
    chat = a_chat()
    chat.reads("""
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
        BOT   🏠 How can I help you?
              It is free. You do not need papers here.
              ✍️ Or write what you are looking for.
              [🧭 I need information] [🤝 I want to talk to someone]
              [⚠️ Something is wrong at work] [📚 Courses and appointments]
              [🗂️ My things] [🌐 Language] [🔐 Privacy] [🧹 Clean this chat]
              [🆘]
    """)
