"""What can be left out of a report, said late, or taken back."""

from __future__ import annotations

from flows.report_effects import SendReport
from flows.report_model import Level
from tests.flows.reporters import (
    BASICS,
    BY_CODE,
    ENOUGH,
    SENT,
    a_reporter,
    answers,
    named,
    sent,
    texts,
)

UNSAID = "[🤐 I prefer not to say]"


def test_nobody_has_to_say_anything():
    """Every question can stay without an answer, and the report goes out all the same."""
    chat = a_reporter(offices=2).walks("[➡️ Go on]", UNSAID, UNSAID, "[➕ More]", "[➕ More]")
    chat.walks("[🤷 I do not know]", "[✔️ Done]", UNSAID, "[➕ More]", UNSAID)
    chat.walks("[➕ Go on: some more questions]", *[UNSAID] * 4)
    chat.walks("[✔️ Done]", "[⏭️ Skip]", "[✔️ Done]", "[✔️ Done]", "[⏭️ I have nothing to send]")
    chat.walks(UNSAID, "[📪 No code, no answer]", *SENT)
    assert answers(chat) == {
        "v": 1,
        "language": "en",
        "channel": "telegram",
        "role": "-",
        "sector": "unknown",
        "kinds": [],
        "bed": {"sleeps": "-"},
        "province": "-",
        "details": {"paid": "-"},
        "when": "-",
        "people": "-",
        "minors": "-",
        "proof": [],
        "story": "-",
        "wants": [],
        "excluded": [],
        "ending": "nothing",
    }
    assert (sent(chat).level, sent(chat).province) == (Level.INFORMATION, "")
    assert named(chat) == ["OpenBox", "SendReport"]


def test_why_leads_back_to_the_question():
    """Why it is asked is a page of its own; the way back leads to the same question."""
    chat = a_reporter().walks(*BASICS[:6])
    before = texts(chat)
    chat.do("[❓ Why do you ask?]")
    assert texts(chat) == [
        "BOT   ❓ Why do we ask?",
        "Who can lose job and bed on the same day needs a bed first. We do not ask where it is.",
        "[⬅️] [🚪] [🆘]",
    ]
    chat.do("[⬅️]")
    assert texts(chat) == before


def test_danger_shows_the_numbers_and_marks_only_on_a_word():
    """The numbers come first; level 3 is set only when the person says so."""
    levels = []
    for word in ("[🔴 Write “danger now” in my report]", "[➡️ Go on without it]"):
        chat = a_reporter()
        shown = chat.do("[🆘 I am in danger now]")
        assert shown[0] == "BOT   🆘 In danger? Call 112"
        assert "      📞 112 · Danger line" in shown
        chat.walks(word, *BASICS[1:], *ENOUGH, *BY_CODE, *SENT)
        levels.append(sent(chat).level)
    assert levels == [Level.DANGER, Level.IRREGULAR]


def test_danger_can_be_said_on_the_way_and_at_the_end():
    """The button stands where the person stops to think, and the answer is the same."""
    on_the_way = a_reporter().walks(*BASICS, "[🆘 I am in danger now]")
    on_the_way.walks("[🔴 Write “danger now” in my report]", *ENOUGH, *BY_CODE, *SENT)
    at_the_end = a_reporter().walks(*BASICS, *ENOUGH, *BY_CODE, "[🆘 I am in danger now]")
    at_the_end.walks("[🔴 Write “danger now” in my report]", "[✅ Yes, send]")
    assert [sent(chat).level for chat in (on_the_way, at_the_end)] == [Level.DANGER] * 2


def test_saying_no_at_the_end_deletes_everything():
    """ "No" is as easy as "Yes": nothing is sent, and nothing of it stays in the conversation."""
    chat = a_reporter().walks(*BASICS, *ENOUGH, *BY_CODE, SENT[0], "[🗑️ No, delete everything]")
    assert texts(chat)[0] == "BOT   🗑️ Everything is deleted"
    assert [one for one in chat.world.effects if isinstance(one, SendReport)] == []
    assert [one.log for one in chat.conversation.stack] == [()]
