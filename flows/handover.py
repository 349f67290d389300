"""Between chat and desk without telling the story twice: a code for the one, a code from the other.

Both flows are secret: a code is in no message and in nothing that is kept.
"""

from __future__ import annotations

from flows.engine import Ended
from flows.handoff_effects import FindTalk, MakeHandover, TakeHandover
from flows.opening import Opening
from flows.pad import ask_digits
from flows.report_code import grouped
from flows.steps import Flow, Line, Option, Style, Weight, choose, confirm, perform, pop, say
from flows.talk_queue import find_helper, whereabouts
from flows.text import Text, _, ngettext, verbatim

DIGITS = 8
HOURS = 24
AGAIN = "again"

_REFUSED = _("🔒 This code does not work. Look at it and try again, or ask the desk for a new one.")
_SHOW = Option("show", _("🔑 Show my code"), Weight.PRIMARY)
_SHOW_AGAIN = Option("show", _("🔑 Show it again"))
_HAVE = Option("have", _("✅ I have it"), Weight.PRIMARY)


def desk_code(opening: Opening) -> Flow[Ended]:
    """A code to say at the desk: there they find what was asked for here."""
    talk = yield from perform("talk", FindTalk())
    helper = find_helper(opening, talk.desk if talk else opening.person.desk or "")
    code = ""
    while True:
        chosen = yield from choose(
            "desk code",
            [
                Line(_("🔑 A code for the desk"), Style.TITLE),
                _(
                    "Say it at the desk: they see what you asked for, "
                    "and you need not start from nothing."
                ),
                ngettext(
                    "It works once, for {count} hour. I show it for a moment, not in the chat.",
                    "It works once, for {count} hours. I show it for a moment, not in the chat.",
                    HOURS,
                ),
                *whereabouts(helper),
            ],
            [_HAVE, _SHOW_AGAIN] if code else [_SHOW],
            sensitive=True,
        )
        if chosen == _HAVE:
            return Ended("had")
        code = code or (yield from perform("make", MakeHandover()))
        if code:
            yield from pop(
                _("🔑 {code}", code=verbatim(grouped(code))),
                _("Say it only at the desk. Who has it can read what you wrote."),
            )
        else:
            yield from say(Line(_("⏳ It is not ready now. Please try in a minute."), Style.NOTE))


def handover(opening: Opening) -> Flow[Ended]:
    """Join this chat to what was told at a desk: its code comes in a link, or is typed."""
    if not opening.house.helpers:
        return Ended("nobody", then="talk")
    code = opening.at
    if len(code) != DIGITS or not (code.isascii() and code.isdecimal()):
        title = Line(_("🔗 The code of the desk"), Style.TITLE)
        code = yield from ask_digits(title, DIGITS, _REFUSED if opening.at == AGAIN else None)
    lines: list[Text | Line] = [
        Line(_("🔗 Join this chat to the desk?"), Style.TITLE),
        _("Then you see here what the desk plans with you. You can say yes or no."),
        _("They do not see your name on Telegram or your number."),
    ]
    yes, no = _("🔗 Yes, join"), _("✖️ No")
    if not (yield from confirm("join", lines, yes=yes, no=no, sensitive=True)):
        return Ended("declined")
    joined = yield from perform("take", TakeHandover(code))
    if not joined:
        return Ended("unknown", then="handover", at=AGAIN)
    yield from say(
        Line(_("✅ Joined. The desk knows you as “{name}”.", name=verbatim(joined)), Style.NOTE)
    )
    return Ended("joined", then="plan")
