"""Handing over the code of a report: over the chat, never in it, until the person has it."""

from __future__ import annotations

from flows.report_asking import BUSY, try_to
from flows.report_effects import GiveCode, KeepCode
from flows.report_model import Box
from flows.steps import Flow, Line, Option, Style, Weight, choose, perform, pop, say
from flows.text import Text, _, verbatim

CODE_DIGITS = 16
GROUP = 4

_SHOW = Option("show", _("🔑 Show my code"), Weight.PRIMARY)
_AGAIN = Option("show", _("🔑 Show it again"))
_HAVE = Option("have", _("✅ I have it"), Weight.PRIMARY)
_WITHOUT = Option("without", _("✖️ Go on without a code"))
_VOID = _("This is a new code. The earlier one is void.")


def give_code(box: Box) -> Flow[bool]:
    """Show the code as often as it takes; True when the person keeps it."""
    shown, last = False, ""
    while True:
        options = [_HAVE, _AGAIN, _WITHOUT] if shown else [_SHOW, _WITHOUT]
        chosen = yield from choose("code", _lines(), options, sensitive=True)
        if chosen == _WITHOUT:
            return False
        if chosen == _HAVE:
            kept = yield from try_to("keep", KeepCode(box))
            if kept:
                return True
            if kept is None:
                yield from say(BUSY)
                continue
            shown = False
            yield from say(Line(_("This code is too old now. Your report is safe."), Style.NOTE))
            continue
        code = yield from perform("give", GiveCode(box))
        shown = bool(code)
        if code:
            is_new = last not in ("", code)
            last = code
            yield from pop(
                *([_VOID] if is_new else []),
                _("🔑 {code}", code=verbatim(grouped(code))),
                _("Write it on paper like a phone number, where nobody looks. Only you have it."),
            )
        else:
            yield from say(
                Line(
                    _("⏳ Your report is safe. The code is not ready yet: try in a minute."),
                    Style.NOTE,
                )
            )


def grouped(code: str) -> str:
    """Digits in groups of four, as they are easy to copy."""
    return " ".join(code[place : place + GROUP] for place in range(0, len(code), GROUP))


def _lines() -> list[Text | Line]:
    return [
        Line(_("🔒 Your report is sent and locked"), Style.TITLE),
        _("I show your report code for a moment, not in the chat: 16 digits."),
        _("Take a pen first. Without the code you cannot come back, and nobody finds it for you."),
    ]
