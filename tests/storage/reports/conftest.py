"""One suite on SQLite and on a real PostgreSQL: each test has reports of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.reports import Reports
from storage.reports.database import SALT_FILE, ReportsDatabase, default_reports_url
from storage.vault import LIGHT_EFFORT
from tests.postgresql import Server
from tests.storage.conftest import ENGINES
from tests.storage.reports.makers import NOON


@dataclass(frozen=True)
class Place:
    """Where a test keeps its reports: a folder, and the URL of a database of their own."""

    engine: str
    url: str
    data: Path

    def open(self, **more: object) -> Reports:
        """Open the reports as the bot does, with codes that cost little."""
        return Reports.open(self.url, data=self.data, effort=LIGHT_EFFORT, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def ready_reports(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Place]:
    """An empty, migrated database with its salt, made once an engine and copied for each test."""
    made: dict[str, Place] = {}

    def make(engine: str) -> Place:
        if engine not in made:
            data = tmp_path_factory.mktemp(f"reports-{engine}")
            url = default_reports_url(data)
            if engine == "postgresql":
                server: Server = request.getfixturevalue("server")
                url = server.url(server.create())
            ReportsDatabase.open(url, data=data, effort=LIGHT_EFFORT).close()
            made[engine] = Place(engine, url, data)
        return made[engine]

    return make


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each test that asks for reports runs once on each engine."""
    return str(request.param)


@pytest.fixture
def place(
    request: pytest.FixtureRequest,
    engine: str,
    tmp_path: Path,
    ready_reports: Callable[[str], Place],
) -> Iterator[Place]:
    """A place with a salt and an empty database that is up to date."""
    template = ready_reports(engine)
    data = tmp_path / "data"
    (data / SALT_FILE).parent.mkdir(mode=0o700, parents=True)
    shutil.copy2(template.data / SALT_FILE, data / SALT_FILE)
    if engine == "sqlite":
        shutil.copy2(template.data / "reports.db", data / "reports.db")
        yield Place(engine, default_reports_url(data), data)
        return
    server: Server = request.getfixturevalue("server")
    name = server.create(like=make_url(template.url).database)
    yield Place(engine, server.url(name), data)
    server.drop(name)


@pytest.fixture
def empty_place(request: pytest.FixtureRequest, engine: str, tmp_path: Path) -> Iterator[Place]:
    """A place where nothing was ever kept: no salt, no table."""
    data = tmp_path / "data"
    if engine == "sqlite":
        yield Place(engine, default_reports_url(data), data)
        return
    server: Server = request.getfixturevalue("server")
    name = server.create()
    yield Place(engine, server.url(name), data)
    server.drop(name)


@pytest.fixture
def reports(place: Place) -> Iterator[Reports]:
    """Open reports; a test that needs a code calls `mailboxes.prepare()` first."""
    reports = place.open()
    yield reports
    reports.close(NOON)
