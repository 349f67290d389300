"""Coming back to a report: a code on a key pad of buttons, or the note that an answer is there."""

from __future__ import annotations

from flows.engine import Ended
from flows.opening import Opening
from flows.pad import ask_digits
from flows.report_code import CODE_DIGITS
from flows.report_effects import OpenByCode
from flows.report_model import LINE_DAYS, Opened
from flows.report_room import cut_line, stay
from flows.steps import Flow, Line, Option, Style, Weight, choose, perform
from flows.text import _, ngettext

AGAIN = "again"
CUT = "cut"


def code(opening: Opening) -> Flow[Ended]:
    """Take the digits on buttons and open the report; a code that opens nothing begins anew."""
    title = Line(_("🔑 Your report code"), Style.TITLE)
    digits = yield from ask_digits(title, CODE_DIGITS, REFUSED if opening.at == AGAIN else None)
    opened = yield from perform("open", OpenByCode(digits))
    if not isinstance(opened, Opened):
        return Ended("unknown", then="code", at=AGAIN)
    if opening.at == CUT and opened.line:
        return (yield from cut_line(opened.box))
    return (yield from stay(opening, opened))


# One sentence for every reason: it tells nobody whether there is such a code.
REFUSED = _("🔒 I cannot open it now. Look at the code and try again, or come back in an hour.")


def line(_opening: Opening) -> Flow[Ended]:
    """Stop the notes that an answer is there: with the code now, otherwise by themselves."""
    chosen = yield from choose(
        "line",
        [
            Line(_("✂️ Stop these messages"), Style.TITLE),
            _("With your code they stop now."),
            ngettext(
                "Without it they stop after {count} day, or when you block this bot.",
                "Without it they stop after {count} days, or when you block this bot.",
                LINE_DAYS,
            ),
        ],
        [
            Option("stop", _("🔑 Stop them with my code"), Weight.PRIMARY),
            Option("read", _("📖 Only read the answer")),
        ],
        sensitive=True,
    )
    return Ended(chosen.id, then="code", at=CUT if chosen.id == "stop" else "")
