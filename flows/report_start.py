"""Before the first question of a report: who reads it, what they may have to do, and danger."""

from __future__ import annotations

from flows.calling import FIRST_NUMBERS, named, numbers_of
from flows.engine import Ended
from flows.hours import said
from flows.opening import Opening
from flows.report_asking import ask_one
from flows.report_draft import Draft
from flows.report_model import Office
from flows.steps import Flow, Line, Option, Style, Weight, choose, show
from flows.text import Text, _, ngettext, pictured, verbatim

OFFICES = 5
CHILDREN = "114"
CHILDREN_LINE = "19696"


def begin(draft: Draft) -> Flow[str]:
    """Say who reads it; returns "go", "stop" or "practice"."""
    options = [
        Option("go", _("➡️ Go on"), Weight.PRIMARY),
        Option("danger", _("🆘 I am in danger now"), Weight.DANGER),
        *([] if draft.practice else [Option("practice", _("🧪 Only try it, nothing is kept"))]),
        Option("stop", _("✖️ Not now")),
    ]
    chosen = yield from choose("who", readers(draft.opening), options, sensitive=True)
    if chosen.id == "danger":
        yield from ask_danger("danger", draft)
        return "go"
    return chosen.id


def readers(opening: Opening) -> list[Text | Line]:
    """Who reads a report and what they may have to do with it, from the list in force."""
    house = opening.house
    shown = house.offices[:OFFICES]
    more = len(house.offices) - len(shown)
    return [
        Line(_("👀 Who reads your report?"), Style.TITLE),
        *(_office(office) for office in shown),
        *(
            [ngettext("And {count} more office.", "And {count} more offices.", more)]
            if more
            else []
        ),
        Line(_duty(house.offices), Style.ACTION),
        _("We do not keep your name or your Telegram account with the report."),
        ngettext(
            "We keep it for {count} day after the last step. Telegram keeps messages too.",
            "We keep it for {count} days after the last step. Telegram keeps messages too.",
            house.report_days,
        ),
        _("You can stop at any time."),
    ]


def _office(office: Office) -> Text:
    icon = "⚖️" if office.duty else "🏢"
    if not office.hours:
        return pictured(icon, verbatim(office.name))
    params = (("name", office.name), ("hours", said(office.hours)))
    named = Text("{name} · {hours}", params, literal=True)
    return pictured(icon, named)


def _duty(offices: tuple[Office, ...]) -> Text:
    if not any(office.duty for office in offices):
        return _("They have no duty to tell a judge or the police what they read.")
    if all(office.duty for office in offices):
        return _(
            "⚖️ They may have to tell a judge of a serious crime, or of a person with no permit. "
            "Do not write about permits."
        )
    return _(
        "⚖️ means: they may have to tell a judge of a serious crime, or of a person with no "
        "permit. Do not write about permits."
    )


def nobody(opening: Opening) -> Flow[Ended]:
    """Say honestly that nobody reads reports here yet, and who helps today."""
    lines: list[Text | Line] = [
        Line(_("📪 Nobody reads reports here yet"), Style.TITLE),
        _("So you cannot send one today."),
        _("These numbers help you."),
        *_numbers(opening),
    ]
    return (yield from show("nobody", lines, sensitive=True))


def ask_danger(key: str, draft: Draft) -> Flow[None]:
    """The numbers first; the report is marked only when the person says so."""
    lines: list[Text | Line] = [
        Line(_("🆘 In danger? Call 112"), Style.TITLE),
        _("If you can, go where there are other people."),
        _("Say “help” and the address."),
        *_numbers(draft.opening),
        Line(_("This chat is not for emergencies. A report is read later."), Style.NOTE),
    ]
    options = [
        Option("mark", _("🔴 Write “danger now” in my report"), Weight.DANGER),
        Option("go", _("➡️ Go on without it")),
    ]
    chosen = yield from choose(key, lines, options, sensitive=True)
    if chosen.id == "mark":
        draft.answers["danger"] = True


def ask_age() -> Flow[bool]:
    """Whether the person may be asked: a child is helped in another way."""
    age = yield from ask_one(
        "age",
        [Line(_("🎂 Are you 18 or older?"), Style.TITLE)],
        {"adult": _("✅ Yes"), "child": _("✖️ No, I am younger")},
        _("Children and teenagers have people of their own who help at once. We ask nothing else."),
    )
    return age != "child"


def stopped(opening: Opening) -> Flow[Ended]:
    """The last page of something that is over: nothing of it is left, not even in memory."""
    page = _PAGES.get(opening.at, _deleted)
    options = [Option("home", _("🏠 Home")), Option("clean", _("🧹 Clean this chat"))]
    chosen = yield from choose("stopped", page(opening), options, sensitive=True)
    return Ended(chosen.id, then=chosen.id)


def _child(opening: Opening) -> list[Text | Line]:
    return [
        Line(_("💛 It is good that you ask"), Style.TITLE),
        _("We stop here, and we keep nothing of what you wrote."),
        _("You have done nothing wrong. These people help you, for free."),
        Line(_("📞 {phone} · children in danger", phone=verbatim(CHILDREN)), Style.ACTION),
        Line(_("📞 {phone} · children and teenagers", phone=verbatim(CHILDREN_LINE)), Style.ACTION),
        *_numbers(opening),
        Line(_("You can also tell an adult you trust."), Style.NOTE),
    ]


def _unread(opening: Opening) -> list[Text | Line]:
    return [
        Line(_("📪 I could not send it"), Style.TITLE),
        _("Nobody can read it here today, so I did not keep it."),
        _("These numbers help you."),
        *_numbers(opening),
    ]


def _deleted(_opening: Opening) -> list[Text | Line]:
    return [
        Line(_("🗑️ Everything is deleted"), Style.TITLE),
        _("Nothing was sent."),
        _("If something changes, you can begin again."),
    ]


def _withdrawn(_opening: Opening) -> list[Text | Line]:
    return [
        Line(_("🗑️ Your report is deleted"), Style.TITLE),
        _("Its words and its files are gone. Your code opens nothing more."),
    ]


def _cut(_opening: Opening) -> list[Text | Line]:
    return [
        Line(_("✂️ It is stopped"), Style.TITLE),
        _("Nobody writes to this chat about the report any more."),
        _("You can still read answers with your code."),
    ]


_PAGES = {"child": _child, "unread": _unread, "withdrawn": _withdrawn, "cut": _cut}


def _numbers(opening: Opening) -> list[Line]:
    """The first numbers to call, as words that work without buttons."""
    return [Line(named(one), Style.ACTION) for one in numbers_of(opening)[:FIRST_NUMBERS]]
