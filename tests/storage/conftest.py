"""One suite on SQLite and on a real PostgreSQL: each test has a database of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import make_url

from storage.database import KEY_FILE, Database, default_url
from storage.writer import Writer
from tests.postgresql import Server

ENGINES = ("sqlite", "postgresql")


@dataclass(frozen=True)
class Place:
    """Where a test keeps its data: a folder, and the URL of a database that is its own."""

    engine: str
    url: str
    data: Path

    def open(self, **more: object) -> Database:
        """Open the database as the bot does."""
        return Database.open(self.url, data=self.data, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def ready(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Place]:
    """A migrated, empty database of an engine with its key, made once and copied for each test."""
    made: dict[str, Place] = {}

    def make(engine: str) -> Place:
        if engine not in made:
            data = tmp_path_factory.mktemp(f"ready-{engine}")
            url = default_url(data)
            if engine == "postgresql":
                server: Server = request.getfixturevalue("server")
                url = server.url(server.create())
            Database.open(url, data=data).close()
            made[engine] = Place(engine, url, data)
        return made[engine]

    return make


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """Each test that asks for a database runs once on each engine."""
    return str(request.param)


@pytest.fixture
def empty_place(request: pytest.FixtureRequest, engine: str, tmp_path: Path) -> Iterator[Place]:
    """A place where nothing was ever kept: no key, no table."""
    data = tmp_path / "data"
    if engine == "sqlite":
        yield Place(engine, default_url(data), data)
        return
    server: Server = request.getfixturevalue("server")
    name = server.create()
    yield Place(engine, server.url(name), data)
    server.drop(name)


@pytest.fixture
def place(
    request: pytest.FixtureRequest, engine: str, tmp_path: Path, ready: Callable[[str], Place]
) -> Iterator[Place]:
    """A place with a key and an empty database that is up to date."""
    template = ready(engine)
    data = tmp_path / "data"
    (data / KEY_FILE).parent.mkdir(mode=0o700, parents=True)
    shutil.copy2(template.data / KEY_FILE, data / KEY_FILE)
    if engine == "sqlite":
        shutil.copy2(template.data / "antenna.db", data / "antenna.db")
        yield Place(engine, default_url(data), data)
        return
    server: Server = request.getfixturevalue("server")
    name = server.create(like=make_url(template.url).database)
    yield Place(engine, server.url(name), data)
    server.drop(name)


@pytest.fixture
def database(place: Place) -> Iterator[Database]:
    """An open database."""
    database = place.open(busy_seconds=5.0)
    yield database
    database.close()


@pytest.fixture
def writer(database: Database) -> Iterator[Writer]:
    """A writer of that database: one thread on SQLite, three on PostgreSQL."""
    writer = Writer(database, threads=3)
    yield writer
    with suppress(RuntimeError):
        writer.close()
