"""Looking for something by typing: from home, from a card, from the page that asks for words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from flows.conversation import Wrote, receive
from flows.effects import CountSearch
from flows.engine import Session
from flows.record import dump
from flows.registry import FLOWS
from tests.chat import FIRST_DAY
from tests.factories import a_chat, somebody

HOURS = "Hours"


def test_words_typed_at_home_are_looked_up() -> None:
    """Three cards at most, all topics, and somebody to talk to; Back leads home."""
    chat = a_chat().walks("/menu")
    chat.reads("""
        USER  hours and rest
        BOT   🔎 Is it one of these?
              If not, write it in other words.
              No person reads what you write here.
              [📄 Hours] [📄 Rest] [🧭 All topics] [🤝 Talk to someone]
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


def test_a_card_that_was_found_leads_back_to_what_was_found() -> None:
    """And other words typed on the card are looked up in place of the first."""
    chat = a_chat().walks("/menu", "rest", "[📄 Rest]")
    assert chat.conversation.stack[-1].flow == "orientation"
    assert "🔎 Is it one of these?" in chat.do("[⬅️]")[0]
    chat.walks("[📄 Rest]", "office")
    assert [one.flow for one in chat.conversation.stack] == ["home", "orientation", "search"]


def test_nothing_found_is_said_and_where_people_are() -> None:
    """No card is offered for what none answers."""
    a_chat().walks("/menu").reads("""
        USER  football
        BOT   🔎 I found nothing for this.
              Write it in other words, or only one word.
              No person reads what you write here.
              [🧭 All topics] [🤝 Talk to someone] [⚠️ Something is wrong at work]
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
    """)


def test_the_page_that_asks_for_words() -> None:
    """From all topics; it takes words again and again, says hello, and does not listen."""
    chat = a_chat().walks("/menu", "[🧭 I need information]")
    chat.reads("""
        USER  [🔎 Search]
        BOT   🔎 What are you looking for?
              Write a few words, in your language.
              For example: payslip, permit, doctor.
              [🧭 All topics] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  (voice)
        BOT   🔎 What are you looking for?
              Write a few words, in your language.
              For example: payslip, permit, doctor.
              🎤 I cannot listen. A person can: tap “Talk to someone”.
              [🧭 All topics] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  hello
        BOT   🔎 What are you looking for?
              Write a few words, in your language.
              For example: payslip, permit, doctor.
              [🧭 All topics] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  football
        BOT   🔎 I found nothing for this.
              Write it in other words, or only one word.
              No person reads what you write here.
              [🧭 All topics] [🤝 Talk to someone] [⚠️ Something is wrong at work]
              [⬅️] [🏠] [🆘]
        USER  offices
        BOT   🔎 Is it one of these?
              If not, write it in other words.
              No person reads what you write here.
              [📄 The office] [🧭 All topics] [🤝 Talk to someone]
              [⬅️] [🏠] [🆘]
        USER  [🧭 All topics]
        BOT   🧭 What do you want to know about?
              [🔎 Search] [💼 My rights] [🪪 My documents] [📍 My neighbourhood]
              [⬅️] [🏠] [🆘]
    """)


@pytest.mark.parametrize("begins", [["/menu"], ["/menu", "[🧭 I need information]", "[🔎 Search]"]])
def test_the_words_are_never_kept(begins: list[str]) -> None:
    """What was found is, under its id: neither the log nor where a flow began holds the words."""
    chat = a_chat().walks(*begins, "secretly my hours", "football zanzibar")
    kept = repr(dump(chat.conversation))
    assert [word for word in ("secretly", "zanzibar", "football") if word in kept] == []
    assert "work.hours" in repr(dump(a_chat().walks(*begins, "my hours").conversation))


def test_searches_are_counted_without_words() -> None:
    """Each one, and whether something was found."""
    chat = a_chat().walks("/menu", "hours", "football", "rest")
    assert chat.world.effects == [CountSearch(True), CountSearch(False), CountSearch(True)]


@pytest.mark.parametrize("page", ["/code", "/desk", "/language", "/privacy", "/calendar"])
def test_words_are_looked_up_where_it_helps_and_nowhere_else(page: str) -> None:
    """Never over a secret, nor on a page that asks for something else."""
    chat = a_chat().walks(page, "hours")
    assert "search" not in {one.flow for one in chat.conversation.stack}
    assert chat.world.effects.count(CountSearch(True)) == 0


def test_over_a_secret_nothing_is_looked_up() -> None:
    """Not on the numbers to call either, when they were opened from a secret page."""
    chat = a_chat().walks("/code", "[🆘]", "hours")
    assert [one.flow for one in chat.conversation.stack] == ["home", "code", "help"]


@pytest.mark.parametrize("begins", [["/menu"], ["/menu", "[🧭 I need information]", "[🔎 Search]"]])
def test_a_story_in_parts_is_answered_once(begins: list[str]) -> None:
    """What Telegram cut in pieces is one message: its beginning is looked up, the rest is not."""
    chat = a_chat().walks(*begins)
    for part in range(3):
        chat.hear(Wrote("text", "hours " * 600, 1000 + part))
    assert chat.world.effects == [CountSearch(True)]


def test_of_many_in_a_hurry_two_are_answered() -> None:
    """Who writes two short lines is answered for both; a flood is not, until it stops."""
    chat = a_chat().walks("/menu")
    for second in (0, 1, 2, 4, 6, 20):
        chat.hear(Wrote("text", "hours", 1000 + second))
    assert chat.world.effects == [CountSearch(True)] * 3


def test_what_looks_like_a_command_is_not_looked_up() -> None:
    """Somebody who mistypes a command is told to tap a button."""
    chat = a_chat().walks("/menu")
    chat.hear(Wrote("text", "/hours of work", 1000))
    assert chat.world.effects == []


def test_danger_comes_first() -> None:
    """Words of somebody in danger open the numbers to call and are not looked up."""
    chat = a_chat().walks("/menu")
    chat.hear(Wrote("text", "they beat me, my hours", 5, worrying=True))
    assert (chat.conversation.stack[-1].flow, chat.world.effects) == ("danger", [])


def test_a_newcomer_is_not_searched_for() -> None:
    """Before the promise was read nothing is looked up."""
    chat = a_chat(somebody(welcomed=False)).walks("/start", "hours")
    assert [one.flow for one in chat.conversation.stack] == ["onboarding"]


def test_without_a_search_words_are_told_so() -> None:
    """A house that has none says what it said before."""
    chat = a_chat(flows=replace(FLOWS, search="")).walks("/menu")
    assert "      I cannot read words here." in chat.do("hours")


def test_a_page_that_takes_words_does_not_deny_it() -> None:
    """Signs without a word are greeted back, and nobody is told that words cannot be read."""
    said = a_chat().walks("/menu").do("🙂 ?!")
    told = "      👋 Hello! Tap a button, or write what you are looking for."
    assert (told in said, "      I cannot read words here." in said) == (True, False)


def test_what_was_found_and_is_no_more() -> None:
    """A card that a release took away is offered no more; when nothing is left, that is said."""
    chat = a_chat()
    for at, key in (("work.hours,gone", "found"), ("gone", "-"), ("", "words"), ("~", "words")):
        chat.conversation = replace(
            chat.conversation, stack=(Session("s", "search", FIRST_DAY, at),)
        )
        reply = receive(FLOWS, chat.conversation, Wrote("sticker", None, 9), chat.world)
        assert (reply.conversation.stack[-1].asked, key) == (key, key)


def test_after_many_searches_it_begins_anew() -> None:
    """So that its memory stays small however long somebody looks."""
    chat = a_chat().walks("/menu", "[🧭 I need information]", "[🔎 Search]")
    for _search in range(40):
        chat.do("hours")
        assert chat.conversation.stack[-1].asked == "found"
    assert len(chat.conversation.stack[-1].log) < 40


def test_in_careful_mode_the_doors_are_as_careful() -> None:
    """The button that leads to what is wrong at work does not say so."""
    chat = a_chat(somebody(careful=True)).walks("/menu")
    assert "[💼 My work]" in "".join(chat.do("football"))
