"""What becomes of an update, as far as those around a turn know it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.voices.wish import Wish
from bot.workshop import Asker
from flows.effects import Effect, Json
from storage.outbox import Outgoing, Row
from storage.unit import Unit


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of an update from outside its transaction.

    `ready` are results of slow effects that were done for it. `more`: others of a quick series wait
    behind it, and the screen is drawn for the last of them. `afresh`: it went wrong; begin anew.
    """

    ready: Mapping[Effect[object], Json] = field(default_factory=dict)
    more: bool = False
    afresh: bool = False


ALONE = Around()


class Taken(StrEnum):
    """What became of an update; the only thing the shell tells its counters."""

    ANSWERED = "answered"
    REPEATED = "repeated"
    IGNORED = "ignored"
    LEFT = "left"
    MEMBER = "member"
    RESET = "reset"
    FORGOTTEN = "forgotten"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class Turned:
    """What became of an update, the rows of the outbox it led to, and who is forgotten now.

    `unkept` is sent without ever being written down. `wants`: nothing became of it yet, something
    slow has to be done first, for whom. `stirred` are the conversations with operators that are not
    as they were. `wish` is what somebody wants to hear.
    """

    taken: Taken
    rows: list[Row]
    forgotten: int | None = None
    unkept: tuple[Outgoing, ...] = ()
    wants: Effect[object] | None = None
    asker: Asker | None = None
    stirred: frozenset[int] = frozenset()
    wish: Wish | None = None


@dataclass(slots=True)
class Apart:
    """What a turn leads to that is written nowhere."""

    unkept: list[Outgoing] = field(default_factory=list)
    wish: Wish | None = None


Take: TypeAlias = Callable[[Unit], Turned]


@dataclass(frozen=True, slots=True)
class Washing:
    """The messages of one chat whose time has come."""

    person_id: int
    chat_id: int
    message_ids: list[int]
