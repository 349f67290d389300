"""Words that come in parts: a long paste, and one more line, are one answer."""

from __future__ import annotations

from flows.conversation import Wrote
from flows.engine import Event, Kind, last_words
from tests.chat import Chat, english
from tests.factories import a_chat
from tests.flows.samples import begun
from tests.flows.secret import secret_flows

FLOWS = secret_flows()
REST = "and I have no contract"


def asked() -> Chat:
    """Somebody who is asked to tell, with room for 3,000 letters."""
    return a_chat(flows=FLOWS).walks("/telling", "[pay]")


def writes(chat: Chat, words: str, at: int) -> str:
    """The first line of the page after some words."""
    reply = chat.hear(Wrote("text", words, at))
    return "" if reply.screen is None else english(reply.screen.lines[0].text)


def told(chat: Chat) -> list[str]:
    """What was told so far."""
    log = chat.conversation.stack[-1].log
    return [str(one.value["text"]) for one in log if "text" in one.value]


def test_what_comes_at_once_belongs_to_what_was_told() -> None:
    """The next question takes no words, so they are the end of the answer before."""
    chat = asked()
    asks = [writes(chat, "They do not pay", 100), writes(chat, REST, 102), writes(chat, "!", 105)]
    assert asks == ["A photo?"] * 3
    assert told(chat) == [f"They do not pay\n{REST}\n!"]


def test_what_comes_later_is_no_part_of_it() -> None:
    """After four seconds somebody is told that a photo is asked for."""
    chat = asked()
    writes(chat, "They do not pay", 100)
    reply = chat.hear(Wrote("text", REST, 104))
    assert english(reply.screen.lines[-2].text) == "I cannot read words here."
    assert told(chat) == ["They do not pay"]


def test_parts_that_are_too_long_together_say_the_limit() -> None:
    """The first part stays; the rest is not taken silently, nor for another question."""
    chat = asked()
    writes(chat, "a" * 2900, 100)
    reply = chat.hear(Wrote("text", "b" * 200, 101))
    said = [english(line.text) for line in reply.screen.lines]
    assert said == ["A photo?", "This is too long. Please write at most 3000 letters."]
    assert told(chat) == ["a" * 2900]


def test_the_tail_of_what_was_too_long_is_not_taken_for_the_answer() -> None:
    """A paste of two messages whose first is over the limit: the second is no answer of its own."""
    chat = asked()
    first = chat.hear(Wrote("text", "a" * 4096, 100))
    assert english(first.screen.lines[-1].text).startswith("This is too long.")
    assert [writes(chat, "tail", 101), writes(chat, "of it", 103)] == ["", ""]
    assert (told(chat), writes(chat, "Short now", 107)) == ([], "A photo?")


def test_what_was_written_is_left_alone_once_something_came_of_it() -> None:
    """Only the last answer can have more of it; a session without one has none."""
    kept = (Event(Kind.ANSWER, "a", {"text": "words"}), Event(Kind.RESULT, "b", True))
    found = [last_words(begun(log=log)) for log in (kept[:1], kept, ())]
    assert found == ["words", None, None]


def test_two_quick_answers_to_two_questions_are_two() -> None:
    """Where the next question takes words, only what a paste can be is joined."""
    flows = FLOWS
    chat = a_chat(flows=flows).walks("/twice")
    writes(chat, "Ali", 100)
    writes(chat, "Desio", 101)
    assert told(chat) == ["Ali", "Desio"]
    chat = a_chat(flows=flows).walks("/twice")
    writes(chat, "a" * 1500, 100)
    writes(chat, "b", 101)
    assert told(chat) == ["a" * 1500 + "\nb"]
