"""A report in words: what is kept as ids becomes questions and answers that a person can read.

The answers of a report are JSON. An absent key was not asked; "-" was asked and not said.

    v          1, the version of this list
    language   the person's language
    channel    "telegram"
    triage     {"level": 0-3, "numbers": [2, 7]} from the self-check, only when the person agreed
    danger     true: the person says that there is danger now
    role       Role              sector     Sector           kinds      [ReportKind]
    bed        {"sleeps", "loses", "rent"}: each "yes", "no", "unknown" or "-"
    details    {a question of the trade (report_details): its answer}
    province   one of PROVINCES, or "-"                      town       as typed
    when       When              people     People           minors     "yes", "no", "unknown"
    proof      [Proof]: what exists, not what was sent
    story      as typed, the parts joined by an empty line
    spoken     true: the story came as a voice, which is among the files
    wants      [Want]            hint       the firm, as typed: only for union or inspectors
    inspect    "yes" or "talk": inspectors as they are, or only after a talk
    phone      as typed: only when a call is wanted          call       "morning", "afternoon", …
    who        "woman", "man", "any": who should call
    excluded   keys of offices that must not read it
    faces      "yes", "no", "unknown": whether the files show people or papers with names
    ending     Ending

`describe` shows what is there, in the order above; words that were typed stay as they were typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, cast

from flows.effects import Json
from flows.report_choices import (
    KINDS,
    PEOPLE,
    PROOFS,
    PROVINCES,
    ROLES,
    SECTORS,
    UNSAID,
    WANTS,
    WHENS,
    YES_NO,
    labels_of,
)
from flows.report_details import EVERY_DETAIL
from flows.report_model import Ending, Level
from flows.text import Text, _, verbatim

VERSION = 1
BRIEF_LETTERS = 200
BRIEF_ITEMS = 8

Answers: TypeAlias = Mapping[str, Json]

BED: dict[str, Text] = {
    "sleeps": _("Sleeps where the boss decides"),
    "loses": _("Loses the bed with the job"),
    "rent": _("The bed is taken from the pay"),
}
CALLS: dict[str, Text] = {
    "morning": _("🌅 In the morning"),
    "afternoon": _("☀️ In the afternoon"),
    "evening": _("🌙 In the evening"),
    "any": _("🕗 At any time"),
}
CALLERS: dict[str, Text] = {
    "woman": _("👩 A woman"),
    "man": _("👨 A man"),
    "any": _("🙂 No matter"),
}
ENDINGS: dict[str, Text] = {
    Ending.CODE: _("🔑 I come back with a code"),
    Ending.LINE: _("💬 The office may write here"),
    Ending.NOTHING: _("📪 No code, no answer"),
}
LEVELS: dict[Level, Text] = {
    Level.INFORMATION: _("Information"),
    Level.IRREGULAR: _("Irregular work"),
    Level.SERIOUS: _("Serious"),
    Level.DANGER: _("Danger now"),
}
INSPECTIONS: dict[str, Text] = {
    "yes": _("✅ Yes"),
    "talk": _("💬 First a talk"),
}
NOT_SAID = _("🤐 I prefer not to say")


def describe(answers: Answers, offices: Mapping[str, str] | None = None) -> list[tuple[Text, Text]]:
    """The report as questions and answers, in the order in which they are asked.

    `offices` are the names of those that may be excluded; without a name the key is shown.
    """
    rows: list[tuple[Text, Text]] = []
    for key, question, say in _ROWS:
        value = answers.get(key)
        if value is None or value in ("", [], {}):
            continue
        rows += say(question, value) if value != UNSAID else [(question, NOT_SAID)]
    excluded = [str(key) for key in cast(list[Json], answers.get("excluded") or [])]
    if excluded:
        names = [verbatim((offices or {}).get(key, key)) for key in excluded]
        rows.append((_("Offices that must not read it"), joined(names)))
    return rows


def brief(answers: Answers) -> Answers:
    """The same answers for a small screen: long words are cut, long lists too."""
    return {key: _cut(value) for key, value in answers.items()}


def _cut(value: Json) -> Json:
    if isinstance(value, str) and len(value) > BRIEF_LETTERS:
        return value[:BRIEF_LETTERS].rstrip() + "…"
    if isinstance(value, list) and len(value) > BRIEF_ITEMS:
        return [*value[:BRIEF_ITEMS], f"+{len(value) - BRIEF_ITEMS}"]
    return value


def joined(parts: Iterable[Text]) -> Text:
    """Several answers on one line."""
    every = list(parts)
    names = [f"part{place}" for place in range(len(every))]
    source = " · ".join(f"{{{name}}}" for name in names)
    return Text(source, tuple(zip(names, every, strict=True)), literal=True)


_Say: TypeAlias = Callable[[Text, Json], list[tuple[Text, Text]]]


def _one_of(labels: Mapping[str, Text]) -> _Say:
    return lambda question, value: [(question, labels_of(labels, [str(value)])[0])]


def _some_of(labels: Mapping[str, Text]) -> _Say:
    def say(question: Text, value: Json) -> list[tuple[Text, Text]]:
        chosen = [str(one) for one in cast(list[Json], value)]
        return [(question, joined(labels_of(labels, chosen)))]

    return say


def _as_typed(question: Text, value: Json) -> list[tuple[Text, Text]]:
    return [(question, verbatim(str(value)))]


def _if_so(question: Text, value: Json) -> list[tuple[Text, Text]]:
    return [(question, YES_NO["yes"])] if value is True else []


def _triage(question: Text, value: Json) -> list[tuple[Text, Text]]:
    found = cast(Mapping[str, Json], value)
    level = LEVELS[Level(int(cast(int, found["level"])))]
    numbers = cast(list[Json], found.get("numbers") or [])
    if not numbers:
        return [(question, level)]
    yes = ", ".join(str(number) for number in numbers)
    return [(question, _("{level} (yes to {numbers})", level=level, numbers=yes))]


def _bed(_question: Text, value: Json) -> list[tuple[Text, Text]]:
    return [
        (BED[one], _said(YES_NO, given))
        for one, given in cast(Mapping[str, Json], value).items()
        if one in BED
    ]


def _details(_question: Text, value: Json) -> list[tuple[Text, Text]]:
    return [
        (EVERY_DETAIL[one].short, _said(EVERY_DETAIL[one].answers, given))
        for one, given in cast(Mapping[str, Json], value).items()
        if one in EVERY_DETAIL
    ]


def _said(labels: Mapping[str, Text], given: Json) -> Text:
    return NOT_SAID if given == UNSAID else labels_of(labels, [str(given)])[0]


_ROWS: tuple[tuple[str, Text, _Say], ...] = (
    ("triage", _("Self-check"), _triage),
    ("danger", _("Danger now"), _if_so),
    ("role", _("Who tells it"), _one_of(ROLES)),
    ("sector", _("Work"), _one_of(SECTORS)),
    ("kinds", _("What is wrong"), _some_of(KINDS)),
    ("bed", _("Bed"), _bed),
    ("details", _("About the work"), _details),
    ("province", _("Province"), _one_of(PROVINCES)),
    ("town", _("Town"), _as_typed),
    ("when", _("When"), _one_of(WHENS)),
    ("people", _("How many people"), _one_of(PEOPLE)),
    ("minors", _("Children under 16 work there"), _one_of(YES_NO)),
    ("proof", _("What can show it"), _some_of(PROOFS)),
    ("story", _("What happened"), _as_typed),
    ("spoken", _("Told by voice"), _if_so),
    ("wants", _("What would help"), _some_of(WANTS)),
    ("inspect", _("Inspectors"), _one_of(INSPECTIONS)),
    ("hint", _("The firm"), _as_typed),
    ("phone", _("Phone"), _as_typed),
    ("call", _("When to call"), _one_of(CALLS)),
    ("who", _("Who should call"), _one_of(CALLERS)),
    ("faces", _("The files show people or names"), _one_of(YES_NO)),
    ("ending", _("The answer"), _one_of(ENDINGS)),
)
