"""Reads the fields of a form one by one, and remembers what is wrong with each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, time

from flows.text import Text, _

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST_NUMBER = 6


class Typed(dict[str, str]):
    """What stands in the fields of a form: nothing, where nobody said anything."""

    def __missing__(self, name: str) -> str:
        return ""


class Fields:
    """What was typed. `wrong` says of a field, by its name, what is not right yet."""

    def __init__(self, form: Mapping[str, str]) -> None:
        self._form = form
        self.wrong: dict[str, Text] = {}

    def refuse(self, name: str, why: Text) -> None:
        """Say what is wrong with a field; what was said first stays."""
        self.wrong.setdefault(name, why)

    def are_right(self, *names: str) -> bool:
        """Whether nothing is wrong with these fields."""
        return not any(name in self.wrong for name in names)

    def words(self, name: str, longest: int) -> str:
        """Words with the line ends of every browser; what is too long is refused, never cut."""
        written = self._form.get(name, "").strip().replace("\r\n", "\n")
        if len(written) > longest:
            self.refuse(name, _("This is too long: {count} letters at most.", count=longest))
        return written[:longest]

    def line(self, name: str, longest: int, *, needed: Text | None = None) -> str:
        """Words in one line; `needed` is said where there are none."""
        written = " ".join(self.words(name, longest).split())
        if needed is not None and not written:
            self.refuse(name, needed)
        return written

    def tick(self, name: str) -> bool:
        """Whether a box is ticked."""
        return self._form.get(name, "") == "1"

    def one(self, name: str, known: Collection[str]) -> str:
        """One of a list; nothing where another was sent, which is said."""
        written = self._form.get(name, "")
        if written in known:
            return written
        if written:
            self.refuse(name, _("Choose one of the list."))
        return ""

    def number(self, name: str, least: int, most: int, *, otherwise: int | None = None) -> int:
        """A whole number; `otherwise` where nothing was typed."""
        written = self._form.get(name, "").strip()
        if not written and otherwise is not None:
            return otherwise
        found = int(written) if written.isdecimal() and len(written) <= LONGEST_NUMBER else -1
        if not least <= found <= most:
            why = _("Write a number from {least} to {most}.", least=least, most=most)
            self.refuse(name, why)
            return least
        return found

    def day(self, name: str) -> date | None:
        """A day; that one is missing is said."""
        try:
            found = date.fromisoformat(self._form.get(name, "").strip())
        except ValueError:
            self.refuse(name, _("Choose a day."))
            return None
        if not FIRST_YEAR <= found.year < LAST_YEAR:
            self.refuse(name, _("Nobody plans so far away: look at the year."))
            return None
        return found

    def clock(self, name: str) -> time | None:
        """A time of the day."""
        try:
            found = time.fromisoformat(self._form.get(name, "").strip())
        except ValueError:
            found = None
        if found is None or found.tzinfo is not None:
            self.refuse(name, _("This is no time: write it like 10:30."))
            return None
        return found.replace(second=0, microsecond=0)
