"""One report as its page shows it: what is kept, turned into words for an operator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from bot.console.foreign import Foreign, show_foreign
from bot.console.people import People
from bot.console.reports.advice import Advice, advise, find_flags
from bot.console.reports.labels import (
    ENDINGS,
    FILES,
    HAPPENED,
    LEVELS,
    OVER,
    STATUSES,
    TOLD,
    age,
    going,
)
from bot.evidence.serve import is_shown
from flows.check_words import QUESTIONS, Whom
from flows.effects import Json
from flows.replies import find_reason, find_reply
from flows.report_model import Ending, Status, Words
from flows.report_words import describe
from flows.text import Text, _, ngettext, verbatim
from storage.reports import Exhibit, Happened, Note, Report

LONGEST_LINE = 60

VOICE = _("The voice can be recognised. Use headphones, and play it to nobody.")
SHIFTED = _("The voice was changed, but it can still be recognised. Use headphones.")


@dataclass(frozen=True, slots=True)
class Sign:
    """A question of the self-check that was answered with yes."""

    number: int
    question: Text


@dataclass(frozen=True, slots=True)
class Answer:
    """A question and what was answered; `words` where the person typed it.

    `signs`: the questions behind the numbers, where the answer is the self-check.
    """

    question: Text
    answer: Text
    words: Foreign | None
    long: bool
    signs: tuple[Sign, ...] = ()


@dataclass(frozen=True, slots=True)
class File:
    """A file of the report, unopened."""

    url: str
    kind: str
    name: Text
    place: int
    size: str
    facts: tuple[Text, ...]
    warning: Text
    hash: str
    source: str
    shown: bool
    original: bool
    lost: bool


@dataclass(frozen=True, slots=True)
class Said:
    """Something said between the person and the office."""

    by_office: bool
    canned: Text | None
    words: Foreign


@dataclass(frozen=True, slots=True)
class Noted:
    """A note among colleagues."""

    by: str
    when: Text
    words: str


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the history."""

    words: Text
    when: Text


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything the page of a report shows of it."""

    id: str
    number: str
    level: int
    level_name: Text
    status: Status
    status_name: Text
    told: Text | None
    reason: Text | None
    age: Text
    going: Text | None
    mine: bool
    who: str
    assigned: int | None
    advice: tuple[Advice, ...]
    excluded: str
    doubtful: bool
    doubt: str
    answers: tuple[Answer, ...]
    evidence: tuple[File, ...]
    talk: tuple[Said, ...]
    ending: Text
    line: bool
    can_reply: bool
    code: bool
    notes: tuple[Noted, ...]
    history: tuple[Step, ...]
    missing: Text | None
    language: str

    @property
    def open(self) -> bool:
        """Whether there is still something to do."""
        return self.status not in OVER


def make_sheet(report: Report, staff: People, today: date) -> Sheet:
    """A report in words."""
    row = report.waiting
    answers = answers_of(report)
    return Sheet(
        id=row.id,
        number=row.number,
        level=row.level.value,
        level_name=LEVELS[row.level],
        status=row.status,
        status_name=STATUSES[row.status],
        told=TOLD.get(row.status),
        reason=(find_reason(report.reason) or verbatim(report.reason)) if report.reason else None,
        age=age(row.week, today),
        going=going(row.goes, today),
        mine=row.assigned == staff.me,
        who=staff.name(row.assigned) if row.assigned else "",
        assigned=row.assigned,
        advice=advise(find_flags(answers, row.level)),
        excluded=staff.office_names(report.excluded),
        doubtful=row.doubtful,
        doubt=report.doubt,
        answers=tuple(_answers(answers, report.language)),
        evidence=tuple(
            _file(one, place, row.id) for place, one in enumerate(report.evidence, start=1)
        ),
        talk=tuple(_said(one) for one in report.words),
        ending=ENDINGS[report.ending],
        line=report.line,
        can_reply=report.ending is not Ending.NOTHING and row.status is not Status.WITHDRAWN,
        code=report.code,
        notes=tuple(_noted(one, staff, today) for one in report.notes),
        history=tuple(_step(one, staff, today) for one in report.history),
        missing=ngettext(
            "{count} file was chosen and never came.",
            "{count} files were chosen and never came.",
            report.missing,
        )
        if report.missing
        else None,
        language=report.language,
    )


def answers_of(report: Report) -> Mapping[str, Json]:
    """The answers by their keys; nothing where a report holds something else."""
    found = report.answers
    return cast(Mapping[str, Json], found) if isinstance(found, Mapping) else {}


def _answers(answers: Mapping[str, Json], language: str) -> list[Answer]:
    # Offices are kept by their keys; the page names them above, with what it means.
    told = {key: value for key, value in answers.items() if key != "excluded"}
    signs = _signs(told.pop("triage", None))
    checked = [
        replace(_answer(question, answer, language), signs=signs)
        for question, answer in describe({"triage": answers.get("triage")})
    ]
    return [*checked, *(_answer(question, answer, language) for question, answer in describe(told))]


def _signs(triage: Json) -> tuple[Sign, ...]:
    """What the person said yes to in the self-check, in words: nobody knows it by number."""
    given = triage.get("numbers") if isinstance(triage, Mapping) else None
    numbers = given if isinstance(given, list) else []
    return tuple(
        Sign(one.number, one.asks.said_of(Whom.OTHER)) for one in QUESTIONS if one.number in numbers
    )


def _answer(question: Text, answer: Text, language: str) -> Answer:
    if not answer.literal or answer.params:
        return Answer(question, answer, None, False)
    words = show_foreign(answer.source, language)
    is_long = len(words.words) > LONGEST_LINE or "\n" in words.words or bool(words.strange)
    return Answer(question, verbatim(words.words), words, is_long)


def _file(one: Exhibit, place: int, report: str) -> File:
    facts = [_("cleaned copy")]
    if one.shifted:
        facts.append(_("voice changed"))
    if one.original:
        facts.append(_("the original is kept too"))
    if one.lost:
        facts.append(_("the file is lost"))
    return File(
        url=f"/reports/{report}/evidence/{one.id}",
        kind=one.kind,
        name=_("{kind} {place}", kind=FILES.get(one.kind, FILES["document"]), place=place),
        place=place,
        size=_size(one.size_bytes),
        facts=tuple(facts),
        warning=SHIFTED if one.shifted else VOICE,
        hash=one.hash,
        source=one.source,
        shown=is_shown(one.type),
        original=one.original,
        lost=one.lost,
    )


def _size(size_bytes: int) -> str:
    if size_bytes < 1_000_000:
        return f"{max(1, round(size_bytes / 1000))} kB"
    return f"{size_bytes / 1_000_000:.1f} MB"


def _said(one: Words) -> Said:
    canned = find_reply(one.canned) if one.canned else None
    return Said(one.by_office, canned, show_foreign(one.text or one.canned, one.language))


def _noted(one: Note, staff: People, today: date) -> Noted:
    return Noted(staff.name(one.by), age(one.week, today), show_foreign(one.text).words)


def _step(one: Happened, staff: People, today: date) -> Step:
    what = HAPPENED.get(one.what, _("something was done"))
    if one.status is not None:
        what = _("{what}: {status}", what=what, status=STATUSES[one.status])
    if one.reason:
        reason = find_reason(one.reason) or verbatim(one.reason)
        what = _("{what} ({reason})", what=what, reason=reason)
    if one.by:
        what = _("{what}, by {name}", what=what, name=staff.name(one.by))
    return Step(what, age(one.week, today))
