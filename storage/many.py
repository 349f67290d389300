"""A statement compiled once, so that a thousand rows do not pay for SQL a thousand times."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.sql.dml import UpdateBase


class Many:
    """Executes one statement for many rows, each a mapping of its parameters.

    SQLAlchemy's own path looks at every parameter of every row anew; this one does so once for
    the statement, which makes a row some five times cheaper.
    """

    __slots__ = ("_named", "_plan", "_sql")

    def __init__(
        self, statement: UpdateBase, dialect: Dialect, columns: list[str] | None = None
    ) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        self._sql = str(compiled)
        self._named = not compiled.positional
        named = dict.fromkeys(compiled.bind_names.values())
        names = list(named) if self._named else list(compiled.positiontup or ())
        self._plan = [_plan(compiled.binds[name], name, dialect) for name in names]

    def run(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute it for these rows."""
        plan = self._plan
        if self._named:
            named = [{name: read(row) for name, read in plan} for row in rows]
            connection.exec_driver_sql(self._sql, named)
        else:
            reads = [read for _, read in plan]
            connection.exec_driver_sql(
                self._sql, [tuple([read(row) for read in reads]) for row in rows]
            )


Read = Callable[[Mapping[str, Any]], Any]


def _plan(bind: Any, name: str, dialect: Dialect) -> tuple[str, Read]:
    key = bind.key
    process = bind.type.dialect_impl(dialect).bind_processor(dialect)
    if not bind.required and bind.callable is None and bind.value is not None:
        fixed = process(bind.value) if process else bind.value
        return name, lambda row: fixed
    if process is None:
        return name, lambda row: row[key]
    return name, lambda row: process(row[key])
