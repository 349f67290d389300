"""Which flows there are, what opens them, and how they stand to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from flows.engine import Ended
from flows.opening import Opening
from flows.steps import Flow

HOME = "home"
ONBOARDING = "onboarding"
CLEAN = "clean"
FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Entry:
    """A flow and its manners.

    `over`: it opens over another flow and returns to it. `resumable`: when it is interrupted it is
    offered again; a `form` also when the person went home. `leaves`: it shows the way home.
    `helps`: it shows the way to the numbers to call.
    """

    conduct: Callable[[Opening], Flow[Ended]]
    over: bool = False
    resumable: bool = False
    form: bool = False
    leaves: bool = True
    helps: bool = True


@dataclass(frozen=True, slots=True)
class Flows(Mapping[str, Entry]):
    """Every flow by name, and the commands that open them."""

    entries: Mapping[str, Entry]
    commands: Mapping[str, str]
    help: str

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)
