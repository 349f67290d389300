"""Words for a counter: from a few taps to large Italian, with the person's language below."""

from __future__ import annotations

from tests.chat import Chat
from tests.factories import a_chat, a_world, somebody


def at_the_shelf(language: str = "bn") -> Chat:
    """Somebody in front of the papers' shelf."""
    chat = a_chat(world=a_world(somebody(language=language)))
    return chat.walks("/menu", "[🧭 I need information]", "[🪪 My documents]")


def test_a_few_taps_make_the_words():
    """What for, which papers: the page says it in Italian first, then in the own language."""
    at_the_shelf().reads("""
        USER  [🪧 Show at the counter]
        BOT   🪧 Words to show at the counter
              I write it large and in Italian. You show the phone.
              What do you need?
              [📮 Renew the residence permit] [🏥 Enrol in the health service]
              [🏛️ Register my address] [🔢 Tax code] [🔎 Register at the job centre]
              [⏳ Unemployment money] [💳 Identity card (CIE)] [➕ More]
              [⬅️] [🏠] [🆘]
        USER  [🏛️ Register my address]
        BOT   📄 Which papers do you have with you?
              Mark only what you want to show. You can also mark nothing.
              [📕 Passport] [🪪 Residence permit] [📩 Receipt of the permit] [🔢 Tax code]
              [🩺 Health card] [💳 Identity card] [➕ More] [✔️ Done]
              [⬅️] [🏠] [🆘]
        USER  [📕 Passport]
        BOT   📄 Which papers do you have with you?
              Mark only what you want to show. You can also mark nothing.
              [✅ 📕 Passport] [🪪 Residence permit] [📩 Receipt of the permit] [🔢 Tax code]
              [🩺 Health card] [💳 Identity card] [➕ More] [✔️ Done]
              [⬅️] [🏠] [🆘]
        USER  [✔️ Done]
        BOT   I want to register my address (residenza).
              I have these papers with me:
              📕 Passport
              I speak Bengali.
              I understand only a little Italian.
              Please speak slowly.
              Please write on paper what I must do now.
              👇 In your language
              I want to register my address (residenza).
              I have these papers with me:
              📕 Passport
              I speak Bengali.
              I understand only a little Italian.
              Please speak slowly.
              Please write on paper what I must do now.
              [🗣️ I speak another language] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)


def test_who_reads_one_language_may_speak_another():
    """Somebody who reads French and speaks Wolof says so; who marks no paper speaks of none."""
    chat = at_the_shelf("fr").walks("[🪧 Show at the counter]", "[🔢 Tax code]", "[✔️ Done]")
    chat.walks("[🗣️ I speak another language]", "[➕ More]", "[➕ More]").reads("""
        USER  [I speak Wolof.]
        BOT   I need a tax code (codice fiscale).
              I speak Wolof.
              I understand only a little Italian.
              Please speak slowly.
              Please write on paper what I must do now.
              👇 In your language
              I need a tax code (codice fiscale).
              I speak Wolof.
              I understand only a little Italian.
              Please speak slowly.
              Please write on paper what I must do now.
              [🗣️ I speak another language] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)


def test_who_reads_italian_shows_only_that():
    """No second language stands below, and nobody says that they do not understand."""
    at_the_shelf("it").walks("[🪧 Show at the counter]", "[🔢 Tax code]").reads("""
        USER  [✔️ Done]
        BOT   I need a tax code (codice fiscale).
              [🗣️ I speak another language] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)


def test_a_language_without_words_of_its_own_is_left_out():
    """Where we cannot name the language, nothing wrong is said about it."""
    at_the_shelf("xx").walks("[🪧 Show at the counter]", "[🔢 Tax code]").reads("""
        USER  [✔️ Done]
        BOT   I need a tax code (codice fiscale).
              I understand only a little Italian.
              Please speak slowly.
              Please write on paper what I must do now.
              👇 In your language
              I need a tax code (codice fiscale).
              I understand only a little Italian.
              Please speak slowly.
              Please write on paper what I must do now.
              [🗣️ I speak another language] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
    """)


def test_a_person_can_be_asked_from_the_counter():
    """Where words are not enough somebody can help; Back leads to the words again."""
    chat = at_the_shelf().walks("[🪧 Show at the counter]", "[🔢 Tax code]", "[✔️ Done]")
    chat.walks("[🤝 Talk to someone]")
    assert chat.conversation.stack[-1].flow == "talk"
    chat.walks("[⬅️]")
    assert (chat.conversation.stack[-1].flow, chat.conversation.stack[-1].asked) == (
        "counter",
        "counter",
    )


def test_what_is_shown_at_a_counter_is_private():
    """What somebody needs and has leaves the chat early where others look at the phone."""
    chat = at_the_shelf().walks("[🪧 Show at the counter]")
    assert chat.screen is not None
    assert chat.screen.sensitive
