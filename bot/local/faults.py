"""Makes the local Telegram fail the way the real one does, when and as often as it is told.

The download of a file is the method `file`; `cut` breaks it off in the middle. `general` deletes
the topic a message is for in that moment, and the message lands in General. A 429 with `per_minute`
comes only when so many calls of a minute have gone through.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

KINDS = ("429", "403", "400", "500", "drop_after", "drop_before", "slow", "down", "cut", "general")
MINUTE_SECONDS = 60.0
_WORDS = {
    "403": "Forbidden: bot was blocked by the user",
    "400": "Bad Request: message can't be edited",
    "500": "Internal Server Error",
}


@dataclass(slots=True)
class Fault:
    """One way to fail. `times` counts down; `until` is on the server's own clock."""

    id: int
    method: str
    kind: str
    retry_after: int = 1
    description: str = ""
    seconds: float = 0.0
    times: int | None = None
    until: float | None = None
    chat_id: int | None = None
    probability: float = 1.0
    per_minute: int = 0
    passed: deque[float] = field(default_factory=deque)
    dice: random.Random = field(default_factory=lambda: random.Random(0))  # noqa: S311 - repeatable
    hits: int = 0

    def as_json(self) -> dict[str, Any]:
        """Show the fault as `/sim/` gives it."""
        shown: dict[str, Any] = {
            "id": self.id,
            "method": self.method,
            "kind": self.kind,
            "times": self.times,
            "hits": self.hits,
        }
        if self.kind == "429":
            shown["retry_after"] = self.retry_after
        if self.description:
            shown["description"] = self.description
        if self.seconds:
            shown["seconds"] = self.seconds
        if self.chat_id is not None:
            shown["chat_id"] = self.chat_id
        if self.probability < 1:
            shown["probability"] = self.probability
        if self.per_minute:
            shown["per_minute"] = self.per_minute
        return shown

    def lets_pass(self, now: float) -> bool:
        """Whether there is room for one more call in this minute; it is counted then."""
        while self.passed and self.passed[0] <= now - MINUTE_SECONDS:
            self.passed.popleft()
        if len(self.passed) >= self.per_minute:
            return False
        self.passed.append(now)
        return True

    @property
    def words(self) -> str:
        """Give the description this fault answers with."""
        return self.description or _WORDS.get(self.kind, "")


class Faults:
    """The faults that are on."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._last = 0
        self.active: dict[int, Fault] = {}

    def add(self, wish: dict[str, Any]) -> Fault:
        """Switch a fault on.

        Raises: ValueError when the kind is unknown.
        """
        kind = str(wish.get("kind", ""))
        if kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}")
        self._last += 1
        seconds = float(wish.get("seconds") or 0)
        fault = Fault(
            id=self._last,
            method=str(wish.get("method") or "*").lower(),
            kind=kind,
            retry_after=int(wish.get("retry_after") or 1),
            description=str(wish.get("description") or ""),
            seconds=seconds or (1.0 if kind == "slow" else 0.0),
            times=None if wish.get("times") is None else int(wish["times"]),
            chat_id=None if wish.get("chat_id") is None else int(wish["chat_id"]),
            probability=float(wish.get("probability", 1)),
            per_minute=int(wish.get("per_minute") or 0),
            dice=random.Random(wish.get("seed", 0)),  # noqa: S311 - repeatable, not secret
        )
        if seconds and kind != "slow":
            fault.until = self._monotonic() + seconds
        self.active[fault.id] = fault
        return fault

    def remove(self, fault_id: int | None) -> int:
        """Switch one fault off, or all; give how many."""
        if fault_id is None:
            count = len(self.active)
            self.active.clear()
            return count
        return 1 if self.active.pop(fault_id, None) else 0

    def due(self, method: str, chat_id: Any) -> Fault | None:
        """Find the fault this call runs into, and count it."""
        for fault in list(self.active.values()):
            if fault.until is not None and self._monotonic() >= fault.until:
                del self.active[fault.id]
                continue
            if fault.method not in ("*", method):
                continue
            if fault.chat_id is not None and str(fault.chat_id) != str(chat_id):
                continue
            if fault.probability < 1 and fault.dice.random() >= fault.probability:
                continue
            if fault.per_minute and fault.lets_pass(self._monotonic()):
                continue
            fault.hits += 1
            if fault.times is not None:
                fault.times -= 1
                if fault.times <= 0:
                    del self.active[fault.id]
            return fault
        return None
