"""A report opened with its code: how it stands, the answers, and what can still be done."""

from __future__ import annotations

from dataclasses import dataclass

from flows.engine import Ended
from flows.opening import Opening
from flows.replies import find_reason
from flows.report_asking import BUSY, try_to
from flows.report_draft import Draft
from flows.report_effects import AddToReport, CutLine, WithdrawReport
from flows.report_files import gather_files
from flows.report_model import Box, Opened, Status, Words
from flows.report_reading import read_words
from flows.report_story import ask_words
from flows.steps import Flow, Line, Option, Style, Weight, choose, confirm, say
from flows.text import Text, _, ngettext

MAX_ROUNDS = 30

STATUSES: dict[Status, Text] = {
    Status.RECEIVED: _("📥 We have it."),
    Status.READ: _("👀 A person has read it."),
    Status.WORK: _("🔎 We are working on it."),
    Status.WAITING: _("❓ We have a question for you."),
    Status.PASSED: _("📤 With your yes, we sent it to another office."),
    Status.CLOSED: _("📁 We closed it. If you add something, it is open again."),
    Status.WITHDRAWN: _("🗑️ You took it back."),
}
_ADDED = Line(_("🔒 Added and locked. Thank you."), Style.NOTE)
_REOPENED = Line(_("🔒 Added and locked. Your report is open again."), Style.NOTE)
_GONE = Line(_("This report is not here any more. Nothing was added."), Style.NOTE)


@dataclass(slots=True)
class Held:
    """The opened report, as it becomes while its sender is here."""

    box: Box
    status: Status
    reason: str
    words: tuple[Words, ...]
    new: int
    line: bool
    was_read: bool = False


def stay(opening: Opening, opened: Opened) -> Flow[Ended]:
    """Show how the report stands and do what its sender says, until they leave."""
    held = Held(opened.box, opened.status, opened.reason, opened.words, opened.unread, opened.line)
    for _round in range(MAX_ROUNDS):
        chosen = yield from choose("room", standing(held), doors(held), sensitive=True)
        if chosen.id == "read":
            yield from read_words(opening, held.words, held.new)
            held.new, held.was_read = 0, True
        elif chosen.id == "write":
            yield from _add(held, text=(yield from ask_words()))
        elif chosen.id == "send":
            draft = Draft(opening, practice=False, answers={}, box=held.box)
            yield from gather_files(draft, "send files")
            yield from _add(held, files=tuple(one.id for one in draft.files))
        elif chosen.id == "cut":
            if (yield from _is_sure_to_cut()):
                if (yield from try_to("cut", CutLine(held.box))) is None:
                    yield from say(BUSY)
                else:
                    held.line = False
        elif chosen.id == "withdraw":
            if (yield from _is_sure_to_withdraw()):
                if (yield from try_to("withdraw", WithdrawReport(held.box))) is not None:
                    return Ended("withdrawn", then="stopped", at="withdrawn")
                yield from say(BUSY)
        else:
            break
    return Ended("left", then="home")


def cut_line(box: Box) -> Flow[Ended]:
    """Stop the messages of the office to this chat, for whoever came only for that."""
    while (yield from _is_sure_to_cut()):
        if (yield from try_to("cut", CutLine(box))) is not None:
            return Ended("cut", then="stopped", at="cut")
        yield from say(BUSY)
    return Ended("left", then="home")


def standing(held: Held) -> list[Text | Line]:
    """Where the report stands, in plain words."""
    lines: list[Text | Line] = [
        Line(_("🔓 Your report"), Style.TITLE),
        STATUSES[held.status],
    ]
    reason = find_reason(held.reason)
    if reason is not None and held.status in (Status.CLOSED, Status.PASSED):
        lines.append(reason)
    if held.new:
        unread = ngettext("📬 {count} new answer", "📬 {count} new answers", held.new)
        lines.append(Line(unread, Style.ACTION))
    if held.was_read:
        lines.append(Line(_("Enter the code again to see what is new."), Style.NOTE))
    if held.line:
        lines.append(Line(_("The office may write to this chat."), Style.NOTE))
    return lines


def doors(held: Held) -> list[Option]:
    """What can be done with a report that was sent."""
    return [
        *([Option("read", _("📖 Read the answers"), Weight.PRIMARY)] if held.words else []),
        Option("write", _("✏️ Answer, add words")),
        Option("send", _("📎 Add photos, voice, papers")),
        *([Option("cut", _("✂️ Stop their messages here"))] if held.line else []),
        Option("withdraw", _("🗑️ Take my report back"), Weight.DANGER),
        Option("leave", _("✅ I have finished")),
    ]


def _add(held: Held, text: str = "", files: tuple[str, ...] = ()) -> Flow[None]:
    if not text and not files:
        return
    added = yield from try_to("add", AddToReport(held.box, text, files))
    if not added:
        yield from say(BUSY if added is None else _GONE)
        return
    yield from say(_REOPENED if held.status is Status.CLOSED else _ADDED)
    if held.status in (Status.CLOSED, Status.WAITING):
        held.status = Status.RECEIVED


def _is_sure_to_cut() -> Flow[bool]:
    return (
        yield from confirm(
            "sure to cut",
            [
                Line(_("✂️ Stop their messages?"), Style.TITLE),
                _("Then nobody writes to this chat about the report."),
                _("You can still read answers with your code."),
            ],
            yes=_("✂️ Yes, stop them"),
            sensitive=True,
        )
    )


def _is_sure_to_withdraw() -> Flow[bool]:
    return (
        yield from confirm(
            "sure to withdraw",
            [
                Line(_("🗑️ Take your report back?"), Style.TITLE),
                _("All of it is deleted, also the files. Your code opens nothing more."),
                _("What a person has read already, I cannot take from their memory."),
            ],
            yes=_("🗑️ Yes, delete it"),
            sensitive=True,
        )
    )
