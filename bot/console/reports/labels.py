"""How the console calls what a report has: levels, statuses, endings, cautions, strange signs."""

from __future__ import annotations

from datetime import date

from bot.console.caution import Caution
from bot.console.foreign import Strange
from bot.console.reports.sent import Fate
from flows.report_model import Ending, Level, Status
from flows.text import Text, _, ngettext, pgettext
from flows.workdays import monday

LEVELS = {
    Level.DANGER: _("Danger"),
    Level.SERIOUS: _("Serious"),
    Level.IRREGULAR: _("Irregular"),
    Level.INFORMATION: _("Information"),
}
STATUSES = {
    Status.RECEIVED: _("Not read yet"),
    Status.READ: pgettext("status", "Read"),
    Status.WORK: _("In work"),
    Status.WAITING: _("Waiting for the person"),
    Status.PASSED: _("Passed on"),
    Status.CLOSED: pgettext("status", "Closed"),
    Status.WITHDRAWN: _("Withdrawn by the person"),
}
CHOSEN_STATUSES = (Status.WORK, Status.WAITING, Status.PASSED, Status.CLOSED)
"""What an operator can set; the others come about by themselves."""

OVER = frozenset({Status.CLOSED, Status.WITHDRAWN})
"""Where there is nothing more to do."""

TOLD = {
    Status.RECEIVED: _("The person reads: “We have it.”"),
    Status.READ: _("The person reads: “A person has read it.”"),
    Status.WORK: _("The person reads: “We are working on it.”"),
    Status.WAITING: _("The person reads: “We have a question for you.”"),
    Status.PASSED: _("The person reads that you sent it on, and the reason you write."),
    Status.CLOSED: _("The person reads that you closed it, and the reason you write."),
}
ENDINGS = {
    Ending.CODE: _("The person comes back with a code and reads the answer then."),
    Ending.LINE: _("You may write to the person's chat until the line is cut."),
    Ending.NOTHING: _("Nobody can be answered: there is no code, and no line to a chat."),
}
CAUTIONS = {
    Caution.CODE: _("There are sixteen digits in it, like a report code. Never write a code."),
    Caution.PHONE: _("There is something like a telephone number in it. Whose is it?"),
    Caution.LINK: _("There is an address in it. Whoever holds the phone can open it."),
    Caution.NAME: _("There is something like a name in it. Somebody else may read this screen."),
}
STRANGE = {
    Strange.TURNING: _("Signs that turn words around were in it. They are not shown."),
    Strange.HIDDEN: _("Invisible signs were in it. They can mark a text to find who copied it."),
    Strange.MARKS: _("Letters carried more marks than any language needs. Some are not shown."),
    Strange.CONTROL: _("Signs that are no letters were in it. They are not shown."),
}
FILES = {
    "photo": _("Photo"),
    "voice": _("Voice"),
    "document": _("Document"),
}

HAPPENED = {
    "received": _("received"),
    "status": _("status"),
    "assigned": _("given to somebody"),
    "handed_on": _("sealed to one more colleague"),
    "replied": _("answered"),
    "added": _("the person added something"),
    "reopened": _("opened again by the person"),
    "withdrawn": _("withdrawn by the person"),
    "line_cut": _("the reply line was cut"),
    "doubted": _("said to look false"),
    "trusted": _("said to be true after all"),
}

FATES = {
    Fate.KEPT: _("Kept. The person reads it when they come back with the code."),
    Fate.SENT: _("Kept, and the person's chat was told that there is an answer."),
    Fate.FAILED: _(
        "Kept, but the chat was NOT told: it cannot be reached. The person reads it with the code."
    ),
    Fate.UNKNOWN: _(
        "Kept. Nobody knows whether the chat was told. It is not tried again, so that nothing"
        " comes twice."
    ),
    Fate.DOUBTFUL: _(
        "Nobody knows whether it was kept. Look below whether it stands there, before you write it"
        " again."
    ),
}
DONE = {
    "status": _("The status is changed."),
    "assigned": _("It is given."),
    "handed": _("Your colleague can read it now."),
    "line": _("The line is cut. Nobody can write to that chat any more."),
    "noted": _("The note is kept, for colleagues only."),
    "doubted": _("It is kept in the list, at the end."),
    "trusted": _("It is back in its place."),
    "reason": _("Nothing was changed. Choose a reason: the person reads it."),
    "why": _("Nothing was changed. Say why: colleagues read it."),
    "asked": _("Asked. A colleague who can read this report must agree."),
    "agreed": _("You agreed. Your colleague can take it once, within one hour."),
    "refused": _("It does not leave."),
}

UNDONE = frozenset({"reason", "why", "refused"})
"""Deeds that changed nothing, though somebody pressed a button."""

WARNING_WEEKS = 2


def age(week: date, today: date) -> Text:
    """How long ago a report came, no finer than the week that is kept."""
    weeks = max(0, (monday(today) - week).days // 7)
    if weeks == 0:
        return _("this week")
    return ngettext("{count} week ago", "{count} weeks ago", weeks)


def going(goes: date, today: date) -> Text | None:
    """A warning when a report will soon be deleted because nothing has happened to it."""
    weeks = (goes - monday(today)).days // 7
    if weeks > WARNING_WEEKS:
        return None
    if weeks <= 0:
        return _("goes this week")
    return ngettext("goes in {count} week", "goes in {count} weeks", weeks)
