"""Statements compiled once, so that a thousand rows do not pay for SQL a thousand times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import Boolean, Connection, Dialect, LargeBinary, Select, bindparam
from sqlalchemy.sql import ColumnElement
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


class Among:
    """Selects the rows whose key is among many, as the driver gives them.

    It is compiled for a few sizes; the last key fills up the next larger one.
    """

    __slots__ = ("_column", "_dialect", "_sizes", "_statement")

    def __init__(
        self, statement: Select[Any], column: ColumnElement[Any], dialect: Dialect
    ) -> None:
        self._statement = statement
        self._column = column
        self._dialect = dialect
        self._sizes: dict[int, str] = {}

    def find(self, connection: Connection, keys: Sequence[Any]) -> Sequence[Sequence[Any]]:
        """The rows of these keys, of which there is at least one."""
        size = 1 << (len(keys) - 1).bit_length()
        sql = self._sizes.get(size)
        if sql is None:
            sql = self._sizes[size] = self._compiled(size)
        full = [*keys, *[keys[-1]] * (size - len(keys))]
        named = not self._dialect.positional
        given = {f"k{n}": key for n, key in enumerate(full)} if named else tuple(full)
        return connection.exec_driver_sql(sql, given).all()

    def _compiled(self, size: int) -> str:
        keys = [bindparam(f"k{n}", type_=self._column.type) for n in range(size)]
        return str(self._statement.where(self._column.in_(keys)).compile(dialect=self._dialect))
