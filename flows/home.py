"""Home: three doors first, then the rest."""

from __future__ import annotations

from flows.doors import work_label
from flows.engine import Ended
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, Weight, choose
from flows.text import Text, _

_WRITE = Line(_("✍️ Or write what you are looking for."), Style.NOTE)


def home(opening: Opening) -> Flow[Ended]:
    """Offer every door there is today; each leads to the flow of its name.

    What was left open takes the place of the door to privacy, which is also in `things`.
    """
    privacy = Option("privacy", _("🔐 Privacy"), shares=True)
    options = [
        Option("orientation", _("🧭 I need information"), Weight.PRIMARY),
        Option("talk", _("🤝 I want to talk to someone")),
        Option("wrong", work_label(opening)),
        Option("courses", _("📚 Courses and appointments")),
        Option("things", _("🗂️ My things")),
        *([Option("resume", _("▶️ Go on where you were"))] if opening.paused else []),
        Option("language", _("🌐 Language"), shares=True),
        *([] if opening.paused else [privacy]),
        Option("clean", _("🧹 Clean this chat")),
    ]
    door = yield from choose("door", _greeting(opening), options)
    if door.id == "resume":
        return Ended("resume")
    return Ended(door.id, then=door.id)


def _greeting(opening: Opening) -> list[Text | Line]:
    if opening.person.careful:
        return [
            Line(_("📚 Courses and information"), Style.TITLE),
            _("Choose what you want to read."),
            _WRITE,
        ]
    return [
        Line(_("🏠 How can I help you?"), Style.TITLE),
        _("It is free. You do not need papers here."),
        _WRITE,
    ]
