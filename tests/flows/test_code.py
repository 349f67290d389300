"""Coming back: the key pad, the report as it stands, its answers, and what can still be done."""

from __future__ import annotations

from typing import Any

import pytest

from flows.report_effects import AddToReport, CutLine, OpenByCode, WithdrawReport
from flows.report_model import Box, Status
from flows.report_reading import PAGE_LETTERS, split
from flows.report_room import MAX_ROUNDS, STATUSES
from tests.chat import english
from tests.flows.reporters import a_reporter, named, texts
from tests.reporting import CODE, opened, words

PRESSED = tuple(f"[{digit}]" for digit in CODE)
BOX = Box("", "")


def back_with(at: str = "", **report: Any):
    """Somebody who has entered the right code."""
    chat = a_reporter(at, "code")
    chat.given(OpenByCode(CODE), opened(**report))
    return chat.walks(*PRESSED, "[✔️]")


def codes_tried(chat):
    """The codes that were looked up."""
    return [one.code for one in chat.world.effects if isinstance(one, OpenByCode)]


def test_the_pad_shows_dots_and_never_digits():
    """What was pressed is seen as dots in groups of four; a digit too many is not taken."""
    chat = a_reporter(flow="code")
    chat.reads("""
        USER  [1]
        BOT   🔑 Your report code
              ●○○○  ○○○○  ○○○○  ○○○○
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
        USER  [2]
        BOT   🔑 Your report code
              ●●○○  ○○○○  ○○○○  ○○○○
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
        USER  [✔️]
        BOT   14 digits are missing.
              🔑 Your report code
              ●●○○  ○○○○  ○○○○  ○○○○
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
        USER  [⌫]
        BOT   🔑 Your report code
              ●○○○  ○○○○  ○○○○  ○○○○
              [1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]
              [⬅️] [🚪] [🆘]
    """)
    chat.walks(*["[9]"] * 17, "[✔️]")
    assert codes_tried(chat) == ["1" + "9" * 15]


def test_fast_fingers_lose_no_digit():
    """Keys pressed before the pad is drawn anew count, each once; those of an older pad do not."""
    chat = a_reporter(flow="code")
    keys = {digit: chat.tap(chat.button(digit)) for digit in "0123456789"}
    for digit in CODE:
        chat.hear(keys[digit])
    chat.walks("[✔️]")
    assert codes_tried(chat) == [CODE]
    assert texts(chat)[1] == "○○○○  ○○○○  ○○○○  ○○○○"
    chat.hear(keys["1"])
    assert texts(chat)[1] == "○○○○  ○○○○  ○○○○  ○○○○"


@pytest.mark.parametrize("reason", ["unknown", "wait"])
def test_wrong_and_too_often_say_the_same(reason):
    """One sentence for every reason, and an empty pad: nobody learns whether a code exists."""
    chat = a_reporter(flow="code")
    chat.given(OpenByCode(CODE), reason)
    chat.walks(*PRESSED, "[✔️]")
    assert texts(chat) == [
        "BOT   🔑 Your report code",
        "○○○○  ○○○○  ○○○○  ○○○○",
        "🔒 I cannot open it now. Look at the code and try again, or come back in an hour.",
        "[1] [2] [3] [4] [5] [6] [7] [8] [9] [⌫] [0] [✔️]",
        "[⬅️] [🚪] [🆘]",
    ]


def test_the_right_code_opens_the_report():
    """How it stands, what is new, and every door."""
    chat = back_with(words=[words(canned="bed")], unread=1, line=True)
    assert texts(chat) == [
        "BOT   🔓 Your report",
        "👀 A person has read it.",
        "📬 1 new answer",
        "The office may write to this chat.",
        "[📖 Read the answers] [✏️ Answer, add words] [📎 Add photos, voice, papers]",
        "[✂️ Stop their messages here] [🗑️ Take my report back] [✅ I have finished]",
        "[⬅️] [🚪] [🆘]",
    ]


@pytest.mark.parametrize("status", list(Status))
def test_every_status_has_plain_words(status):
    """No status is only a word of the office."""
    assert texts(back_with(status=str(status)))[1] == english(STATUSES[status])


def test_a_closed_report_says_why():
    """The reason is read in the person's language; one that nobody knows is left out."""
    assert texts(back_with(status="closed", reason="done"))[2] == "It is done."
    assert texts(back_with(status="closed", reason="?"))[2].startswith("[")


def test_a_ready_answer_is_read_in_ones_own_language():
    """What the office chose is looked up by its key; a lost key still says something."""
    chat = back_with(words=[words(canned="bed"), words(canned="gone")], unread=2)
    chat.reads("""
        USER  [📖 Read the answers]
        BOT   🏢 The office wrote
              🛏️ Do not tell your boss and do not leave suddenly. First we look for a safe bed.
              [➡️ Next]
              [⬅️] [🚪] [🆘]
        USER  [➡️ Next]
        BOT   🏢 The office wrote
              The office wrote to you, but I cannot show it any more. Please ask them again.
              [👍 I have read it]
              [⬅️] [🚪] [🆘]
        USER  [👍 I have read it]
        BOT   🔓 Your report
              👀 A person has read it.
              Enter the code again to see what is new.
              [📖 Read the answers] [✏️ Answer, add words] [📎 Add photos, voice, papers]
              [🗑️ Take my report back] [✅ I have finished]
              [⬅️] [🚪] [🆘]
    """)


def test_free_words_are_read_as_they_were_written():
    """With their language named where it is another one, three sentences a page."""
    text = "Buongiorno. Vieni martedì. Porta le buste paga. Ti aspettiamo {qui}."
    chat = back_with(words=[words(text, language="it")], unread=1)
    chat.reads("""
        USER  [📖 Read the answers]
        BOT   🏢 The office wrote
              In this language: IT
              Buongiorno. Vieni martedì. Porta le buste paga.
              [➡️ Next]
              [⬅️] [🚪] [🆘]
        USER  [➡️ Next]
        BOT   🏢 The office wrote
              In this language: IT
              Ti aspettiamo {qui}.
              [👍 I have read it]
              [⬅️] [🚪] [🆘]
    """)


def test_reading_begins_at_what_is_new():
    """Old answers come again only when there is nothing new."""
    said = [words("Old."), words("Mine.", by_office=False), words("New.")]
    first = back_with(words=said, unread=1).do("[📖 Read the answers]")
    again = back_with(words=said, unread=0).do("[📖 Read the answers]")
    assert (first[1].strip(), again[1].strip()) == ("New.", "Old.")


def test_pages_are_short_whatever_was_written():
    """Three sentences and six hundred letters at most, and nothing is lost."""
    written = [
        "One. Two. Three. Four.",
        "a" * 1500,
        "A\n\nB\nC\nD",
        "",
        "  ",
        "؟ نعم. لا؟ ربما. أبداً.",
    ]
    pages = [split(one) for one in written]
    assert [len(one) for one in pages] == [2, 3, 2, 0, 0, 2]
    assert max(len(page) for one in pages for page in one) == PAGE_LETTERS
    kept = ["".join("".join(one).split()) for one in pages]
    assert kept == ["".join(one.split()) for one in written]


def test_words_are_added():
    """They are looked at first, as in a report, and then sealed into it."""
    chat = back_with(status="waiting").walks("[✏️ Answer, add words]", "I am Ali. mi chiamo Ali.")
    chat.walks("[✂️ Take it out]")
    added = [one for one in chat.world.effects if isinstance(one, AddToReport)]
    assert [(one.text, one.files) for one in added] == [("I am Ali. ….", ())]
    assert texts(chat)[2] == "📥 We have it."


def test_files_are_added():
    """The same page as in a report, and one addition for all of them."""
    chat = back_with().walks("[📎 Add photos, voice, papers]", "(photo)", "(voice)", "[✔️ Done]")
    added = [one for one in chat.world.effects if isinstance(one, AddToReport)]
    assert [(one.text, len(one.files)) for one in added] == [("", 2)]


def test_to_add_nothing_does_nothing():
    """Who changes their mind adds nothing, not even an empty line."""
    chat = back_with().walks("[✏️ Answer, add words]", "[✖️ Not now]")
    chat.walks("[📎 Add photos, voice, papers]", "[⏭️ I have nothing to send]")
    assert named(chat) == ["OpenByCode"]


def test_a_closed_report_opens_again():
    """Something added to a closed report opens it, and that is said."""
    chat = back_with(status="closed", reason="silent")
    shown = chat.walks("[✏️ Answer, add words]").do("It goes on.")
    assert shown[:3] == [
        "BOT   🔒 Added and locked. Your report is open again.",
        "      🔓 Your report",
        "      📥 We have it.",
    ]


def test_a_report_that_is_gone_takes_nothing():
    """Deleted meanwhile: nothing is promised."""
    chat = back_with().walks("[✏️ Answer, add words]")
    chat.given(AddToReport(BOX, "More.", ()), False)
    assert chat.do("More.")[0] == "BOT   This report is not here any more. Nothing was added."


def test_a_report_can_be_taken_back():
    """Asked once, then deleted; "No" changes nothing."""
    chat = back_with().walks("[🗑️ Take my report back]", "[✖️ No]")
    assert (texts(chat)[0], named(chat)) == ("BOT   🔓 Your report", ["OpenByCode"])
    chat.walks("[🗑️ Take my report back]", "[🗑️ Yes, delete it]")
    assert isinstance(chat.world.effects[-1], WithdrawReport)
    assert texts(chat)[0] == "BOT   🗑️ Your report is deleted"
    assert [one.log for one in chat.conversation.stack] == [()]


def test_the_line_can_be_cut():
    """Then the office may not write any more, and the door is gone."""
    chat = back_with(line=True).walks("[✂️ Stop their messages here]", "[✖️ No]")
    assert "The office may write to this chat." in texts(chat)
    chat.walks("[✂️ Stop their messages here]", "[✂️ Yes, stop them]")
    assert isinstance(chat.world.effects[-1], CutLine)
    assert "The office may write to this chat." not in texts(chat)
    assert "✂️ Stop their messages here" not in [
        english(button.label) for button in chat.screen.buttons
    ]


@pytest.mark.parametrize("door", ["[🏠 Home]", "[🧹 Clean this chat]"])
def test_what_is_over_has_ways_on(door):
    """From the last page one goes home or cleans the chat, and nothing of it stays."""
    chat = back_with().walks("[🗑️ Take my report back]", "[🗑️ Yes, delete it]", door)
    assert [one.flow for one in chat.conversation.stack] == ["home"]
    assert named(chat).count("CleanChat") == (door != "[🏠 Home]")


def test_nobody_stays_for_ever():
    """After thirty rounds the room is left: the code opens it again."""
    chat = back_with()
    for _round in range(MAX_ROUNDS):
        chat.walks("[✏️ Answer, add words]", "[✖️ Not now]")
    assert [one.flow for one in chat.conversation.stack] == ["home"]


def test_who_has_finished_goes_home():
    """Nothing of the report is left in the conversation."""
    chat = back_with().walks("[✅ I have finished]")
    assert [one.flow for one in chat.conversation.stack] == ["home"]


def test_the_notes_can_be_stopped():
    """With the code at once; without it they end by themselves, and that is said."""
    chat = a_reporter(flow="line")
    assert texts(chat) == [
        "BOT   ✂️ Stop these messages",
        "With your code they stop now.",
        "Without it they stop after 30 days, or when you block this bot.",
        "[🔑 Stop them with my code] [📖 Only read the answer]",
        "[⬅️] [🚪] [🆘]",
    ]
    chat.given(OpenByCode(CODE), opened(line=True))
    chat.walks("[🔑 Stop them with my code]", *PRESSED, "[✔️]")
    assert texts(chat)[0] == "BOT   ✂️ Stop their messages?"
    chat.given(CutLine(BOX), None)
    assert chat.do("[✂️ Yes, stop them]")[0].startswith("BOT   ⏳ That did not work now.")
    chat.walks("[✂️ Yes, stop them]")
    assert isinstance(chat.world.effects[-1], CutLine)
    assert texts(chat)[0] == "BOT   ✂️ It is stopped"


def test_the_notes_can_be_kept():
    """Who looked only what the button is goes home, or reads."""
    chat = a_reporter(flow="line")
    chat.given(OpenByCode(CODE), opened(line=True), opened(line=True))
    chat.walks("[🔑 Stop them with my code]", *PRESSED, "[✔️]", "[✖️ No]")
    assert ([one.flow for one in chat.conversation.stack], CutLine(BOX) in chat.world.effects) == (
        ["home"],
        False,
    )
    chat = a_reporter(flow="line")
    chat.given(OpenByCode(CODE), opened(line=True))
    chat.walks("[📖 Only read the answer]", *PRESSED, "[✔️]")
    assert texts(chat)[0] == "BOT   🔓 Your report"


def test_what_could_not_be_done_now_is_never_said_to_be_done():
    """Adding, cutting and taking back are told as they went, and can be tried again."""
    chat = back_with(line=True)
    chat.given(AddToReport(BOX, "", ()), None)
    chat.given(CutLine(BOX), None)
    chat.given(WithdrawReport(BOX), None)
    busy = "BOT   ⏳ That did not work now. Nothing is lost: please try again in a minute."
    assert chat.walks("[✏️ Answer, add words]").do("More.")[0] == busy
    assert chat.walks("[✂️ Stop their messages here]").do("[✂️ Yes, stop them]")[0] == busy
    assert "The office may write to this chat." in texts(chat)
    assert chat.walks("[🗑️ Take my report back]").do("[🗑️ Yes, delete it]")[0] == busy
    assert texts(chat)[1] == "🔓 Your report"


def test_where_no_line_is_open_the_report_is_shown():
    """Who came to stop messages of a report without a line finds the report."""
    assert texts(back_with("cut", line=False))[0] == "BOT   🔓 Your report"
