"""The directory as a new house begins: the national contacts, taken in once, to be checked."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.exchange.services import bring_in_services, read_services
from storage.audit import TERMINAL
from storage.database import Database
from storage.remembered import recall, remember

FILE = Path("services") / "national.csv"
BEGUN = "services begun"


def begin_directory(database: Database, locales: Path, now: datetime) -> int:
    """Take in what the house knows where nobody ever did; how many services that is.

    What was deleted since does not come back. A day on which it was checked is that of its source:
    what is older than people may be shown waits until somebody has seen it again.
    """
    with database.reading() as connection:
        if recall(connection, BEGUN) is not None:
            return 0
    drafts = read_services((locales / FILE).read_bytes())
    with database.writing() as connection:
        if recall(connection, BEGUN) is not None:  # another process was quicker
            return 0
        brought = bring_in_services(connection, drafts, operator_id=TERMINAL, now=now)
        remember(connection, BEGUN, now.date().isoformat())
        connection.commit()
    return len(brought.added)
