"""A key pad of buttons for a code: digits that are pressed are in no message, and shown as dots."""

from __future__ import annotations

from flows.steps import Flow, Line, Option, Style, Weight, ask_pad, say
from flows.text import Text, ngettext, verbatim

GROUP = 4
COLUMNS = 3

_DELETE = "x"
_ENTER = "v"
_KEYS = (
    *(Option(str(digit), verbatim(str(digit))) for digit in range(1, 10)),
    Option(_DELETE, verbatim("⌫")),
    Option("0", verbatim("0")),
    Option(_ENTER, verbatim("✔️"), Weight.PRIMARY),
)


def ask_digits(title: Line, count: int, refused: Text | None = None) -> Flow[str]:
    """Take so many digits; `refused` is said until the first is pressed."""
    digits = ""
    while True:
        lines: list[Text | Line] = [title, Line(verbatim(dots(len(digits), count)), Style.BIG)]
        if refused is not None and not digits:
            lines.append(Line(refused, Style.NOTE))
        pressed = yield from ask_pad("pad", lines, _KEYS, COLUMNS)
        if pressed == _DELETE:
            digits = digits[:-1]
        elif pressed != _ENTER:
            digits = (digits + pressed)[:count]
        elif len(digits) == count:
            return digits
        else:
            missing = ngettext(
                "{count} digit is missing.", "{count} digits are missing.", count - len(digits)
            )
            yield from say(Line(missing, Style.NOTE))


def dots(pressed: int, count: int) -> str:
    """As many full dots as digits were pressed, in groups of four."""
    signs = "●" * pressed + "○" * (count - pressed)
    return "  ".join(signs[place : place + GROUP] for place in range(0, count, GROUP))
