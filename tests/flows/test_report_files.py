"""Evidence: taken one by one, refused with the reason, and locked as the person wants it."""

from __future__ import annotations

import pytest

from flows.report_effects import DropEvidence, TakeEvidence
from flows.report_model import Box
from tests.flows.reporters import BASICS, BY_CODE, SENT, a_reporter, answers, sent, texts

UNSAID = "[🤐 I prefer not to say]"
TO_FILES = (
    *BASICS,
    "[➕ Go on: some more questions]",
    *[UNSAID] * 7,
    "[✔️ Done]",
    "[⏭️ Skip]",
    "[✔️ Done]",
)
BOX = Box("", "")
REFUSALS = {
    "big": "⚠️ One file is too big. I can take 20 MB, 5 minutes or 20 pages.",
    "kind": "⚠️ One file I cannot take. Good are photos, voice messages and PDF.",
    "broken": "⚠️ One file does not open. Please send it again, or a photo of it.",
    "busy": "⚠️ One file did not come through. Please send it again in a minute.",
    "gone": "⚠️ One file is gone from Telegram. Please send it again.",
    "full": "⚠️ There is no room for more files. You can tell what else you have.",
}


def at_the_files():
    """A report that asks for photos, voices and papers."""
    return a_reporter().walks(*TO_FILES)


def a_photo(**manner):
    """The effect that takes a photo."""
    return TakeEvidence(BOX, "photo", "f", 1, **manner)


def test_files_are_received_and_locked():
    """Each one is counted, whom they show is asked once, and the report carries them."""
    chat = at_the_files()
    chat.reads("""
        USER  (photo)
        BOT   📎 Photos, voice, papers
              Send them here. I take them out of this chat.
              Send no photo of your own documents.
              🎙️ Your voice can be recognised.
              🔒 1 file received and locked.
              [✔️ Done] [⬜ Keep the original too, locked]
              [⬜ Change my voice (weak protection)] [🗑️ Take the last one away]
              [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  (document)
        BOT   📎 Photos, voice, papers
              Send them here. I take them out of this chat.
              Send no photo of your own documents.
              🎙️ Your voice can be recognised.
              🔒 2 files received and locked.
              [✔️ Done] [⬜ Keep the original too, locked]
              [⬜ Change my voice (weak protection)] [🗑️ Take the last one away]
              [❓ Why do you ask?]
              [⬅️] [🚪] [🆘]
        USER  [✔️ Done]
        BOT   👤 Do the files show people, or papers with names?
              Then we take more care before we show them to anybody.
              [✅ Yes] [✖️ No] [🤷 I do not know] [🤐 I prefer not to say]
              [⬅️] [🚪] [🆘]
    """)
    chat.walks("[✅ Yes]", *BY_CODE)
    assert "📎 2 files" in texts(chat)
    chat.walks(*SENT)
    assert (sent(chat).files, answers(chat)["faces"]) == (("e2", "e3"), "yes")


@pytest.mark.parametrize("why", REFUSALS)
def test_what_is_not_taken_says_why(why):
    """One honest sentence for each reason; what was taken before stays."""
    chat = at_the_files().walks("(voice)")
    chat.given(a_photo(), why)
    shown = [line.strip() for line in chat.do("(photo)")]
    assert (REFUSALS[why] in shown, "🔒 1 file received and locked." in shown) == (True, True)
    chat.walks("[✔️ Done]", *BY_CODE, *SENT)
    assert sent(chat).files == ("e2",)


def test_reasons_stay_until_the_next_tap():
    """Of several files sent at once every reason is told, each once; a tap clears them."""
    chat = at_the_files()
    chat.given(a_photo(), "big", "kind", "big")
    chat.walks("(photo)", "(photo)", "(photo)")
    told = [line for line in texts(chat) if line.startswith("⚠️")]
    assert told == [REFUSALS["big"], REFUSALS["kind"]]
    chat.walks("[⬜ Keep the original too, locked]")
    assert [line for line in texts(chat) if line.startswith("⚠️")] == []


def test_the_original_is_kept_only_by_choice():
    """The choice holds for what is sent after it, and can be taken back."""
    chat = at_the_files().walks("(photo)", "[⬜ Keep the original too, locked]", "(photo)")
    chat.walks("[☑️ Keep the original too, locked]", "(photo)")
    taken = [one.original for one in chat.world.effects if isinstance(one, TakeEvidence)]
    assert taken == [False, True, False]


def test_a_voice_is_changed_however_it_comes():
    """A recording sent as a file is a voice too: the choice goes along with every file."""
    chat = at_the_files().walks("[⬜ Change my voice (weak protection)]", "(voice)", "(document)")
    taken = [one for one in chat.world.effects if isinstance(one, TakeEvidence)]
    assert [(one.kind, one.shifted) for one in taken] == [("voice", True), ("document", True)]


def test_the_last_file_can_be_taken_away():
    """It is deleted from the box and not sent."""
    chat = at_the_files().walks("(photo)", "(voice)", "[🗑️ Take the last one away]", "[✔️ Done]")
    chat.walks("[✖️ No]", *BY_CODE, *SENT)
    dropped = [one.evidence for one in chat.world.effects if isinstance(one, DropEvidence)]
    assert (dropped, sent(chat).files) == (["e3"], ("e2",))


def test_ten_files_are_enough():
    """The eleventh is refused without being fetched."""
    chat = at_the_files().walks(*["(voice)"] * 11)
    taken = [one for one in chat.world.effects if isinstance(one, TakeEvidence)]
    assert (len(taken), REFUSALS["full"] in texts(chat)) == (10, True)


def test_words_are_kindly_refused_there():
    """A page for files says what it takes when somebody writes."""
    shown = at_the_files().do("hello")
    assert "      I cannot read words here." in shown
