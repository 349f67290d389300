"""Where in a calendar file each event and each of its properties stands: parsers do not say it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

_NAME = re.compile(r"([A-Za-z0-9-]+)[;:]")


@dataclass(frozen=True, slots=True)
class Place:
    """The line where an event begins, and of every property its first line."""

    line: int
    properties: Mapping[str, int] = field(default_factory=dict)

    def of(self, name: str) -> int:
        """Where a property stands; the event itself, where it has none of this name."""
        return self.properties.get(name, self.line)


def places(text: str) -> list[Place]:
    """The places of all events, in their order; what stands in an alarm belongs to nobody."""
    found: list[Place] = []
    inside: list[str] = []
    properties: dict[str, int] = {}
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), 1):
        if line.startswith((" ", "\t")):
            continue
        mark = line.strip().upper()
        if mark.startswith("BEGIN:"):
            inside.append(mark[6:])
            if mark == "BEGIN:VEVENT":
                properties = {}
                found.append(Place(number, properties))
        elif mark.startswith("END:") and inside:
            inside.pop()
        elif inside and inside[-1] == "VEVENT" and (name := _NAME.match(line)):
            properties.setdefault(name[1].upper(), number)
    return found
