"""Takes the directory of services from a table, all of it or nothing, and writes it as one."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.exchange.applying import Brought
from bot.exchange.cells import decoded, guarded, rows
from bot.exchange.draft import Draft
from bot.exchange.mistakes import FileError, Mistake
from bot.exchange.service_columns import COLUMNS
from bot.exchange.table import find_twice, read_fields, read_header
from flows.text import _
from storage.database import Connection
from storage.services.editing import save_service, settled
from storage.services.finding import find_by_ref
from storage.services.model import Service, ServiceForm, form_of

MOST_ROWS = 2000
_NAMES = {column.field: column.name for column in COLUMNS}


def read_services(content: bytes) -> tuple[Draft, ...]:
    """The services of a table.

    Raises:
        FileError: with every mistake there is, by line and column.
    """
    found_rows = rows(decoded(content))
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
            why = _("These are more than {count} services.", count=MOST_ROWS)
            mistakes.append(Mistake(line, "", why))
            break
    mistakes += find_twice(found)
    if not found:
        mistakes.append(Mistake(line, "", _("There is no service in this file.")))
    if mistakes:
        raise FileError(tuple(mistakes))
    return tuple(found)


def bring_in_services(
    connection: Connection, drafts: Sequence[Draft], *, operator_id: int, now: datetime
) -> Brought:
    """Keep every service of a file; one that was brought before is changed and not added again.

    Raises:
        FileError: something cannot be kept; whoever called undoes the transaction.
    """
    told: dict[str, list[str]] = {"added": [], "changed": [], "same": []}
    mistakes: list[Mistake] = []
    for draft in drafts:
        known = find_by_ref(connection, str(draft.fields["ref"]))
        form = _form(draft, known)
        if known is not None and settled(form, now.date()) == form_of(known):
            told["same"].append(known.name)
            continue
        saved = save_service(
            connection,
            form,
            operator_id=operator_id,
            now=now,
            service_id=None if known is None else known.id,
        )
        mistakes += [
            Mistake(draft.line, _NAMES.get(field, field), why) for field, why in saved.wrong
        ]
        if saved.service is not None:
            told["added" if known is None else "changed"].append(saved.service.name)
    if mistakes:
        raise FileError(tuple(mistakes))
    return Brought(tuple(told["added"]), tuple(told["changed"]), tuple(told["same"]), ())


def _form(draft: Draft, known: Service | None) -> ServiceForm:
    """From what was known and what is said. Who says anew when it was checked and not until when
    that is good, means for as long as it may be."""
    fields: dict[str, Any] = dict(draft.fields)
    if known is None:
        return ServiceForm(**fields)
    if fields.get("checked", known.checked) != known.checked:
        fields.setdefault("review", None)
    return replace(form_of(known), **fields)


def write_services(services: Iterable[Service]) -> str:
    """A table that `read_services` reads again; no cell of it is taken for a formula."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    for one in services:
        writer.writerow([guarded(_cell(getattr(one, column.field))) for column in COLUMNS])
    return written.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ",".join(value)
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)
