"""What the shell's loops tell about themselves: counts and events, never what anybody wrote."""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """Where counts and events go. Names and fields come from an allow-list of the receiver."""

    def count(self, event: str, amount: int = 1) -> None:
        """Add to a counter."""

    def note(self, event: str, **fields: int | float | str) -> None:
        """Write an event; a field is a number or a word of the program, never of a person."""

    def called(self, method: str, result: str, seconds: float) -> None:
        """Note a call of the Bot API, what became of it and how long it took."""


class Silent:
    """Tells nobody; for tests and tools."""

    def count(self, event: str, amount: int = 1) -> None:
        """Nothing is counted."""

    def note(self, event: str, **fields: int | float | str) -> None:
        """Nothing is written."""

    def called(self, method: str, result: str, seconds: float) -> None:
        """Nothing is noted."""
