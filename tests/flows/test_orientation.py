"""Orientation: areas, cards, and the ways on from a card."""

from __future__ import annotations

from tests.factories import a_chat, somebody


def test_a_card_is_shown_in_italian_and_back():
    """A card, the same one for the clerk, and back to it."""
    chat = a_chat().walks("/menu")
    chat.reads("""
        USER  [🧭 I need information]
        BOT   🧭 What do you want to know about?
              [🔎 Search] [💼 My rights] [🪪 My documents] [📍 My neighbourhood]
              [⬅️] [🏠] [🆘]
        USER  [💼 My rights]
        BOT   💼 My rights
              Choose a question.
              [📄 Pay] [📄 Hours] [📄 Rest]
              [⬅️] [🏠] [🆘]
        USER  [📄 Hours]
        BOT   📄 Hours
              Hours is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked in part 2026-11-01
              [🇮🇹 Show in Italian] [📄 Pay] [👍 Useful] [👎 Not useful]
              [⬅️] [🏠] [🆘]
        USER  [🇮🇹 Show in Italian]
        BOT   Hours
              Hours is your right.
              Keep a photo of the paper.
              Ask for a copy.
              [↩️] [🏠] [🆘]
        USER  [↩️]
        BOT   📄 Hours
              Hours is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked in part 2026-11-01
              [🇮🇹 Show in Italian] [📄 Pay] [👍 Useful] [👎 Not useful]
              [⬅️] [🏠] [🆘]
    """)


def test_back_from_a_voted_card_leads_to_the_list():
    """A vote is thanked for once; Back passes over it."""
    chat = a_chat().walks("/menu", "[🧭 I need information]")
    chat.reads("""
        USER  [💼 My rights]
        BOT   💼 My rights
              Choose a question.
              [📄 Pay] [📄 Hours] [📄 Rest]
              [⬅️] [🏠] [🆘]
        USER  [📄 Rest]
        BOT   📄 Rest
              Rest is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · ⚠️ not checked yet: ask before you decide
              [🇮🇹 Show in Italian] [👍 Useful] [👎 Not useful]
              [⬅️] [🏠] [🆘]
        USER  [👍 Useful]
        BOT   📄 Rest
              Rest is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · ⚠️ not checked yet: ask before you decide
              🙏 Thank you.
              [🇮🇹 Show in Italian]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   💼 My rights
              Choose a question.
              [📄 Pay] [📄 Hours] [📄 Rest]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🧭 What do you want to know about?
              [🔎 Search] [💼 My rights] [🪪 My documents] [📍 My neighbourhood]
              [⬅️] [🏠] [🆘]
    """)


def test_a_card_that_did_not_help_points_to_people():
    """Not useful is an answer too."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[💼 My rights]")
    chat.reads("""
        USER  [📄 Rest]
        BOT   📄 Rest
              Rest is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · ⚠️ not checked yet: ask before you decide
              [🇮🇹 Show in Italian] [👍 Useful] [👎 Not useful]
              [⬅️] [🏠] [🆘]
        USER  [👎 Not useful]
        BOT   📄 Rest
              Rest is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · ⚠️ not checked yet: ask before you decide
              🙏 Thank you. A person can explain it better: tap “Talk to someone”.
              [🇮🇹 Show in Italian] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)


def test_a_related_card_leads_on_and_back():
    """Cards lead to each other; Back undoes one step."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[💼 My rights]")
    chat.reads("""
        USER  [📄 Pay]
        BOT   📄 Pay
              Pay is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked 2026-11-01
              [🇮🇹 Show in Italian] [📍 Where to go] [📄 Hours] [📄 Paper 1]
              [🤝 Talk to someone] [⚠️ Something is wrong at work] [👍 Useful]
              [👎 Not useful]
              [⬅️] [🏠] [🆘]
        USER  [📄 Hours]
        BOT   📄 Hours
              Hours is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked in part 2026-11-01
              [🇮🇹 Show in Italian] [📄 Pay] [👍 Useful] [👎 Not useful]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   📄 Pay
              Pay is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked 2026-11-01
              [🇮🇹 Show in Italian] [📍 Where to go] [📄 Hours] [📄 Paper 1]
              [🤝 Talk to someone] [⚠️ Something is wrong at work] [👍 Useful]
              [👎 Not useful]
              [⬅️] [🏠] [🆘]
    """)


def test_talk_from_a_card_comes_back_to_it():
    """Whoever looks at the numbers finds the card again."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[💼 My rights]")
    chat.reads("""
        USER  [📄 Pay]
        BOT   📄 Pay
              Pay is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked 2026-11-01
              [🇮🇹 Show in Italian] [📍 Where to go] [📄 Hours] [📄 Paper 1]
              [🤝 Talk to someone] [⚠️ Something is wrong at work] [👍 Useful]
              [👎 Not useful]
              [⬅️] [🏠] [🆘]
        USER  [🤝 Talk to someone]
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
        BOT   📄 Pay
              Pay is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked 2026-11-01
              [🇮🇹 Show in Italian] [📍 Where to go] [📄 Hours] [📄 Paper 1]
              [🤝 Talk to someone] [⚠️ Something is wrong at work] [👍 Useful]
              [👎 Not useful]
              [⬅️] [🏠] [🆘]
    """)


def test_a_long_shelf_is_shown_page_by_page():
    """More than eight cards are two pages, with cards of other areas at the end."""
    chat = a_chat().walks("/menu", "[🧭 I need information]")
    chat.reads("""
        USER  [🪪 My documents]
        BOT   🪪 My documents
              Choose a question.
              [🪧 Show at the counter] [👣 Step by step] [📄 Paper 1] [📄 Paper 2]
              [📄 Paper 3] [📄 Paper 4] [📄 Paper 5] [➕ More]
              [⬅️] [🏠] [🆘]
        USER  [➕ More]
        BOT   🪪 My documents
              Choose a question.
              [📄 Paper 6] [📄 Paper 7] [📄 Paper 8] [📄 Paper 9] [📄 Pay]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🪪 My documents
              Choose a question.
              [🪧 Show at the counter] [👣 Step by step] [📄 Paper 1] [📄 Paper 2]
              [📄 Paper 3] [📄 Paper 4] [📄 Paper 5] [➕ More]
              [⬅️] [🏠] [🆘]
        USER  [➕ More]
        BOT   🪪 My documents
              Choose a question.
              [📄 Paper 6] [📄 Paper 7] [📄 Paper 8] [📄 Paper 9] [📄 Pay]
              [⬅️] [🏠] [🆘]
        USER  [📄 Pay]
        BOT   📄 Pay
              Pay is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked 2026-11-01
              [🇮🇹 Show in Italian] [📍 Where to go] [📄 Hours] [📄 Paper 1]
              [🤝 Talk to someone] [⚠️ Something is wrong at work] [👍 Useful]
              [👎 Not useful]
              [⬅️] [🏠] [🆘]
    """)


def test_an_italian_reader_is_not_offered_italian():
    """The clerk's page is for those who read something else."""
    chat = a_chat(somebody(language="it", careful=True)).walks(
        "/menu", "[🧭 I need information]", "[💼 My rights]"
    )
    chat.reads("""
        USER  [📄 Pay]
        BOT   📄 Pay
              Pay is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · checked 2026-11-01
              [📍 Where to go] [📄 Hours] [📄 Paper 1] [🤝 Talk to someone] [💼 My work]
              [👍 Useful] [👎 Not useful]
              [⬅️] [🏠] [🆘]
    """)


def test_the_language_changes_on_the_italian_page():
    """Changing to Italian on the Italian page changes nothing else."""
    chat = a_chat().walks(
        "/menu", "[🧭 I need information]", "[💼 My rights]", "[📄 Rest]", "[🇮🇹 Show in Italian]"
    )
    chat.reads("""
        USER  /language
        BOT   🌐 Choose EN
              🌐 Choose IT
              [EN] [IT]
              [⬅️] [🏠] [🆘]
        USER  [IT]
        BOT   Rest
              Rest is your right.
              Keep a photo of the paper.
              Ask for a copy.
              [↩️] [🏠] [🆘]
        USER  [↩️]
        BOT   📄 Rest
              Rest is your right.
              Keep a photo of the paper.
              👉 Ask for a copy.
              📖 L. 1/2000 · ⚠️ not checked yet: ask before you decide
              [👍 Useful] [👎 Not useful]
              [⬅️] [🏠] [🆘]
    """)
