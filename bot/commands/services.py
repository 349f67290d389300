"""`services`: the directory of who helps where, from a table, into a table, and what is due."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.commands.course import content_of, print_brought, print_mistakes
from bot.commands.place import Place, RefusedError, say
from bot.exchange.mistakes import FileError
from bot.exchange.services import bring_in_services, read_services, write_services
from storage import audit
from storage.audit import Action
from storage.services.finding import due_services, find_services


def add_commands(commands: Any) -> None:
    """Add `services import`, `services export` and `services due`."""
    services = commands.add_parser("services", help="who helps where: import, export, due")
    kinds = services.add_subparsers(dest="kind", required=True, metavar="import|export|due")
    bring = kinds.add_parser("import", help="take services from a table (CSV): all, or none")
    bring.add_argument("file", type=Path)
    bring.add_argument("--dry-run", action="store_true", help="say what would be; change nothing")
    bring.set_defaults(carry_out=carry_out_import)
    export = kinds.add_parser("export", help="write all services as a table that `import` reads")
    export.add_argument("file", type=Path)
    export.set_defaults(carry_out=carry_out_export)
    due = kinds.add_parser("due", help="services that somebody has to look at before people do")
    due.set_defaults(carry_out=carry_out_due)


def carry_out_import(place: Place) -> int:
    """Take every service of a file, or none: then each mistake is printed with its place."""
    options, now = place.options, place.clock.now()
    content = content_of(options.file)
    with place.database() as database, database.writing() as connection:
        try:
            drafts = read_services(content)
            brought = bring_in_services(connection, drafts, operator_id=audit.TERMINAL, now=now)
        except FileError as error:
            connection.rollback()
            print_mistakes(error)
            raise RefusedError("Nothing was taken. Mend the file and import it again.") from None
        if options.dry_run:
            connection.rollback()
        else:
            vault, action = database.vault, Action.SERVICES_IMPORTED
            audit.write(connection, vault, now, audit.TERMINAL, action)
            connection.commit()
    print_brought(brought)
    if options.dry_run:
        say("Nothing was changed: without --dry-run it is done.")
    return 0


def carry_out_export(place: Place) -> int:
    """Write every service, also those that people do not see."""
    with place.database() as database, database.reading() as connection:
        found = find_services(connection)
    words = write_services(found)
    place.options.file.write_text(words, encoding="utf-8-sig", newline="")
    print(f"Written: {len(found)} services.")
    return 0


def carry_out_due(place: Place) -> int:
    """Print what people do not see until somebody has looked at it, one service a line."""
    with place.database() as database, database.reading() as connection:
        found = due_services(connection, place.today)
    for one in found:
        last = "never checked" if one.last_day is None else f"due since {one.last_day}"
        print(f"{one.ref}  {last}  {one.name}")
    if not found:
        say("Nothing is due: people see every service.")
    return 0
