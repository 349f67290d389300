"""Reads tables of courses as spreadsheets write them, and writes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import time

from bot.exchange.cells import guarded, rows, unguarded
from bot.exchange.columns import COLUMNS, Column, plain_name
from bot.exchange.draft import Draft, Fields, Value
from bot.exchange.mistakes import FieldError, FileError, Mistake
from flows.text import _

MOST_ROWS = 500


def read_table(text: str) -> tuple[Draft, ...]:
    """The courses of a table.

    Raises:
        FileError: with every mistake there is, by line and column.
    """
    found_rows = rows(text)
    line, header = next(found_rows, (1, []))
    columns, mistakes = read_header(line, header, COLUMNS)
    if mistakes:
        raise FileError(tuple(mistakes))
    found: list[Draft] = []
    for line, cells in found_rows:
        if not any(cell.strip() for cell in cells):
            continue
        fields, wrong = read_fields(line, columns, cells)
        found.append(Draft(line, fields))
        mistakes += wrong
        if len(found) > MOST_ROWS:
            mistakes.append(Mistake(line, "", _("These are more than {count} courses.", count=500)))
            break
    mistakes += find_twice(found)
    if not found:
        mistakes.append(Mistake(line, "", _("There is no course in this file.")))
    if mistakes:
        raise FileError(tuple(mistakes))
    return tuple(found)


def read_header(
    line: int, cells: list[str], every: Iterable[Column]
) -> tuple[list[Column | None], list[Mistake]]:
    """The columns that a table has, by their names in its first line, and what is wrong there."""
    by_name = {plain_name(name): column for column in every for name in column.names}
    columns = [by_name.get(plain_name(cell)) for cell in cells]
    mistakes = [
        Mistake(line, cell.strip(), _("There is no column of this name."))
        for cell, column in zip(cells, columns, strict=True)
        if column is None and cell.strip()
    ]
    known = [column for column in columns if column is not None]
    mistakes += [
        Mistake(line, column.name, _("This column is there twice."))
        for place, column in enumerate(known)
        if column in known[:place]
    ]
    mistakes += [
        Mistake(line, column.name, _("This column is missing."))
        for column in every
        if column.needed and column not in known
    ]
    return columns, mistakes


def read_fields(
    line: int, columns: list[Column | None], cells: list[str]
) -> tuple[Fields, list[Mistake]]:
    """What one line says, and what is wrong in it; an empty cell says nothing."""
    fields: Fields = {}
    mistakes = []
    if any(cell.strip() for cell in cells[len(columns) :]):
        mistakes.append(Mistake(line, "", _("This line has more cells than the first one.")))
    for column, cell in zip(columns, [*cells, *[""] * len(columns)], strict=False):
        if column is None:
            continue
        if not cell.strip():
            if column.needed:
                mistakes.append(Mistake(line, column.name, _("Something has to stand here.")))
            continue
        try:
            fields[column.field] = column.read(unguarded(cell))
        except FieldError as error:
            mistakes.append(Mistake(line, column.name, error.why))
    return fields, mistakes


def find_twice(found: Iterable[Draft]) -> Iterator[Mistake]:
    """Lines with an id that stood in one before."""
    seen: dict[Value, int] = {}
    for draft in found:
        line, ref = draft.line, draft.fields.get("ref")
        if ref is not None and ref in seen:
            why = _("The same id stands in line {line}.", line=seen[ref])
            yield Mistake(line, "id", why)
        seen.setdefault(ref, line)


def write_table(courses: Iterable[Mapping[str, object]]) -> str:
    """A table of courses that `read_table` reads again; no cell of it is taken for a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    for course in courses:
        writer.writerow([guarded(_cell(column, course)) for column in COLUMNS])
    return written.getvalue()


def _cell(column: Column, course: Mapping[str, object]) -> str:
    value = course[column.field]
    if column.field == "cost_cents":
        cents = int(str(value))
        return f"{cents // 100},{cents % 100:02}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return ",".join(value)
    return "" if value is None else str(value)
