"""Which flows there are, what opens them, and how they stand to each other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from flows.engine import Ended, Session
from flows.opening import Opening
from flows.steps import Flow

HOME = "home"
ONBOARDING = "onboarding"
CLEAN = "clean"
FORGET = "forget"
CLOSE = "close"
WORD = "word"
PUSHED = "push"
"""In a button that hangs on no screen, in the place of a session: `push:0:<flow>` opens a flow, and
`push:0:<flow>/<at>` opens it at something."""
ALOUD = f"{PUSHED}:0:>"
"""On a button of such a message: read it aloud."""
SESSION_BYTES = 6
"""Of so much chance the id of a session is made."""
VEIL = "~"
"""How the id of a secret session begins, so that a button of one that is gone says what it was."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A flow and its manners.

    `over`: it opens over another flow and returns to it. `resumable`: when it is interrupted it is
    offered again; a `form` also when the person went home. `leaves`: it shows the way home.
    `helps`: it shows the way to the numbers to call. `backs`: it shows the way back.

    `secret`: what is told in it is kept only under keys that are never on a disk, for `lives` after
    the last answer and for two days in all; nothing stays of it, and its screen leaves the chat
    soon. `closes`: in place of the way home it shows the one that empties the chat at once.
    `apart`: values of `at` that make it another thing (practice), so that one is never taken for
    the other. `pushed`: the button of a message that hangs on no screen may open it; with `points`
    that button also says about which thing. `alone`: when it opens, all that was under way is set
    aside, so that nothing secret waits under it. `searches`: words that no question of it asked for
    are looked up.
    """

    conduct: Callable[[Opening], Flow[Ended]]
    over: bool = False
    resumable: bool = False
    form: bool = False
    leaves: bool = True
    helps: bool = True
    backs: bool = True
    secret: bool = False
    lives: timedelta = timedelta(hours=24)
    closes: bool = False
    apart: frozenset[str] = frozenset()
    pushed: bool = False
    points: bool = False
    alone: bool = False
    searches: bool = False


@dataclass(frozen=True, slots=True)
class Flows(Mapping[str, Entry]):
    """Every flow by name, and the commands that open them.

    `media` is opened when somebody sends a photo, a voice message or a file that no question asked
    for, with `at` saying which of them; the file itself is not kept. `danger` is opened over all
    else by words of somebody who may be in danger. `search` is opened by words that are looked up,
    with `at` saying what was found.
    """

    entries: Mapping[str, Entry]
    commands: Mapping[str, str]
    help: str
    media: str = ""
    danger: str = ""
    search: str = ""

    def is_secret(self, *sessions: Session) -> bool:
        """Whether one of these sessions is of a secret flow."""
        return any(self.entries[session.flow].secret for session in sessions)

    def __getitem__(self, name: str) -> Entry:
        return self.entries[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)
