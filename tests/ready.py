"""Empty databases that are up to date, with their keys: made once a process, copied for each test.

To make them takes longer than most tests take. How they are made has tests of its own, in
`tests/storage`, and every bot of the fault tests makes them by itself.
"""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from storage.database import Database, default_url
from storage.reports.database import ReportsDatabase, default_reports_url
from storage.vault import LIGHT_EFFORT


def make_ready(data: Path) -> None:
    """Put into a folder what a bot finds there at its second start; what is there stays."""
    if (data / "antenna.db").exists() or (data / "keys").exists():
        return
    (data / "keys").mkdir(mode=0o700, parents=True)
    for name, content in _files().items():
        (data / name).touch(mode=0o600)
        (data / name).write_bytes(content)


def ready_database(data: Path) -> Database:
    """The open database of a folder in which a test begins."""
    make_ready(data)
    return Database.open(default_url(data), data=data)


@cache
def _files() -> dict[Path, bytes]:
    """Every file of an empty house; codes in it cost little."""
    with tempfile.TemporaryDirectory(prefix="antenna-ready-") as folder:
        data = Path(folder)
        Database.open(default_url(data), data=data).close()
        ReportsDatabase.open(default_reports_url(data), data=data, effort=LIGHT_EFFORT).close()
        found = [path for path in data.rglob("*") if path.is_file()]
        return {path.relative_to(data): path.read_bytes() for path in found}
