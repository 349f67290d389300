"""The end of a report: three endings, changes from the summary, and a code that takes its time."""

from __future__ import annotations

from flows.registry import FLOWS
from flows.report_code import grouped
from flows.report_effects import GiveCode, KeepCode, SendReport
from flows.report_model import Box, Ending, Level
from flows.report_start import stopped
from tests.chat import english
from tests.flows.reporters import (
    BASICS,
    BY_CODE,
    ENOUGH,
    KEPT,
    SENT,
    a_reporter,
    answers,
    named,
    sent,
    texts,
)
from tests.reporting import CODE

UNSAID = "[🤐 I prefer not to say]"
BOX = Box("", "")


def at_the_summary():
    """A short report, before it is sent."""
    return a_reporter().walks(*BASICS, *ENOUGH, *BY_CODE)


def offered(chat):
    """The endings that are on the screen."""
    return [english(button.label) for button in chat.screen.buttons]


def test_the_office_may_write_only_where_nobody_else_looks():
    """The line is offered after "only me", and neither after anything else nor in careful mode."""
    line = "💬 The office writes here, for 30 days"
    found = {}
    for word in ("[🙂 No, only me]", "[👀 Yes, or I am not sure]", UNSAID):
        chat = a_reporter().walks(*BASICS, *ENOUGH, word)
        found[word] = line in offered(chat)
    careful = a_reporter(careful=True).walks(*BASICS, *ENOUGH)
    assert (list(found.values()), line in offered(careful)) == ([True, False, False], False)
    assert offered(careful)[0] == "🔑 I come back with a code"


def test_a_line_has_a_code_too():
    """The office may write, and what it wrote is read with the code."""
    chat = a_reporter().walks(*BASICS, *ENOUGH, "[🙂 No, only me]")
    chat.walks("[💬 The office writes here, for 30 days]", *SENT, *KEPT)
    assert (sent(chat).ending, named(chat)[-2:]) == (Ending.LINE, ["GiveCode", "KeepCode"])
    assert texts(chat)[1].startswith("The office may write here.")


def test_without_an_answer_there_is_no_code():
    """Nothing is made that could be found."""
    chat = a_reporter().walks(*BASICS, *ENOUGH, "[🙂 No, only me]", "[📪 No code, no answer]")
    chat.walks(*SENT)
    assert (sent(chat).ending, named(chat)) == (Ending.NOTHING, ["OpenBox", "SendReport"])
    assert texts(chat)[:2] == [
        "BOT   ✅ Your report is sent. Thank you",
        "Nobody writes to you about it.",
    ]


def test_one_answer_is_changed_and_the_others_stay():
    """From the summary to the question and back; Back keeps the old answer."""
    chat = at_the_summary().walks("[✏️ Work]", "[⬅️]")
    assert "Work: 📦 Warehouse, parcels" in texts(chat)
    chat.walks("[✏️ Work]", "[🧹 Cleaning]")
    assert "Work: 🧹 Cleaning" in texts(chat)
    chat.walks(*SENT)
    report = answers(chat)
    assert (report["sector"], report["kinds"], report["wants"]) == (
        "cleaning",
        ["K01"],
        ["answer"],
    )


def test_marks_are_changed_one_by_one():
    """What was marked is still marked."""
    chat = at_the_summary().walks("[✏️ What is wrong]", "[💶 Pay too low]", "[✔️ Done]", *SENT)
    assert answers(chat)["kinds"] == ["K01", "K03"]


def test_to_ask_why_while_changing_loses_nothing():
    """A page that explains, a way back, another answer: the summary is whole."""
    chat = at_the_summary().walks("[✏️ Province]", "[➕ More]", "[❓ Why do you ask?]", "[⬅️]")
    chat.walks("[⬅️]", "[📍 Milano]")
    assert texts(chat)[5:8] == [
        "Province: 📍 Milano",
        "What would help: 💬 Your answer here",
        "The answer: 🔑 I come back with a code",
    ]


def test_a_bed_that_is_told_late_still_warns():
    """Another answer about the bed asks what belongs to it, and raises the level."""
    chat = at_the_summary().walks("[✏️ Bed]", "[✅ Yes]", "[✅ Yes]", "[✖️ No]")
    assert texts(chat)[0] == "BOT   🛏️ First a safe bed"
    chat.walks("[👍 I understand]", *SENT)
    assert sent(chat).level is Level.SERIOUS


def test_more_can_be_told_from_the_summary():
    """Who said that it was enough can go on from there, and skip each question."""
    chat = at_the_summary().walks("[➕ More]", "[✏️ Tell more or less]")
    chat.walks("[➕ Go on: some more questions]", *[UNSAID] * 7, "[✔️ Done]", "They do not pay.")
    chat.walks("[✔️ Done]", "[⏭️ I have nothing to send]", *SENT)
    report = answers(chat)
    assert (report["story"], report["wants"], report["ending"]) == (
        "They do not pay.",
        ["answer"],
        "code",
    )


def test_the_inspectors_are_explained_and_optional():
    """What a control needs is said; keeping it, talking first and taking it out are all easy."""
    found = []
    for word in ("[👍 I know. Keep it]", "[💬 First I want to talk]", "[✖️ No, take it out]"):
        chat = a_reporter().walks(*BASICS, "[⏩ That is enough for now]")
        shown = chat.walks("[🔎 A control by the inspectors]").do("[✔️ Done]")
        assert shown[0] == "BOT   🔎 The inspectors need a real name"
        chat.walks(word)
        if "take it out" not in word:
            chat.walks("Bar Example, Monza")
        chat.walks(*BY_CODE, *SENT)
        report = answers(chat)
        found.append((report["wants"], report.get("inspect"), report.get("hint")))
    assert found == [
        (["inspectorate"], "yes", "Bar Example, Monza"),
        (["inspectorate"], "talk", "Bar Example, Monza"),
        ([], None, None),
    ]


def test_the_firm_is_asked_only_for_union_and_inspectors():
    """With any other wish nobody is asked which firm it is."""
    chat = a_reporter().walks(*BASICS, *ENOUGH)
    assert texts(chat)[0] == "BOT   📱 Does someone else look at this phone?"


def test_a_call_needs_a_number_and_a_safe_time():
    """What is no number is asked again, kindly; the number can be left out."""
    chat = a_reporter().walks(*BASICS, "[⏩ That is enough for now]", "[➕ More]")
    chat.walks("[📞 A phone call]", "[✔️ Done]")
    assert "Please write a phone number. Example: 333 123 4567." in chat.do("tomorrow")[0]
    chat.walks("333 123 4567", "[🌙 In the evening]", "[👩 A woman]", *BY_CODE, *SENT)
    report = answers(chat)
    assert (report["phone"], report["call"], report["who"]) == ("333 123 4567", "evening", "woman")


def test_an_office_can_be_left_out_but_not_all():
    """The one that knows the boss does not get it; somebody has to be left who reads."""
    chat = a_reporter(offices=2).walks(*BASICS, *ENOUGH, "[🏢 PUA Desio]", "[🏢 Union]")
    assert "One office must be left to read it." in chat.do("[✔️ Done]")[0]
    chat.walks("[🏢 PUA Desio]", "[✔️ Done]", *BY_CODE, *SENT)
    assert (sent(chat).excluded, answers(chat)["excluded"]) == (("desio",), ["desio"])


def test_a_report_nobody_can_read_is_not_kept():
    """Where there is no key to seal it to, that is said, and who helps today."""
    chat = at_the_summary().walks(SENT[0])
    effect = SendReport(BOX, "", (), Level.IRREGULAR, "logistics", "MB", Ending.CODE, "en")
    chat.given(effect, "")
    assert chat.do(SENT[1])[:2] == [
        "BOT   📪 I could not send it",
        "      Nobody can read it here today, so I did not keep it.",
    ]
    assert "GiveCode" not in named(chat)


def test_a_code_that_is_not_ready_says_so():
    """The report is safe, that is said, and the button is there again."""
    chat = at_the_summary().walks(*SENT)
    chat.given(GiveCode(BOX), "")
    shown = chat.do("[🔑 Show my code]")
    assert shown[0] == "BOT   ⏳ Your report is safe. The code is not ready yet: try in a minute."
    assert offered(chat) == ["🔑 Show my code", "✖️ Go on without a code"]
    shown = chat.do("[🔑 Show my code]")
    assert shown[0] == f"ALERT 🔑 {grouped(CODE)}"


def test_a_code_can_be_seen_again():
    """As often as it takes, and never in the chat itself."""
    chat = at_the_summary().walks(*SENT, "[🔑 Show my code]")
    for _again in range(3):
        shown = chat.do("[🔑 Show it again]")
        assert [line for line in shown if CODE[:4] in line] == [f"ALERT 🔑 {grouped(CODE)}"]
    chat.walks("[✅ I have it]")
    assert named(chat).count("KeepCode") == 1


def test_a_code_that_took_the_place_of_another_says_so():
    """Whoever wrote the first one on paper reads that it is void; seen again, it is new no more."""
    chat = at_the_summary().walks(*SENT)
    other = CODE[::-1]
    chat.given(GiveCode(BOX), CODE, CODE, other, other)
    new = "      This is a new code. The earlier one is void."
    said = []
    for label in ("Show my code", "Show it again", "Show it again", "Show it again"):
        shown = [line for line in chat.do(f"[🔑 {label}]") if line[:5] == "ALERT"]
        said.append(shown[0])
    assert said == [
        f"ALERT 🔑 {grouped(CODE)}",
        f"ALERT 🔑 {grouped(CODE)}",
        f"ALERT {new.strip()}",
        f"ALERT 🔑 {grouped(other)}",
    ]


def test_a_code_after_one_that_was_let_go_is_a_new_one():
    """Where the first code was too old to keep, the next one says that the paper is void."""
    chat = at_the_summary().walks(*SENT, "[🔑 Show my code]")
    chat.given(KeepCode(BOX), False)
    chat.walks("[✅ I have it]")
    chat.given(GiveCode(BOX), CODE[::-1])
    shown = chat.do("[🔑 Show my code]")
    assert shown[:2] == [
        "ALERT This is a new code. The earlier one is void.",
        f"      🔑 {grouped(CODE[::-1])}",
    ]


def test_a_code_that_is_too_old_is_not_promised():
    """Where it was let go meanwhile, that is said, and a new one is shown."""
    chat = at_the_summary().walks(*SENT, "[🔑 Show my code]")
    chat.given(KeepCode(BOX), False)
    shown = chat.do("[✅ I have it]")
    assert shown[0] == "BOT   This code is too old now. Your report is safe."
    assert offered(chat) == ["🔑 Show my code", "✖️ Go on without a code"]


def test_what_could_not_be_sent_now_is_sent_again():
    """No room for it: nothing is lost, nothing is promised, and the button is there again."""
    chat = at_the_summary().walks(SENT[0])
    effect = SendReport(BOX, "", (), Level.IRREGULAR, "logistics", "MB", Ending.CODE, "en")
    chat.given(effect, None)
    assert chat.do(SENT[1])[0].startswith("BOT   ⏳ That did not work now.")
    chat.walks("[✉️ Try again]")
    assert texts(chat)[0] == "BOT   🔒 Your report is sent and locked"


def test_a_code_that_could_not_be_kept_now_is_kept_later():
    """The person is not sent away with a code of which nobody knows whether it holds."""
    chat = at_the_summary().walks(*SENT, "[🔑 Show my code]")
    chat.given(KeepCode(BOX), None)
    assert chat.do("[✅ I have it]")[0].startswith("BOT   ⏳ That did not work now.")
    chat.walks("[✅ I have it]")
    assert texts(chat)[0] == "BOT   ✅ Your report is sent. Thank you"


def test_without_a_code_the_way_back_is_open():
    """Nothing is promised that needs one; a slip of the finger is undone by Back."""
    chat = at_the_summary().walks(*SENT, "[✖️ Go on without a code]")
    assert texts(chat)[:2] == [
        "BOT   ✅ Your report is sent. Thank you",
        "Without a code nobody can answer you, and you cannot take the report back.",
    ]
    assert "KeepCode" not in named(chat)
    chat.walks("[⬅️]")
    assert offered(chat) == ["🔑 Show my code", "✖️ Go on without a code"]


def test_nothing_goes_back_over_what_was_sent():
    """A report is sent once."""
    chat = at_the_summary().walks(*SENT)
    assert chat.do("[⬅️]")[0].startswith("POP   This is already done.")
    assert named(chat).count("SendReport") == 1


def test_every_flow_of_the_report_is_secret():
    """What is told lives under keys that die, for as long as each of them needs."""
    entries = {name: FLOWS[name] for name in ("report", "code", "line", "stopped")}
    assert {name: (one.secret, one.closes) for name, one in entries.items()} == dict.fromkeys(
        entries, (True, True)
    )
    assert [one.lives.total_seconds() / 3600 for one in entries.values()] == [24, 0.5, 0.5, 0.5]
    assert FLOWS["stopped"].conduct is stopped
