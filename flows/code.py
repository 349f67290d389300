"""Coming back to a report: a code on a key pad of buttons, or the note that an answer is there."""

from __future__ import annotations

from flows.engine import Ended
from flows.opening import Opening
from flows.report_code import CODE_DIGITS, GROUP
from flows.report_effects import OpenByCode
from flows.report_model import LINE_DAYS, Opened
from flows.report_room import cut_line, stay
from flows.steps import Flow, Line, Option, Style, Weight, ask_pad, choose, perform, say
from flows.text import Text, _, ngettext, verbatim

AGAIN = "again"
CUT = "cut"

_DELETE = "x"
_ENTER = "v"


def code(opening: Opening) -> Flow[Ended]:
    """Take the digits on buttons and open the report; a code that opens nothing begins anew."""
    digits = yield from _digits(refused=opening.at == AGAIN)
    opened = yield from perform("open", OpenByCode(digits))
    if not isinstance(opened, Opened):
        return Ended("unknown", then="code", at=AGAIN)
    if opening.at == CUT and opened.line:
        return (yield from cut_line(opened.box))
    return (yield from stay(opening, opened))


def _digits(*, refused: bool) -> Flow[str]:
    """A key pad: what was pressed is shown as dots."""
    digits = ""
    while True:
        lines: list[Text | Line] = [
            Line(_("🔑 Your report code"), Style.TITLE),
            Line(verbatim(dots(len(digits))), Style.BIG),
        ]
        if refused and not digits:
            lines.append(Line(REFUSED, Style.NOTE))
        pressed = yield from ask_pad("pad", lines, _KEYS, 3)
        if pressed == _DELETE:
            digits = digits[:-1]
        elif pressed != _ENTER:
            digits = (digits + pressed)[:CODE_DIGITS]
        elif len(digits) == CODE_DIGITS:
            return digits
        else:
            missing = CODE_DIGITS - len(digits)
            yield from say(
                Line(
                    ngettext("{count} digit is missing.", "{count} digits are missing.", missing),
                    Style.NOTE,
                )
            )


# One sentence for every reason: it tells nobody whether there is such a code.
REFUSED = _("🔒 I cannot open it now. Look at the code and try again, or come back in an hour.")

_KEYS = (
    *(Option(str(digit), verbatim(str(digit))) for digit in range(1, 10)),
    Option(_DELETE, verbatim("⌫")),
    Option("0", verbatim("0")),
    Option(_ENTER, verbatim("✔️"), Weight.PRIMARY),
)


def dots(count: int) -> str:
    """As many full dots as digits were pressed, in groups of four."""
    signs = "●" * count + "○" * (CODE_DIGITS - count)
    groups = (signs[place : place + GROUP] for place in range(0, CODE_DIGITS, GROUP))
    return "  ".join(groups)


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
