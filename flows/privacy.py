"""What is kept about a person, and how it goes: clean, see, forget."""

from __future__ import annotations

from flows.effects import CleanChat, FindMyData, ForgetPerson, RememberCareful, SendMyData
from flows.engine import Ended
from flows.opening import Opening
from flows.promise import promise
from flows.steps import Flow, Line, Option, Style, Weight, choose, confirm, keep, perform, say
from flows.text import Text, _, ngettext, verbatim


def clean(_opening: Opening) -> Flow[Ended]:
    """Delete what can be deleted at once, without a question: there may be no time for one."""
    yield from perform("clean", CleanChat())
    return Ended("cleaned")


def privacy(opening: Opening) -> Flow[Ended]:
    """Show the promise and the ways to see, change or end what is kept."""
    careful = opening.person.careful
    options = [
        Option("data", _("📄 My data")),
        Option("careful", _("👀 Careful mode off") if careful else _("👀 Careful mode on")),
        Option("clean", _("🧹 Clean this chat")),
        Option("forget", _("🗑️ Forget me"), Weight.DANGER),
    ]
    lines: list[Text | Line] = [
        Line(_("🔐 Your privacy"), Style.TITLE),
        *promise(opening.house),
    ]
    chosen = yield from choose("way", lines, options)
    if chosen.id == "careful":
        yield from perform("careful", RememberCareful(not careful))
    return Ended(chosen.id, then=chosen.id, comes_back=True)


def careful(opening: Opening) -> Flow[Ended]:
    """Say what the careful mode does, in the state it is in now."""
    options = [Option("ok", _("👍 OK"), Weight.PRIMARY)]
    if opening.person.careful:
        options.append(Option("clean", _("🧹 Clean this chat")))
        lines: list[Text | Line] = [
            Line(_("👀 Careful mode is on"), Style.TITLE),
            _(
                "Private pages go away after {minutes}, all the rest after {hours}.",
                minutes=ngettext("{count} minute", "{count} minutes", opening.house.wash_minutes),
                hours=ngettext("{count} hour", "{count} hours", opening.house.wash_hours),
            ),
            _("Messages make no sound and begin with a neutral line; a reminder says no more."),
            _("I cannot hide what somebody sees while you read."),
        ]
    else:
        lines = [
            Line(_("👀 Careful mode is off"), Style.TITLE),
            _("You can clean this chat at any time."),
        ]
    chosen = yield from choose("known", lines, options)
    return Ended("known", then="clean") if chosen.id == "clean" else Ended("known")


def data(opening: Opening) -> Flow[Ended]:
    """Say what is kept, in words; a file on request."""
    kept = yield from perform("find", FindMyData())
    names = {tongue.code: tongue.name for tongue in opening.house.tongues}
    lines: list[Text | Line] = [
        Line(_("📄 My data"), Style.TITLE),
        _("Your language: {language}.", language=verbatim(names.get(kept.language, "–"))),
        _("Careful mode: on.") if kept.careful else _("Careful mode: off."),
        *([_("First day here: {day}.", day=kept.since)] if kept.since else []),
        *([_("You come from: {desk}.", desk=verbatim(kept.desk))] if kept.desk else []),
        ngettext(
            "The number of {count} message, so that I can delete it. Not its words.",
            "The numbers of {count} messages, so that I can delete them. Not their words.",
            kept.messages,
        ),
        _("The last day you were here, where you stopped reading, what you opened last."),
        _("The address of this chat, locked. I need it to answer you."),
        _("Your courses, appointments and dates, and how you want to be reminded."),
        *([_TALKED] if opening.house.helpers else []),
        *(
            [_("A report is not here: I cannot tell which one is yours.")]
            if opening.house.offices
            else []
        ),
    ]
    options = [
        Option("file", _("💾 Give me a file")),
        Option("forget", _("🗑️ Forget me"), Weight.DANGER),
    ]
    chosen = yield from choose("next", lines, options)
    if chosen.id == "forget":
        return Ended("forget", then="forget", comes_back=True)
    yield from perform("file", SendMyData())
    yield from say(_("📄 Your file comes in a moment."))
    return Ended("given")


_TALKED = _("What you and the people of a desk wrote to each other here, locked, and your plan.")
_FILE_STAYS = _(
    "What a desk wrote with you, or keeps with your yes, stays. Ask the desk to delete it."
)
_REPORT_STAYS = _(
    "A report you sent stays, because I cannot tell which one is yours. "
    "To delete it, take it back with your code first."
)


def forget(opening: Opening) -> Flow[Ended]:
    """Ask once, then delete the chat's messages and everything that is kept."""
    sure = yield from confirm(
        "sure",
        [
            Line(_("🗑️ Forget me?"), Style.TITLE),
            _("I delete everything I keep about you, and I clean this chat."),
            _("Messages older than two days only you can delete."),
            ngettext(
                "For {count} day I keep one locked mark, so that old copies forget you too.",
                "For {count} days I keep one locked mark, so that old copies forget you too.",
                opening.house.mark_days,
            ),
            Line(_("Your places in courses and your appointments go to others."), Style.NOTE),
            *([Line(_FILE_STAYS, Style.NOTE)] if opening.house.helpers else []),
            *([Line(_REPORT_STAYS, Style.NOTE)] if opening.house.offices else []),
        ],
        yes=_("🗑️ Yes, forget me"),
        no=_("✖️ No"),
    )
    if not sure:
        return Ended("declined")
    yield from perform("forget", ForgetPerson())
    yield from keep(_("✅ Done. You are forgotten. To begin again: /start"))
    return Ended("forgotten")
