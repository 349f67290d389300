"""The reports as the shell holds them: one object, safe for the threads of workshop and console."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from storage.reports.database import ReportsDatabase
from storage.reports.house import House
from storage.reports.store import REPORT_DAYS
from storage.vault import FULL_EFFORT, Effort


class Reports(House):
    """Everything that can be done with the reports: `Sender`, `Office` and `House` in one."""

    @classmethod
    def open(
        cls,
        url: str,
        *,
        data: Path,
        report_days: int = REPORT_DAYS,
        effort: Effort = FULL_EFFORT,
        migrate: bool = True,
        at: Callable[[str], None] | None = None,
    ) -> Reports:
        """Open the reports' database, or make it. Call `start` before the first code is given.

        Raises: DatabaseError, NewerDatabaseError, VaultError: nothing was changed.
        """
        database = ReportsDatabase.open(url, data=data, effort=effort, migrate=migrate)
        return cls(database, report_days=report_days, at=at)
