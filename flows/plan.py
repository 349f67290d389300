"""Where is my file? The person's own case and plan, as pictograms in her language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from flows.case_model import Lane, Said, Service, Stage
from flows.case_rules import OPEN
from flows.engine import Ended
from flows.handoff_effects import AnswerStep, FindMyPlan, MyPlan, PlanStep, StopCase
from flows.opening import Opening
from flows.plan_words import MY_LANES, MY_SERVICES, MY_STAGES, MY_STATES
from flows.steps import Flow, Line, Option, Style, Weight, choose, confirm, perform, say
from flows.text import Param, Text, _, ngettext, pictured, verbatim

_NOTE = Style.NOTE
STEPS_SHOWN = 12

_FAR = (Stage.CONTACT, Stage.SHEET_OPEN, Stage.TAKEN_IN_CHARGE, Stage.PROJECT_ACTIVE)
_PLACE = {
    Stage.IDENTIFIED_YES: 1,
    Stage.IDENTIFIED_NO: 1,
    Stage.IDENTIFIED_POTENTIAL: 1,
    Stage.REFERRED_FORMAL: 1,
    Stage.SUSPENDED: 2,
    Stage.CONCLUDED: len(_FAR),
    **{stage: place for place, stage in enumerate(_FAR)},
}
_ANSWERS = {
    Said.YES: _("👍 Yes"),
    Said.NO: _("✖️ No"),
    Said.MOVE: _("📅 Another day"),
}
_SAID = {
    Said.YES: _("👍 You said yes."),
    Said.NO: _("✖️ You said no."),
    Said.MOVE: _("📅 You asked for another day."),
}
_TOLD = _("✅ I have told the people of the desk.")
_GONE = _("⏳ This has changed meanwhile. Please look again.")


def plan(opening: Opening) -> Flow[Ended]:
    """Show where the case is and what is planned; let each step be answered, or all of it stop."""
    mine = yield from perform("plan", FindMyPlan())
    if mine is None:
        return (yield from _without(opening))
    goes_on = not mine.stopped and mine.stage is not Stage.CONCLUDED
    steps = {step.id: step for step in mine.steps if goes_on and step.state in OPEN}
    labels = _labels(mine.steps)
    options = [
        *(Option(one, labels[one]) for one in steps),
        *([Option("talk", _("🤝 Talk to someone"))] if opening.house.helpers else []),
        Option("code", _("🔑 A code for the desk")),
        *([Option("stop", _("🛑 Stop my plan"))] if goes_on else []),
    ]
    chosen = yield from choose("plan", _standing(mine, labels), options, sensitive=True)
    if chosen.id == "stop":
        return (yield from _stop())
    if chosen.id == "code":
        return Ended("code", then="desk_code", comes_back=True)
    if chosen.id == "talk":
        return Ended("talk", then="talk", at="plan", comes_back=True)
    return (yield from _answer(steps[chosen.id]))


def _without(opening: Opening) -> Flow[Ended]:
    """Nothing is planned yet: who begins it, and how to bring what was begun at a desk."""
    lines: list[Text | Line] = [
        Line(_("🗂️ My plan"), Style.TITLE),
        _("There is no plan yet. You make it together with a person."),
    ]
    options = [Option("talk", _("🤝 Talk to someone"), Weight.PRIMARY)]
    if opening.house.helpers:
        options.append(Option("handover", _("🔗 I have a code of a desk")))
    chosen = yield from choose("none", lines, options, sensitive=True)
    return Ended(chosen.id, then=chosen.id, comes_back=True)


def _standing(mine: MyPlan, labels: Mapping[str, Text]) -> list[Text | Line]:
    """Where it stands, who follows it, and every step under its lane."""
    shown = _most_telling(mine.steps)
    more = len(mine.steps) - len(shown)
    return [
        Line(_("🗂️ My plan"), Style.TITLE),
        Line(_progress(mine.stage), Style.ACTION),
        *([_("🛑 You stopped it. Nobody goes on without your yes.")] if mine.stopped else []),
        pictured("🏢", verbatim(mine.office)),
        *([Line(pictured("🎯", verbatim(mine.goal)), Style.QUOTE)] if mine.goal else []),
        *_lanes(shown, labels),
        *([ngettext("And {count} step more.", "And {count} steps more.", more)] if more else []),
        Line(_("At the desk they know you as “{name}”.", name=verbatim(mine.designation)), _NOTE),
    ]


def _progress(stage: Stage) -> Text:
    """The stage, and how far that is, as dots."""
    far = min(_PLACE[stage] + 1, len(_FAR) + 1)
    dots = "●" * far + "○" * (len(_FAR) + 1 - far)
    return _joined((MY_STAGES[stage], verbatim(dots)), " ")


def _most_telling(steps: tuple[PlanStep, ...]) -> tuple[PlanStep, ...]:
    """As many as fit: first those that can still be answered, the others after them."""
    ordered = sorted(steps, key=lambda step: step.state not in OPEN)
    return tuple(ordered[:STEPS_SHOWN])


def _lanes(steps: tuple[PlanStep, ...], labels: Mapping[str, Text]) -> list[Text | Line]:
    lines: list[Text | Line] = []
    for lane in Lane:
        here = [step for step in steps if step.lane is lane]
        if here:
            lines.append(Line(MY_LANES[lane], Style.HEADING))
            lines += [_line(step, labels[step.id]) for step in here]
    return lines


def _line(step: PlanStep, label: Text) -> Text:
    parts: list[Param] = [label, MY_STATES[step.state]]
    awaited = [step.due] if step.due and step.state in OPEN else []
    return _joined([*parts, *awaited], " · ")


def _joined(parts: list[Param] | tuple[Param, ...], gap: str) -> Text:
    names = [f"part{place}" for place in range(len(parts))]
    source = gap.join(f"{{{name}}}" for name in names)
    return Text(source, tuple(zip(names, parts, strict=True)), literal=True)


def _labels(steps: tuple[PlanStep, ...]) -> dict[str, Text]:
    """What each step is called; of two of the same kind each has its number."""
    every = Counter(step.service for step in steps)
    so_far: Counter[Service] = Counter()
    labels = {}
    for step in steps:
        so_far[step.service] += 1
        label = MY_SERVICES[step.service]
        several = every[step.service] > 1
        labels[step.id] = _joined((label, so_far[step.service]), " ") if several else label
    return labels


def _answer(step: PlanStep) -> Flow[Ended]:
    """One step: what it is, and yes, no, or another day; nothing is done without an answer."""
    said = [Line(_SAID[step.said], _NOTE)] if step.said in _SAID else []
    lines: list[Text | Line] = [
        Line(MY_SERVICES[step.service], Style.TITLE),
        *([Line(verbatim(step.what), Style.QUOTE)] if step.what else []),
        *([pictured("🏢", verbatim(step.provider))] if step.provider else []),
        *([Line(_("📅 {day}", day=step.due), Style.ACTION)] if step.due else []),
        *said,
        _("You can still change it.") if said else _("Do you want it? You decide."),
    ]
    offered = [one for one in _ANSWERS if one is not Said.MOVE or step.due]
    options = [Option(one.value, _ANSWERS[one]) for one in offered]
    chosen = yield from choose("step", lines, options, sensitive=True)
    done = yield from perform("answer", AnswerStep(step.id, Said(chosen.id)))
    yield from say(Line(_TOLD if done else _GONE, _NOTE))
    return Ended("answered", then="plan")


def _stop() -> Flow[Ended]:
    sure = yield from confirm(
        "sure to stop",
        [
            Line(_("🛑 Stop my plan?"), Style.TITLE),
            _("Then nobody goes on with it, and nobody shows it to another office."),
            _("You can begin again with a person of the desk."),
        ],
        yes=_("🛑 Yes, stop"),
        no=_("✖️ No, go on"),
        sensitive=True,
    )
    if not sure:
        return Ended("goes on", then="plan")
    done = yield from perform("stop", StopCase())
    yield from say(Line(_TOLD if done else _GONE, _NOTE))
    return Ended("stopped", then="plan")
