"""How somebody wants to be reminded: when, at which hours, not for some time, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from flows.calendar_effects import FindWishes, KeepWishes
from flows.calendar_model import Wishes
from flows.engine import Ended
from flows.handoff_model import Safe
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, choose, perform, say
from flows.talk_words import SAFES
from flows.text import Text, _

WHEN, SAFE, PAUSE, GO_ON = "when", "safe", "pause", "go on"

USUAL = "usual"
STEPS: dict[str, tuple[tuple[str, ...] | None, Text]] = {
    USUAL: (None, _("🔔 As the desk does it")),
    "7d1d2h": (("7d", "1d", "2h"), _("🔔 A week, a day, two hours before")),
    "1d2h": (("1d", "2h"), _("🔔 A day and two hours before")),
    "1d": (("1d",), _("🔔 A day before")),
    "2h": (("2h",), _("🔔 Two hours before")),
    "none": ((), _("🔕 No reminders")),
}
PAUSES: dict[str, tuple[int, Text]] = {
    "7": (7, _("⏸️ For one week")),
    "14": (14, _("⏸️ For two weeks")),
    "30": (30, _("⏸️ For one month")),
}


def wishes(opening: Opening) -> Flow[Ended]:
    """Show how it is now; each button changes one thing and says how it is."""
    now = yield from perform("wishes", FindWishes())
    until = now.paused_until
    paused = until if until is not None and until >= opening.today else None
    lines: list[Text | Line] = [
        Line(_("🔔 How I am reminded"), Style.TITLE),
        _("For lessons, appointments and dates. At night I am silent, from 21 to 8."),
        *([_("⏸️ No reminder until {day}.", day=paused)] if paused else []),
        Line(_("👇 Tap what you want to change."), Style.NOTE),
    ]
    options = [
        Option(WHEN, _when(now)),
        Option(SAFE, SAFES[now.safe]),
        Option(GO_ON, _("▶️ Remind me again")) if paused else Option(PAUSE, _("⏸️ Pause")),
    ]
    chosen = yield from choose("change", lines, options, sensitive=True)
    if chosen.id == WHEN:
        now = replace(now, steps=(yield from _ask_when()))
    elif chosen.id == SAFE:
        now = replace(now, safe=(yield from _ask_safe()))
    elif chosen.id == PAUSE:
        days = yield from _ask_pause()
        now = replace(now, paused_until=opening.today + timedelta(days=days))
    else:
        now = replace(now, paused_until=None)
    yield from perform("keep", KeepWishes(now))
    yield from say(Line(_("✅ Done. It counts from now on."), Style.NOTE))
    return Ended("kept", then="wishes")


def _when(now: Wishes) -> Text:
    """How it is now; what an older release kept has no words of its own."""
    for steps, label in STEPS.values():
        if steps == now.steps:
            return label
    return _("🔔 As you said before")


def _ask_when() -> Flow[tuple[str, ...] | None]:
    lines: list[Text | Line] = [
        Line(_("🔔 When shall I remind you?"), Style.TITLE),
        _("Of lessons and appointments. The dates of your papers have their own days."),
    ]
    options = [Option(key, label) for key, (_steps, label) in STEPS.items()]
    return STEPS[(yield from choose("when", lines, options, sensitive=True)).id][0]


def _ask_safe() -> Flow[Safe]:
    lines: list[Text | Line] = [
        Line(_("🕗 When are you alone with this phone?"), Style.TITLE),
        _("I remind you then, a little earlier if need be, never later."),
    ]
    options = [Option(key.value, label) for key, label in SAFES.items()]
    return Safe((yield from choose("safe", lines, options, sensitive=True)).id)


def _ask_pause() -> Flow[int]:
    lines: list[Text | Line] = [
        Line(_("⏸️ For how long?"), Style.TITLE),
        _("Until then I remind you of nothing. Your places and appointments stay."),
    ]
    options = [Option(key, label) for key, (_days, label) in PAUSES.items()]
    return PAUSES[(yield from choose("pause", lines, options, sensitive=True)).id][0]
