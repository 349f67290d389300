"""What somebody wants who asks for a person, while they say it."""

from __future__ import annotations

from dataclasses import dataclass

from flows.handoff_model import Asked, Helper, Medium, Need, Safe, Urgency, Who
from flows.steps import Line, Style
from flows.talk_words import INTERPRETER, MEDIUMS, NEEDS, SAFES, URGENCIES, WHOS
from flows.text import Text, _, verbatim

WORDS_SHOWN = 120


@dataclass(slots=True)
class Wish:
    """What the flow knows; run again from its log it comes out the same."""

    need: Need
    helper: Helper
    who: Who = Who.ANYBODY
    medium: Medium = Medium.TEXT
    safe: Safe = Safe.ALWAYS
    interpreter: bool = False
    urgency: Urgency = Urgency.NORMAL
    about: str = ""
    words: str = ""
    voice: str = ""
    level: int | None = None

    def asked(self) -> Asked:
        """What goes to whoever answers."""
        return Asked(
            need=self.need,
            desk=self.helper.key,
            who=self.who,
            medium=self.medium,
            safe=self.safe,
            interpreter=self.interpreter,
            urgency=self.urgency,
            about=self.about,
            words=self.words,
            level=self.level,
            voice=self.voice,
        )

    def rows(self) -> list[Text | Line]:
        """What was said, one line each; what is as everybody has it is not said."""
        return [
            NEEDS[self.need],
            *([_quoted(self.words)] if self.words else []),
            *([_("🎙️ Your voice message")] if self.voice else []),
            *([WHOS[self.who]] if self.who is not Who.ANYBODY else []),
            *([INTERPRETER[True]] if self.interpreter else []),
            *([MEDIUMS[self.medium]] if self.medium is not Medium.TEXT else []),
            *([SAFES[self.safe]] if self.safe is not Safe.ALWAYS else []),
            *([URGENCIES[self.urgency]] if self.urgency is not Urgency.NORMAL else []),
        ]


def _quoted(words: str) -> Line:
    cut = words if len(words) <= WORDS_SHOWN else words[:WORDS_SHOWN].rstrip() + "…"
    return Line(verbatim(cut), Style.QUOTE)
