"""Notes among colleagues: no way leads from them to the person, in the code or in what it does."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

from bot.console.reports import noting
from bot.console.reports.noting import Noting
from tests.bot.console.reports.bureau import Bureau

ROOT = Path(__file__).resolve().parents[4]
FORBIDDEN = (
    "bot.push",
    "bot.delivery",
    "bot.telegram",
    "bot.turn",
    "bot.app",
    "telegram",
    "flows.replies",
    "bot.console.reports.desk",
    "bot.console.reports.ports",
    "bot.console.reports.replying",
    "bot.console.reports.sent",
)
NOTE = "Il capo si chiama Rossi, lo conosce la cugina di Anna."


def imported(module: str) -> set[str]:
    """The modules of ours that a module names in its imports."""
    path = ROOT / (module.replace(".", "/") + ".py")
    if not path.is_file():
        path = ROOT / module.replace(".", "/") / "__init__.py"
    if not path.is_file():
        return set()
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{one.name}" for one in node.names)}
    return found


def reached(module: str) -> set[str]:
    """Everything that can be reached by imports, in the rooms of the console and the flows."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if one.startswith(("bot.", "flows.")):
            waiting += imported(one)
    return seen


def test_no_import_leads_from_a_note_to_the_person() -> None:
    """The module of the notes reaches neither the bot, nor its sender, nor the replies."""
    found = {one for one in reached("bot.console.reports.noting") if one.startswith(FORBIDDEN)}
    assert found == set()


def test_the_notes_are_given_one_deed() -> None:
    """They hold a function that keeps a note, not the reports, whose `reply` they could call."""
    given = list(inspect.signature(Noting.__init__).parameters)
    assert given == ["self", "entrance", "keep", "drafts"]
    called = {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(noting)))
        if isinstance(node, ast.Attribute)
    }
    assert called & {"reply", "send", "push", "reports", "words"} == set()


async def test_a_note_reaches_colleagues_and_nobody_else(bureau: Bureau) -> None:
    """Kept beside the report, shown to those entitled; no reply, no message, no status, no code."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna"), bureau.id("Bruno")])
    page = await bureau["Anna"].post("/reports/r1/notes", note=NOTE)
    assert "The note is kept, for colleagues only." in page.words
    report = bureau.shelf.reports["r1"]
    assert [one.text for one in report.notes] == [NOTE]
    assert (report.words, bureau.shelf.replied, bureau.shelf.pushed) == ((), [], [])
    assert NOTE in (await bureau["Bruno"].get("/reports/r1")).words


async def test_the_form_of_a_reply_takes_no_note(bureau: Bureau) -> None:
    """A note that is sent to the address of the replies, as by a slip of the hand, goes nowhere."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna")])
    await bureau["Anna"].post("/reports/r1/reply", step="send", note=NOTE, word="w")
    await bureau["Anna"].post("/reports/r1/notes", text=NOTE, step="send")
    assert (bureau.shelf.replied, bureau.shelf.reports["r1"].notes) == ([], ())


async def test_a_note_is_never_taken_for_a_reply_that_was_begun(bureau: Bureau) -> None:
    """What is typed for colleagues comes back in their form, and in no other."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna")])
    await bureau["Anna"].post("/reports/r1/draft", kind="note", text=NOTE)
    page = await bureau["Anna"].get("/reports/r1")
    reply = page.text[page.text.index('id="reply-text"') :]
    note = page.text[page.text.index('id="note-text"') :]
    assert NOTE not in reply[: reply.index("</textarea>")]
    assert NOTE in note[: note.index("</textarea>")]


async def test_the_audit_has_no_word_of_a_note(bureau: Bureau) -> None:
    """Who noted something on which report, and that is all."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna")])
    await bureau["Anna"].post("/reports/r1/notes", note=NOTE)
    assert bureau.deeds()[0] == ("Anna", "noted", "7F3K")
    assert [one for one in bureau.audit() if "Rossi" in one.object] == []


async def test_an_empty_note_is_none(bureau: Bureau) -> None:
    """Nothing typed, nothing kept, and nothing said to be."""
    bureau.shelf.add("r1", "7F3K", [bureau.id("Anna")])
    page = await bureau["Anna"].post("/reports/r1/notes", note="  \n ")
    assert (bureau.shelf.reports["r1"].notes, "The note is kept" in page.words) == ((), False)
