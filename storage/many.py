"""A statement compiled once, so that a thousand rows do not pay for SQL a thousand times."""

from __future__ import annotations

from collections.abc import Callable
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, Connection, Dialect, LargeBinary
from sqlalchemy.sql.dml import UpdateBase

NATIVE = (Boolean, LargeBinary)  # both drivers take bool and bytes as they are


class Many:
    """Executes one statement for many rows, each a dictionary of its parameters.

    SQLAlchemy's own path looks at every parameter of every row anew; this one does so once for
    the statement, which makes a row some five times cheaper. The rows are used up.
    """

    __slots__ = ("_fixed", "_processes", "_sql", "_values")

    def __init__(
        self, statement: UpdateBase, dialect: Dialect, columns: list[str] | None = None
    ) -> None:
        compiled = statement.compile(dialect=dialect, column_keys=columns)
        self._sql = str(compiled)
        names = {bind: compiled.bind_names[bind] for bind in compiled.bind_names}
        self._fixed = {name: bind.value for bind, name in names.items() if not bind.required}
        self._processes: list[tuple[str, Callable[[Any], Any]]] = []
        for bind, name in names.items():
            process = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if process is not None and bind.required and not isinstance(bind.type, NATIVE):
                self._processes.append((name, process))
        places = compiled.positiontup if compiled.positional else None
        self._values = None if places is None else _values(places)

    def run(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        """Execute it for these rows."""
        for name, process in self._processes:
            for row in rows:
                row[name] = process(row[name])
        if self._fixed:
            for row in rows:
                row.update(self._fixed)
        values = self._values
        connection.exec_driver_sql(self._sql, rows if values is None else [*map(values, rows)])


def _values(names: list[str]) -> Callable[[dict[str, Any]], tuple[Any, ...]]:
    if len(names) == 1:
        return lambda row: (row[names[0]],)
    values: Callable[[dict[str, Any]], tuple[Any, ...]] = itemgetter(*names)
    return values
