"""The story: written in parts or spoken, with a look at what could name somebody."""

from __future__ import annotations

import pytest

from flows.report_clues import find_clues, without_clues
from flows.report_effects import TakeEvidence
from tests.flows.reporters import (
    BASICS,
    BY_CODE,
    SENT,
    a_reporter,
    answers,
    named,
    sent,
    texts,
)

UNSAID = "[🤐 I prefer not to say]"
TO_STORY = (*BASICS, "[➕ Go on: some more questions]", *[UNSAID] * 7, "[✔️ Done]")
AFTER = ("[✔️ Done]", "[⏭️ I have nothing to send]", *BY_CODE, *SENT)


def at_the_story():
    """A report that asks what happened."""
    return a_reporter().walks(*TO_STORY)


def test_parts_are_joined():
    """Several messages make one story, in their order."""
    chat = at_the_story().walks("They do not pay.", "Since May.", "[✔️ Done]", *AFTER)
    assert answers(chat)["story"] == "They do not pay.\n\nSince May."


def test_what_names_somebody_is_asked_about():
    """What was found is shown, and taken out only when the person says so."""
    stories = []
    for word in ("[✂️ Take it out]", "[👍 Leave it as it is]", "[✏️ I write it again]"):
        chat = at_the_story()
        shown = chat.do("My name is Amina. Call 333 123 4567.")
        assert shown[:2] == [
            "BOT   🕵️ Can this tell who you are?",
            "      My name is Amina · 333 123 4567",
        ]
        chat.walks(word, "They do not pay.", "[✔️ Done]", *AFTER)
        stories.append(answers(chat)["story"])
    assert stories == [
        "…. Call ….\n\nThey do not pay.",
        "My name is Amina. Call 333 123 4567.\n\nThey do not pay.",
        "They do not pay.",
    ]


@pytest.mark.parametrize(
    ("words", "clues"),
    [
        ("I work 14 hours for 800 euro since 2019.", ()),
        ("From 6 to 22, 7 days, 3.50 an hour.", ()),
        ("call +39 333 1234567 please", ("+39 333 1234567",)),
        ("1234567890123456", ("1234567890123456",)),
        ("1234 5678 9012 3456", ("1234 5678 9012 3456",)),
        ("write to amina@example.org", ("amina@example.org",)),
        ("I am @amina_77", ("@amina_77",)),
        ("mi chiamo Amina Rossi e lavoro", ("mi chiamo Amina Rossi",)),
        ("Je m’appelle Awa.", ("Je m’appelle Awa",)),
        ("اسمي أمينة وأعمل هنا", ("اسمي أمينة",)),
        ("我叫小明。", ("我叫小明",)),
        ("me llamo @amina_77", ("me llamo @amina_77",)),
        (
            "Mi chiamo Ali, 3331234567, mi chiamo Ali",
            ("Mi chiamo Ali", "3331234567", "mi chiamo Ali"),
        ),
    ],
)
def test_clues_are_numbers_addresses_and_names(words, clues):
    """Long numbers and "my name is" are found; hours, money and years are a story."""
    assert find_clues(words) == clues
    assert [one for one in clues if one in without_clues(words)] == []


def test_a_voice_is_a_file_and_says_what_it_risks():
    """A spoken story is taken as evidence, and the page says that a voice can be recognised."""
    chat = at_the_story()
    assert "🎙️ Your voice can be recognised." in texts(chat)
    chat.walks("(voice)")
    assert "🎙️ Your voice message has come." in texts(chat)
    chat.walks("[✔️ Done]", "[✔️ Done]", "[✔️ Done]", *BY_CODE, *SENT)
    assert ("story" in answers(chat), answers(chat)["spoken"]) == (False, True)
    assert (len(sent(chat).files), named(chat)[:2]) == (1, ["OpenBox", "TakeEvidence"])


def test_a_voice_can_be_changed_and_is_called_weak():
    """The copy with another pitch is offered, and what it is worth stands on the button."""
    chat = at_the_story().walks("(voice)", "[⬜ Change my voice (weak protection)]", "(voice)")
    taken = [one.shifted for one in chat.world.effects if isinstance(one, TakeEvidence)]
    assert taken == [False, True]


def test_a_voice_that_is_not_taken_is_said():
    """What did not come through is told, and the story is not called spoken."""
    chat = at_the_story()
    (effect,) = [TakeEvidence(chat_box(chat), "voice", "f", 1)]
    chat.given(effect, "busy")
    shown = chat.do("(voice)")
    assert "      ⚠️ One file did not come through. Please send it again in a minute." in shown
    assert "      [⏭️ Skip] [⬜ Change my voice (weak protection)] [❓ Why do you ask?]" in shown


def chat_box(chat):
    """The box of a report under way: any box prints the same."""
    return chat.world.effects[0].read({"id": "b", "key": "k"})


def test_a_story_has_an_end():
    """At most 3,900 letters in all: the rest is refused with the number that is left."""
    chat = at_the_story().walks("a" * 3000)
    assert any("at most 898 letters" in line for line in chat.do("b" * 1000))
    chat.walks("b" * 898)
    assert any("I cannot read words here." in line for line in chat.do("c"))
    chat.walks("[✔️ Done]", *AFTER)
    assert len(answers(chat)["story"]) == 3900


def test_words_can_be_begun_again():
    """What was written can be deleted before it is sent."""
    chat = at_the_story().walks("Wrong.", "[🗑️ Delete my words, begin again]", "Right.")
    chat.walks("[✔️ Done]", *AFTER)
    assert answers(chat)["story"] == "Right."


def test_a_photo_here_is_told_where_photos_are_taken():
    """One line says that their place comes, and the question stands as before."""
    chat = at_the_story()
    before = texts(chat)
    shown = [line.strip().removeprefix("BOT   ") for line in chat.do("(photo)")]
    known = [line.removeprefix("BOT   ") for line in before]
    assert [line for line in shown if line not in known] == [
        "📎 Photos and papers come a little later."
    ]
    assert (texts(chat), named(chat).count("TakeEvidence")) == (before, 0)
