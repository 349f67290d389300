"""A procedure: all steps, one after the other, and the ways out of each."""

from __future__ import annotations

from dataclasses import replace

from tests.chat import Chat
from tests.factories import a_chat, a_procedure, a_world, somebody


def on_the_shelf() -> Chat:
    """Somebody in front of the papers' shelf."""
    return a_chat().walks("/menu", "[🧭 I need information]", "[🪪 My documents]")


def at_step(label: str) -> Chat:
    """Somebody who came from a card and looks at one step."""
    return on_the_shelf().walks("[➕ More]", "[📄 Paper 8]", "[👣 Ask for a paper]", label)


def test_a_procedure_is_read_step_by_step():
    """What is known of a step stands on its page; what nobody knows is not there at all."""
    on_the_shelf().reads("""
        USER  [👣 Step by step]
        BOT   👣 Step by step
              What do you want to do?
              [📮 Ask for a paper]
              [⬅️] [🏠] [🆘]
        USER  [📮 Ask for a paper]
        BOT   📮 Ask for a paper
              It is easy.
              📖 L. 2/2000 · checked 2026-11-01
              [1️⃣ Ask] [2️⃣ Wait] [3️⃣ Take it] [🎒 What to bring]
              [🪧 Show at the counter]
              [⬅️] [🏠] [🆘]
        USER  [1️⃣ Ask]
        BOT   📮 Ask for a paper
              1️⃣ Ask
              Go and ask.
              📍 Where: Town hall
              💶 Cost: Free
              ⏳ Time: 10 days
              🎒 Bring:
              ▪️ Passport
              Step 1 of 3
              📖 L. 2/2000 · checked 2026-11-01
              [▶️ Next step] [🇮🇹 Show in Italian] [🪧 Show at the counter]
              [🔔 Remind me in time] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  [▶️ Next step]
        BOT   📮 Ask for a paper
              2️⃣ Wait
              Wait at home.
              Step 2 of 3
              📖 L. 2/2000 · checked 2026-11-01
              [▶️ Next step] [🇮🇹 Show in Italian] [🪧 Show at the counter]
              [🔔 Remind me in time] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  [▶️ Next step]
        BOT   📮 Ask for a paper
              3️⃣ Take it
              Go again.
              🎒 Bring:
              ▪️ Passport
              ▪️ Photo
              👉 Keep it.
              Step 3 of 3
              📖 L. 2/2000 · checked 2026-11-01
              [👣 All steps] [🇮🇹 Show in Italian] [🪧 Show at the counter]
              [🔔 Remind me in time] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  [👣 All steps]
        BOT   📮 Ask for a paper
              It is easy.
              📖 L. 2/2000 · checked 2026-11-01
              [1️⃣ Ask] [2️⃣ Wait] [3️⃣ Take it] [🎒 What to bring]
              [🪧 Show at the counter]
              [⬅️] [🏠] [🆘]
        =>    all
    """)


def test_all_papers_stand_on_one_list():
    """Each paper is there once, and nobody believes that the list is all an office may want."""
    on_the_shelf().walks("[👣 Step by step]", "[📮 Ask for a paper]").reads("""
        USER  [🎒 What to bring]
        BOT   🎒 What to bring
              ▪️ Passport
              ▪️ Photo
              Offices may want other papers too. Ask before you go.
              [⬅️] [🏠] [🆘]
        USER  [⬅️]
        BOT   📮 Ask for a paper
              It is easy.
              📖 L. 2/2000 · checked 2026-11-01
              [1️⃣ Ask] [2️⃣ Wait] [3️⃣ Take it] [🎒 What to bring]
              [🪧 Show at the counter]
              [⬅️] [🏠] [🆘]
    """)


def test_a_step_is_shown_in_italian_and_back():
    """The clerk reads the step large and in Italian; the way back leads to the step."""
    at_step("[3️⃣ Take it]").reads("""
        USER  [🇮🇹 Show in Italian]
        BOT   Take it
              Go again.
              Passport
              Photo
              Keep it.
              [↩️] [🏠] [🆘]
        USER  [↩️]
        BOT   📮 Ask for a paper
              3️⃣ Take it
              Go again.
              🎒 Bring:
              ▪️ Passport
              ▪️ Photo
              👉 Keep it.
              Step 3 of 3
              📖 L. 2/2000 · checked 2026-11-01
              [👣 All steps] [🇮🇹 Show in Italian] [🪧 Show at the counter]
              [🔔 Remind me in time] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)


def test_a_step_without_a_thing_to_do_is_shown_in_italian_too():
    """Only what is there is shown to the clerk."""
    at_step("[2️⃣ Wait]").reads("""
        USER  [🇮🇹 Show in Italian]
        BOT   Wait
              Wait at home.
              [↩️] [🏠] [🆘]
    """)


def test_the_ways_out_of_a_step_know_what_it_is_about():
    """The date, the counter and the person are those of the procedure; Back leads to the step."""
    leads = {
        "[🔔 Remind me in time]": ("dates", "permit"),
        "[🪧 Show at the counter]": ("counter", "renew"),
        "[🤝 Talk to someone]": ("talk", "docs.8"),
    }
    found = {}
    for label in leads:
        chat = at_step("[1️⃣ Ask]").walks(label)
        found[label] = (chat.conversation.stack[-1].flow, chat.conversation.stack[-1].at)
        chat.walks("[⬅️]")
        assert (chat.conversation.stack[-1].flow, chat.conversation.stack[-1].asked) == (
            "procedure",
            "ask.1",
        )
    assert found == leads


def test_words_for_the_counter_are_one_tap_from_all_steps():
    """Who only wants to ask at the office need not read a step before."""
    chat = on_the_shelf().walks("[👣 Step by step]", "[📮 Ask for a paper]")
    chat.walks("[🪧 Show at the counter]")
    assert (chat.conversation.stack[-1].flow, chat.conversation.stack[-1].at) == (
        "counter",
        "renew",
    )


def test_a_card_with_offices_leads_to_them_from_a_step():
    """Where to go is looked up for the need of the card that the procedure is about."""
    found = a_procedure(cards=("docs.8", "health.ssn"), date="", counter="")
    world = a_world(somebody(language="it"))
    world.library = replace(world.library, procedures={"ask": found})
    chat = a_chat(world=world).walks("/menu", "[🧭 I need information]", "[🪪 My documents]")
    chat.walks("[👣 Step by step]", "[📮 Ask for a paper]").reads("""
        USER  [2️⃣ Wait]
        BOT   📮 Ask for a paper
              2️⃣ Wait
              Wait at home.
              Step 2 of 3
              📖 L. 2/2000 · checked 2026-11-01
              [▶️ Next step] [📍 Where to go] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)
    chat.walks("[📍 Where to go]")
    assert (chat.conversation.stack[-1].flow, chat.conversation.stack[-1].at) == (
        "services",
        "health",
    )


def test_a_single_paper_is_no_list():
    """A list is offered where there is one."""
    one = a_procedure()
    found = replace(one, steps=one.steps[:2], counter="")
    world = a_world()
    world.library = replace(world.library, procedures={"ask": found})
    chat = a_chat(world=world).walks("/menu", "[🧭 I need information]", "[🪪 My documents]")
    chat.walks("[👣 Step by step]").reads("""
        USER  [📮 Ask for a paper]
        BOT   📮 Ask for a paper
              It is easy.
              📖 L. 2/2000 · checked 2026-11-01
              [1️⃣ Ask] [2️⃣ Wait]
              [⬅️] [🏠] [🆘]
    """)
