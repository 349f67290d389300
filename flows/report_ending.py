"""The end of a report: how it is answered, all of it once more, and what sending it brings."""

from __future__ import annotations

import json

from flows.engine import Ended
from flows.hours import said
from flows.report_asking import BUSY, ask_one, explain, try_to
from flows.report_choices import ASK_WHY, UNSAID, Sector
from flows.report_code import give_code
from flows.report_details import DETAILS
from flows.report_draft import Draft
from flows.report_effects import SendReport
from flows.report_level import level_of, loses_bed
from flows.report_model import LINE_DAYS, Box, Ending
from flows.report_start import ask_danger
from flows.report_words import ENDINGS, NOT_SAID, brief, describe
from flows.steps import (
    Flow,
    Line,
    Option,
    Style,
    Weight,
    choose,
    confirm,
    review,
)
from flows.text import Text, _, ngettext, pictured, verbatim

HOURS_SHOWN = 3
SILENT = verbatim("🤐")
CODELESS = _("Without a code nobody can answer you, and you cannot take the report back.")


def ask_ending(draft: Draft) -> Flow[None]:
    """Three endings, none of them marked; the office may write only where nobody else looks."""
    watched = "yes"
    if not draft.opening.person.careful:
        watched = yield from ask_one(
            "watched",
            [Line(_("📱 Does someone else look at this phone?"), Style.TITLE)],
            {"no": _("🙂 No, only me"), "yes": _("👀 Yes, or I am not sure")},
            _("If you say yes, we never write to you about the report. It is safer."),
        )
    line = ngettext(
        "💬 The office writes here, for {count} day",
        "💬 The office writes here, for {count} days",
        LINE_DAYS,
    )
    options = [
        Option(Ending.CODE, ENDINGS[Ending.CODE]),
        *([Option(Ending.LINE, line)] if watched == "no" else []),
        Option(Ending.NOTHING, ENDINGS[Ending.NOTHING]),
        ASK_WHY,
    ]
    chosen = yield from choose(
        "ending",
        [
            Line(_("💬 How do you want our answer?"), Style.TITLE),
            _("With a code you come back when you like. Nobody writes to you."),
            *([_("If the office writes here, you can stop it at any time.")] * (watched == "no")),
        ],
        options,
        sensitive=True,
    )
    if chosen == ASK_WHY:
        yield from explain(
            "ending",
            _("Only you have the code: it opens our answer, on any phone."),
            _("If the office writes here, we keep the address of this chat, locked."),
            CODELESS,
        )
    draft.answers["ending"] = chosen.id


def check_all(draft: Draft) -> Flow[bool]:
    """Show everything once more, let every answer be changed, and ask whether to send it."""
    options = [
        Option("send", _("✉️ Go on and send"), Weight.PRIMARY),
        *([] if draft.answers.get("danger") else [Option("danger", _("🆘 I am in danger now"))]),
    ]
    chosen = yield from review("summary", summary(draft), items_of(draft), options, sensitive=True)
    if chosen.id == "danger":
        yield from ask_danger("danger at the end", draft)
    return (
        yield from confirm(
            "send",
            [
                Line(_("✉️ Send this report with no name?"), Style.TITLE),
                *(
                    [_("Do not tell the boss before you have another bed.")]
                    * loses_bed(draft.answers)
                ),
            ],
            yes=_("✅ Yes, send"),
            no=_("🗑️ No, delete everything"),
            sensitive=True,
        )
    )


def summary(draft: Draft) -> list[Text | Line]:
    """What will be sent, short enough for one screen."""
    names = {office.key: office.name for office in draft.opening.house.offices}
    rows: list[Text | Line] = [
        _row(question, SILENT if answer == NOT_SAID else answer)
        for question, answer in describe(brief(draft.answers), names)
    ]
    files = ngettext("📎 {count} file", "📎 {count} files", len(draft.files))
    return [
        Line(_("📋 Your report"), Style.TITLE),
        *rows,
        *([files] if draft.files else []),
        Line(_("Tap what you want to change."), Style.NOTE),
    ]


def _row(question: Text, answer: Text) -> Text:
    return Text("{question}: {answer}", (("question", question), ("answer", answer)), literal=True)


def items_of(draft: Draft) -> list[tuple[str, Text]]:
    """What can be asked again: the key of each question that was asked, and its button."""
    answers = draft.answers
    details = [
        (detail.id, detail.short)
        for detail in DETAILS[Sector(str(answers["sector"]))]
        if "details" in answers
    ]
    later = [(key, label) for key, label in _LATER if _asked(draft, key)]
    return [(key, _("✏️ {what}", what=label)) for key, label in (*_FIRST, *details, *later)]


_FIRST: tuple[tuple[str, Text], ...] = (
    ("role", _("Who tells it")),
    ("sector", _("Work")),
    ("kinds", _("What is wrong")),
    ("sleeps", _("Bed")),
    ("province", _("Province")),
    ("hub", _("Tell more or less")),
)
_LATER: tuple[tuple[str, Text], ...] = (
    ("when", _("When")),
    ("people", _("How many people")),
    ("minors", _("Children under 16 work there")),
    ("town", _("Town")),
    ("proof", _("What can show it")),
    ("story", _("What happened")),
    ("wants", _("What would help")),
    ("hint", _("The firm")),
    ("phone", _("Phone")),
    ("excluded", _("Offices that must not read it")),
    ("files", _("Photos, voice, papers")),
    ("ending", _("The answer")),
)


def _asked(draft: Draft, key: str) -> bool:
    if key == "files":
        return "details" in draft.answers
    return key in draft.answers or (key == "story" and "spoken" in draft.answers)


def send(draft: Draft) -> Flow[Ended]:
    """Seal it for those who read it; then the code, and what comes next."""
    ending = Ending(str(draft.answers["ending"]))
    if draft.box is None:
        return (yield from _practised())
    while (number := (yield from try_to("sent", _sealed(draft, draft.box, ending)))) is None:
        again = Option("again", _("✉️ Try again"), Weight.PRIMARY)
        yield from choose("send again", [BUSY], [again], sensitive=True)
    if not number:
        return Ended("unread", then="stopped", at="unread")
    after = _AFTER[ending]
    if ending is not Ending.NOTHING and not (yield from give_code(draft.box)):
        after = CODELESS
    return (yield from _thanked(draft, after))


def _sealed(draft: Draft, box: Box, ending: Ending) -> SendReport:
    answers = draft.answers
    province = str(answers.get("province") or "")
    return SendReport(
        box,
        json.dumps(answers, ensure_ascii=False, separators=(",", ":")),
        tuple(one.id for one in draft.files),
        level_of(answers),
        str(answers["sector"]),
        "" if province in (UNSAID, "other") else province,
        ending,
        draft.opening.person.language or "",
        tuple(draft.chosen("excluded")),
    )


def _thanked(draft: Draft, after: Text) -> Flow[Ended]:
    options = [
        Option("clean", _("🧹 Clean this chat"), Weight.PRIMARY),
        Option("home", _("🏠 Home")),
    ]
    hours = [
        Line(pictured("🕗", _row(verbatim(one.name), said(one.hours))), Style.NOTE)
        for one in draft.opening.house.offices
        if one.hours and one.key not in draft.chosen("excluded")
    ]
    lines: list[Text | Line] = [
        Line(_("✅ Your report is sent. Thank you"), Style.TITLE),
        after,
        _("People read reports only in their hours."),
        *hours[:HOURS_SHOWN],
        Line(_("In danger? Call 112."), Style.ACTION),
    ]
    if loses_bed(draft.answers):
        lines.append(Line(_("Do not tell the boss before you have another bed."), Style.ACTION))
    chosen = yield from choose("after", lines, options, sensitive=True)
    return Ended("sent", then=chosen.id)


_AFTER: dict[Ending, Text] = {
    Ending.CODE: _("With your report code you read our answer and add to it: write /code."),
    Ending.LINE: _("The office may write here. With your report code you read it: write /code."),
    Ending.NOTHING: _("Nobody writes to you about it."),
}


def _practised() -> Flow[Ended]:
    options = [
        Option("report", _("✉️ Write a real report")),
        Option("home", _("🏠 Home")),
    ]
    chosen = yield from choose(
        "after",
        [
            Line(_("✅ That is how it goes"), Style.TITLE),
            _("Nothing was sent, and nothing is kept."),
            _("A real report gives you a code here, to read our answer."),
        ],
        options,
        sensitive=True,
    )
    return Ended("practised", then=chosen.id)
