"""A process builds the statements of a kind of database once: some thousand tests open one each."""

from __future__ import annotations

from functools import cache

from sqlalchemy import Dialect

import storage.database
from storage.statements import Statements

_BUILT: dict[tuple[str, str], Statements] = {}


def _built(dialect: Dialect) -> Statements:
    """The statements for this kind of database, as they were built for the first one."""
    kind = dialect.name, dialect.driver
    if kind not in _BUILT:
        _BUILT[kind] = Statements(dialect)
    return _BUILT[kind]


@cache
def build_once() -> None:
    """Let every database of this process share what was built."""
    vars(storage.database)["Statements"] = _built
