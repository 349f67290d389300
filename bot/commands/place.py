"""What every command is given: settings, options, the clock, and ways to speak."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from bot.clock import Clock
from bot.settings import Settings
from storage.database import Database
from storage.reports.database import ReportsDatabase

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "locales"
CONTENT = LOCALES / "content"


class RefusedError(Exception):
    """The command does not go on; the message says why and what to do."""


class Place:
    """The surroundings of one command."""

    def __init__(
        self, settings: Settings, options: argparse.Namespace, clock: Clock | None = None
    ) -> None:
        self.settings = settings
        self.options = options
        self.clock = clock or Clock()

    @property
    def today(self) -> date:
        """The day in UTC."""
        return self.clock.now().date()

    @contextmanager
    def database(self) -> Iterator[Database]:
        """The database of the settings, open for as long as it is used."""
        database = Database.open(self.settings.database_url, data=self.settings.data)
        try:
            yield database
        finally:
            database.close()

    @contextmanager
    def reports(self) -> Iterator[ReportsDatabase | None]:
        """The reports' database; none where the bot has not made one yet."""
        if not self.settings.salt_path.exists():
            yield None
            return
        url, data = self.settings.reports_url, self.settings.data
        reports = ReportsDatabase.open(url, data=data, migrate=False)
        try:
            yield reports
        finally:
            reports.close()


def say(words: str) -> None:
    """Tell the person at the terminal something that is not the command's result."""
    print(words, file=sys.stderr, flush=True)


class Progress:
    """How far a long command is, on stderr: one line that grows, or one line a tenth."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = -1
        self._lively = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` is done, when it makes a difference to see."""
        share = 100 if total <= 0 else min(100, 100 * done // total)
        step = share if self._lively else share - share % 10
        if step == self._shown:
            return
        self._shown = step
        line = f"{self._what} … {step:3d} %"
        if self._lively:
            print(f"\r{line}", end="\n" if step == 100 else "", file=sys.stderr, flush=True)
        else:
            say(line)
