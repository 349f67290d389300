"""Choosing a language, by its own name in its own script."""

from __future__ import annotations

from flows.effects import RememberLanguage, RememberSpoken
from flows.engine import Ended
from flows.opening import Opening
from flows.steps import Flow, Line, Option, Style, ask_pad, perform
from flows.text import verbatim

COLUMNS = 2
"""Two names side by side: nobody has to look for a second page in a language they cannot read."""


def pick_language(opening: Opening) -> Flow[None]:
    """Show every language there is, all at once, the person's own first; no word of it needs
    translation. Then remember it: what they read, and where that is another one, what they hear."""
    own = opening.person.language
    tongues = sorted(opening.house.tongues, key=lambda tongue: tongue.code != own)
    greetings = [Line(verbatim(f"🌐 {tongue.greeting}"), Style.BODY) for tongue in tongues[:4]]
    options = [Option(tongue.code, verbatim(tongue.name)) for tongue in tongues]
    spoken = {one.code: one for one in opening.house.spoken}
    options += [Option(one.code, verbatim(f"🔊 {one.name}")) for one in spoken.values()]
    code = yield from ask_pad("language", greetings, options, COLUMNS)
    reads = spoken[code].reads if code in spoken else code
    yield from perform("remember", RememberLanguage(reads))
    if spoken:
        yield from perform("hear", RememberSpoken(code if code in spoken else ""))


def language(opening: Opening) -> Flow[Ended]:
    """Change the language in the middle of anything; everything goes on where it was."""
    yield from pick_language(opening)
    return Ended("changed")
