"""What a machine makes of words, as a page shows it: beside them, marked, never in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.console.foreign import Foreign, show_foreign
from bot.console.languages import language_name
from bot.console.talks.desk import Talks
from bot.console.visit import Visit
from bot.meaning.figures import differ
from bot.meaning.interpreter import OURS, Proposal
from bot.meaning.translator import Why
from bot.relay.cargo import read_meant
from flows.text import Text, _, verbatim
from storage.handoffs import Handoff, Line
from storage.handoffs.meanings import Meaning, State

LOOK_FIRST: Final = _("🤖 Not sent yet. Read what the machine made of it, then send both.")
CHANGED: Final = _("Not sent: the words are not those that were translated. Look at them again.")
TOO_OLD: Final = _("Not sent: the translation is too old. Look at it again.")
READS_ITALIAN: Final = _("The person reads Italian: nothing has to be translated.")
NO_MEANING: Final = _(
    "The translator gives no translation now. Try again, or send your words as they are."
)
NO_MEANINGS: Final[Mapping[Why, Text]] = {
    Why.OFF: _("No machine translates here. Send your words as they are."),
    Why.LANGUAGE: _(
        "The translator does not know this language. Ask for a mediator, or send your words as "
        "they are."
    ),
    Why.LONG: _("This is too long for the translator. Please say it in two parts."),
}
_NOT_MADE: Final[Mapping[State, Text]] = {
    State.LANGUAGE: _("The translator does not know this language."),
    State.LONG: _("This is too long for the translator."),
    State.FAILED: _("The translator cannot do this. Ask for a mediator."),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A translation below a line. `back` is what the machine makes of its own words."""

    head: Text
    words: Foreign | None = None
    language: str = ""
    back: Foreign | None = None
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Ahead:
    """Words that are to be looked at before both are sent."""

    key: str
    text: Foreign
    words: Foreign
    back: Foreign
    language: str
    differs: bool


def of_line(line: Line, meaning: Meaning | None, visit: Visit) -> Shown | None:
    """What stands below a line: for operators what the person means, and what they were told."""
    if line.outward:
        return _told(line)
    if meaning is None or meaning.state is State.SAME:
        return None
    if meaning.state is not State.MADE:
        return Shown(_NOT_MADE[meaning.state])
    name = verbatim(language_name(visit, meaning.language))
    head = _("Translated by a machine. Language: {language}.", language=name)
    words = show_foreign(meaning.text, OURS)
    return Shown(head, words, OURS, differs=differ(line.text, meaning.text))


def _told(line: Line) -> Shown | None:
    meant = read_meant(line.content)
    if meant is None:
        return None
    return Shown(
        _("The person reads first, translated by a machine:"),
        show_foreign(meant.text, meant.language),
        meant.language,
        show_foreign(meant.back, OURS),
        differ(line.text, meant.text),
    )


def translates(talks: Talks, handoff: Handoff) -> bool:
    """Whether words of this conversation can be seen translated."""
    return talks.interpreter is not None and talks.interpreter.is_on and handoff.language != OURS


def ahead(talks: Talks, handoff: Handoff, visit: Visit) -> Ahead | None:
    """What whoever looks had translated here last, and has not sent."""
    if talks.interpreter is None:
        return None
    found = talks.interpreter.newest(handoff.id, visit.operator.id)
    return None if found is None else _ahead(found)


def _ahead(one: Proposal) -> Ahead:
    meant = one.meant
    return Ahead(
        one.key,
        show_foreign(one.text, OURS),
        show_foreign(meant.text, meant.language),
        show_foreign(meant.back, OURS),
        meant.language,
        one.differs,
    )
