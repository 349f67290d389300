"""Why a question is asked, and the ways through a report that few people take."""

from __future__ import annotations

import pytest

from flows.conversation import Conversation
from flows.engine import Session
from flows.record import cover
from flows.registry import FLOWS
from tests.chat import FIRST_DAY
from tests.flows.reporters import BASICS, BY_CODE, ENOUGH, SENT, a_reporter, answers, texts

UNSAID = "[🤐 I prefer not to say]"
MORE = "[➕ Go on: some more questions]"
TO_STORY = (*BASICS, MORE, *[UNSAID] * 7, "[✔️ Done]")
TO_FILES = (*TO_STORY, "[⏭️ Skip]", "[✔️ Done]")
WANTS = ("[⏩ That is enough for now]",)
WHYS = {
    "the town": (
        (*BASICS, MORE, *[UNSAID] * 6),
        ["Then the right office can help. The address stays with you."],
    ),
    "the story": (
        TO_STORY,
        [
            "Your own words help us to understand. You can skip them.",
            "The boss may recognise a voice or a way to write.",
        ],
    ),
    "the firm": (
        (*BASICS, *WANTS, "[✊ The union]", "[✔️ Done]"),
        ["Without it nobody can go there. Only who reads your report sees it."],
    ),
    "the files": (
        TO_FILES,
        [
            "I make a clean copy, with no place, date or name in the file, and lock it.",
            "The original can prove more. It can also tell more about you.",
        ],
    ),
    "the answer": (
        (*BASICS, *ENOUGH, BY_CODE[0]),
        [
            "Only you have the code: it opens our answer, on any phone.",
            "If the office writes here, we keep the address of this chat, locked.",
            "Without a code nobody can answer you, and you cannot take the report back.",
        ],
    ),
}


@pytest.mark.parametrize("asked", WHYS)
def test_a_question_says_why(asked):
    """The reason is a page of its own with one way on: back to the same question."""
    way, reasons = WHYS[asked]
    chat = a_reporter().walks(*way)
    question = texts(chat)
    chat.do("[❓ Why do you ask?]")
    assert texts(chat) == ["BOT   ❓ Why do we ask?", *reasons, "[⬅️] [🚪] [🆘]"]
    chat.do("[⬅️]")
    assert texts(chat) == question


def test_where_no_office_reads_nothing_is_asked():
    """A house without an office that reads says so at once, and opens no box."""
    chat = a_reporter(offices=0)
    assert (texts(chat)[0], chat.world.effects) == ("BOT   📪 Nobody reads reports here yet", [])


def test_who_does_not_begin_tells_nothing():
    """Saying no on the first page ends the report before anything is asked."""
    chat = a_reporter().walks("[✖️ Not now]")
    (home,) = chat.conversation.stack
    assert (home.flow, chat.world.effects) == ("home", [])


def test_a_practice_begins_from_the_first_page():
    """Who only wants to try it is told on every page that nothing is kept."""
    chat = a_reporter()
    assert chat.do("[🧪 Only try it, nothing is kept]")[0] == "BOT   🧪 Practice. Nothing is kept."
    assert chat.conversation.stack[-1].at == "practice"


def test_a_photo_of_a_practice_is_taken_away_like_any_other():
    """Where nothing was kept nothing has to be deleted: only the count goes."""
    chat = a_reporter("practice").walks(*TO_FILES, "(photo)", "[🗑️ Take the last one away]")
    shown = texts(chat)
    assert [line for line in shown if "file came" in line] == []
    assert chat.world.effects == []


def test_a_number_can_be_kept_back_after_all():
    """Who wanted a call and gives no number is not asked when to call."""
    chat = a_reporter().walks(*BASICS, *WANTS, "[➕ More]", "[📞 A phone call]")
    chat.walks("[✔️ Done]", UNSAID, *BY_CODE, *SENT)
    told = answers(chat)
    assert (told["phone"], "call" in told) == ("-", False)


def test_whose_bed_hangs_on_the_job_is_warned_once_more():
    """The page after sending says it again: first another bed, then the boss."""
    warning = "Do not tell the boss before you have another bed."
    way = (*BASICS[:6], "[✅ Yes]", "[✅ Yes]", UNSAID, "[👍 I understand]", BASICS[-1])
    chat = a_reporter().walks(*way, *ENOUGH, *BY_CODE, *SENT, "[🔑 Show my code]", "[✅ I have it]")
    assert warning in texts(chat)
    assert chat.do("[🏠 Home]")[0] == "BOT   🏠 How can I help you?"


def test_where_nothing_secret_is_open_nothing_is_covered():
    """The cover of an ordinary conversation is that conversation."""
    conversation = Conversation((Session("s", "home", FIRST_DAY),))
    assert cover(conversation, FLOWS) is conversation
