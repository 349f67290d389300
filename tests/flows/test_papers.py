"""A paper, explained: its picture once, and its numbers in any order."""

from __future__ import annotations

from dataclasses import replace

from flows.registry import FLOWS
from tests.chat import Chat
from tests.factories import a_chat, a_world, somebody


def at_card() -> Chat:
    """Somebody who reads the card about a paper."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[🪪 My documents]")
    return chat.walks("[➕ More]", "[📄 Paper 9]")


def test_the_picture_comes_once_and_the_numbers_stand_below_it():
    """The picture stays in the chat; going on and back does not send it again."""
    at_card().reads("""
        USER  [🔍 A sheet]
        KEEP  (picture sheet)
              📄 An example. The names and the firm do not exist.
        BOT   🧾 A sheet
              Every month you get it.
              1️⃣ Your name
              2️⃣ The day
              3️⃣ The money
              👇 Tap a number of the picture.
              [1] [2] [3] [✅ Check] [🖼️ Picture]
              [⬅️] [🏠] [🆘]
        USER  [3]
        BOT   🧾 A sheet
              3️⃣ The money
              🇮🇹 Netto
              It is yours.
              👉 Did you get it?
              📖 L. 3/2000 · checked in part 2026-11-01
              [▶️ Next number] [🔢 All numbers] [🇮🇹 Show in Italian] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  [▶️ Next number]
        BOT   🧾 A sheet
              1️⃣ Your name
              🇮🇹 Nome
              It must be you.
              👉 Is it right?
              📖 L. 3/2000 · checked in part 2026-11-01
              [▶️ Next number] [🔢 All numbers] [🇮🇹 Show in Italian] [📄 Pay]
              [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  [🔢 All numbers]
        BOT   🧾 A sheet
              Every month you get it.
              1️⃣ Your name
              2️⃣ The day
              3️⃣ The money
              👇 Tap a number of the picture.
              [1] [2] [3] [✅ Check] [🖼️ Picture]
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   🧾 A sheet
              1️⃣ Your name
              🇮🇹 Nome
              It must be you.
              👉 Is it right?
              📖 L. 3/2000 · checked in part 2026-11-01
              [▶️ Next number] [🔢 All numbers] [🇮🇹 Show in Italian] [📄 Pay]
              [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)


def test_the_picture_is_sent_again_when_it_is_asked_for():
    """Who has scrolled away from it, or had it washed away, gets it again."""
    at_card().walks("[🔍 A sheet]").reads("""
        USER  [🖼️ Picture]
        KEEP  (picture sheet)
              📄 An example. The names and the firm do not exist.
        BOT   🧾 A sheet
              Every month you get it.
              1️⃣ Your name
              2️⃣ The day
              3️⃣ The money
              👇 Tap a number of the picture.
              [1] [2] [3] [✅ Check] [🖼️ Picture]
              [⬅️] [🏠] [🆘]
    """)


def test_all_checks_stand_on_one_page():
    """With the own paper in the hand one goes through the list."""
    at_card().walks("[🔍 A sheet]").reads("""
        USER  [✅ Check]
        BOT   ✅ What to check
              1️⃣ Is it right?
              2️⃣ Is it today?
              3️⃣ Did you get it?
              📖 L. 3/2000 · checked in part 2026-11-01
              [🔢 All numbers]
              [⬅️] [🏠] [🆘]
        USER  [🔢 All numbers]
        BOT   🧾 A sheet
              Every month you get it.
              1️⃣ Your name
              2️⃣ The day
              3️⃣ The money
              👇 Tap a number of the picture.
              [1] [2] [3] [✅ Check] [🖼️ Picture]
              [⬅️] [🏠] [🆘]
    """)


def test_a_number_is_shown_in_italian():
    """What stands there and what to check, for whoever is asked."""
    at_card().walks("[🔍 A sheet]", "[2]").reads("""
        USER  [🇮🇹 Show in Italian]
        BOT   The day
              It is a day.
              Is it today?
              [↩️] [🏠] [🆘]
    """)


def test_the_ways_out_of_a_number_come_back_to_it():
    """To the card that says more, and to a person who knows which paper it is about."""
    leads = {
        "[📄 Pay]": ("orientation", "work.pay"),
        "[🤝 Talk to someone]": ("talk", "docs.9"),
    }
    found = {}
    for label in leads:
        chat = at_card().walks("[🔍 A sheet]", "[1]", label)
        found[label] = (chat.conversation.stack[-1].flow, chat.conversation.stack[-1].at)
        chat.walks("[⬅️]")
        assert (chat.conversation.stack[-1].flow, chat.conversation.stack[-1].asked) == (
            "papers",
            "sheet.1",
        )
    assert found == leads


def test_somebody_who_reads_on_and_on_keeps_a_small_memory():
    """After many pages the flow begins anew, in the same place, without the picture."""
    chat = at_card().walks("[🔍 A sheet]", "[1]", *["[▶️ Next number]"] * 29)
    before = chat.conversation.stack[-1]
    chat.reads("""
        USER  [▶️ Next number]
        BOT   🧾 A sheet
              Every month you get it.
              1️⃣ Your name
              2️⃣ The day
              3️⃣ The money
              👇 Tap a number of the picture.
              [1] [2] [3] [✅ Check] [🖼️ Picture]
              [⬅️] [🏠] [🆘]
        =>    again
    """)
    assert (len(before.log), len(chat.conversation.stack[-1].log)) == (30, 0)


def test_without_a_name_the_papers_are_offered():
    """A door may lead to all papers; an Italian reader is not offered Italian."""
    flows = replace(FLOWS, commands={**FLOWS.commands, "papers": "papers"})
    chat = a_chat(flows=flows, world=a_world(somebody(language="it")))
    chat.reads("""
        USER  /papers
        BOT   🔍 Papers, explained
              Which paper do you want to understand?
              [🧾 A sheet]
              [⬅️] [🏠] [🆘]
        USER  [🧾 A sheet]
        KEEP  (picture sheet)
              📄 An example. The names and the firm do not exist.
        BOT   🧾 A sheet
              Every month you get it.
              1️⃣ Your name
              2️⃣ The day
              3️⃣ The money
              👇 Tap a number of the picture.
              [1] [2] [3] [✅ Check] [🖼️ Picture]
              [⬅️] [🏠] [🆘]
        USER  [2]
        BOT   🧾 A sheet
              2️⃣ The day
              🇮🇹 Data
              It is a day.
              👉 Is it today?
              📖 L. 3/2000 · checked in part 2026-11-01
              [▶️ Next number] [🔢 All numbers] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)
