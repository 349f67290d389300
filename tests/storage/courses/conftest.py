"""What the tests of courses share: a transaction, the keys, and somebody who runs courses."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from storage.database import Database
from storage.operators import Operator
from storage.vault import Vault
from tests.storage.cases.desk import an_office, an_operator


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """A transaction of its own."""
    with database.writing() as connection:
        yield connection


@pytest.fixture
def vault(database: Database) -> Vault:
    """The keys."""
    return database.vault


@pytest.fixture
def teacher(connection: Connection) -> Operator:
    """An operator of an office that has courses."""
    return an_operator(connection, an_office(connection))
