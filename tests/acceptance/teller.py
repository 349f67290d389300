"""Tells a report over a phone as a person does, by the options of each screen, in any language."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.acceptance.town import Person

BASICS = ("go", "adult", "worker", "construction", "K01", "ok", "no", "MB")
ENOUGH = ("enough", "inform", "ok")
BY_CODE = ("no", "code")
SENT = ("send", "yes")
CODED = ("show", "have")
CODE = re.compile(r"\d{4} \d{4} \d{4} \d{4}")
ON = ("ok", "done", "skip", "-", "no", "go")
"""What leads on from most questions, the first of these that is there."""


@dataclass
class Teller:
    """Somebody who tells; `seen` is every line of every screen on the way."""

    person: Person
    seen: set[str] = field(default_factory=set)

    def look(self) -> None:
        """Remember what the screen says."""
        screen = self.person.screen
        self.seen |= {line for line in screen.text.splitlines() if line.strip()}
        self.seen |= set(screen.labels)
        self.seen |= {line for popup in self.person.popups for line in popup.splitlines()}

    @property
    def options(self) -> list[str]:
        """What can be tapped."""
        return [data.split(":", 2)[2] for data in self.person.screen.data]

    @property
    def codes(self) -> list[str]:
        """The codes that came up, with and without their spaces."""
        found = [code for popup in self.person.popups for code in CODE.findall(popup)]
        return [*found, *(code.replace(" ", "") for code in found)]

    async def chooses(self, *options: str) -> None:
        """Tap one option after the other, on whichever page of a list it is."""
        for wanted in options:
            while wanted not in self.options and "+" in self.options:
                await self._taps("+")
            await self._taps(wanted)

    async def _taps(self, option: str) -> None:
        shown = self.person.screen
        assert option in self.options, f"no {option!r} among {self.options} of: {shown.text}"
        await self.person.taps(data=shown.data[self.options.index(option)])
        self.look()

    async def goes_on(self) -> None:
        """Pass over a question, without an answer where that is allowed."""
        found = [one for one in ON if one in self.options]
        assert found, f"no way on among {self.options} of: {self.person.screen.text}"
        await self._taps(found[0])

    async def passes_to(self, key: str) -> None:
        """Pass over questions until the one that takes words and a voice."""
        marks = {"story": "shift", "files": "keep"}
        for _question in range(30):
            if marks[key] in self.options and (key == "story") != ("copy" in self.options):
                return
            await self.goes_on()
        raise AssertionError(f"{key} never came: {self.person.screen.text}")

    async def hurries_to(self, option: str, *, ending: str = "code", words: str = "") -> None:
        """Pass over questions until a page offers something; nobody else looks at this phone.

        `words` answer the first question that takes nothing else.
        """
        for _question in range(40):
            if option in self.options:
                return
            if words and set(self.options) == {"-", "why", "<", "!", "?"}:
                await self.writes(words)
                words = ""
            elif "nothing" in self.options:
                await self._taps(ending)
            elif set(self.options) & {"yes", "no"} and ending == "line":
                await self._taps("no" if "no" in self.options else "-")
            else:
                await self.goes_on()
        raise AssertionError(f"{option} never came: {self.person.screen.text}")

    async def closes(self) -> None:
        """Tap *Close now*; the page that follows is not remembered."""
        shown = self.person.screen
        await self.person.taps(data=shown.data[self.options.index("!")])

    async def writes(self, text: str | None = None, **what: Any) -> None:
        """Write, or send something else."""
        await self.person.sends(text, **what)
        self.look()
