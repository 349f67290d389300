"""`course`: an organisation's courses from a file, into a file, and what is there."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.commands.place import LOCALES, Place, RefusedError, say
from bot.exchange.applying import Brought, Defaults, bring_in, form_of, read_file
from bot.exchange.mistakes import FileError
from bot.exchange.table import write_table
from bot.languages import Languages
from flows.calendar_model import CourseKind
from storage import audit
from storage.audit import Action
from storage.courses.finding import counts, find_courses
from storage.offices import find_office

MOST_BYTES = 2_000_000


def add_commands(commands: Any) -> None:
    """Add `course list`, `course import` and `course export`."""
    course = commands.add_parser("course", help="courses and events: list, import, export")
    kinds = course.add_subparsers(dest="kind", required=True, metavar="list|import|export")
    listed = kinds.add_parser("list", help="every course to come")
    listed.add_argument("--office", help="key of an office; without it, of every office")
    listed.set_defaults(carry_out=carry_out_list)
    bring = kinds.add_parser("import", help="take courses from a table (CSV) or a calendar (.ics)")
    bring.add_argument("file", type=Path)
    bring.add_argument("--office", required=True, help="key of the office whose courses they are")
    bring.add_argument("--desk", default="", help="key or name, where the file does not say it")
    bring.add_argument("--seats", type=int, help="where the file does not say it")
    bring.add_argument("--subject", choices=[kind.value for kind in CourseKind], help="likewise")
    bring.add_argument("--open", action="store_true", help="people may enrol in new ones at once")
    bring.add_argument("--dry-run", action="store_true", help="say what would be; change nothing")
    bring.set_defaults(carry_out=carry_out_import)
    export = kinds.add_parser("export", help="write courses as a table that `import` reads")
    export.add_argument("file", type=Path)
    export.add_argument("--office", required=True)
    export.set_defaults(carry_out=carry_out_export)


def carry_out_list(place: Place) -> int:
    """Print the courses that are not over, one a line."""
    office = place.options.office
    with place.database() as database, database.reading() as connection:
        if office is not None:
            _check_office(connection, office)
        found = find_courses(connection, office=office, since=place.clock.now())
        seats = counts(connection, [one.id for one in found])
    for one in found:
        taken = f"{seats[one.id].taken}/{one.seats}"
        print(f"{one.ref}  {one.first}  {one.state.value:<9}  {taken:>7}  {one.title}")
    if not found:
        say("There are no courses to come.")
    return 0


def carry_out_import(place: Place) -> int:
    """Take every course of a file, or none: then each mistake is printed with its place."""
    options = place.options
    content = content_of(options.file)
    kind = None if options.subject is None else CourseKind(options.subject)
    defaults = Defaults(options.office, options.desk, kind, options.seats, options.open)
    with place.database() as database, database.writing() as connection:
        _check_office(connection, options.office)
        try:
            drafts = read_file(content)
            brought = bring_in(
                connection,
                database.vault,
                drafts,
                defaults,
                operator_id=audit.TERMINAL,
                now=place.clock.now(),
            )
        except FileError as error:
            connection.rollback()
            print_mistakes(error)
            raise RefusedError("Nothing was taken. Mend the file and import it again.") from None
        if options.dry_run:
            connection.rollback()
        else:
            audit.write(
                connection,
                database.vault,
                place.clock.now(),
                audit.TERMINAL,
                Action.COURSES_IMPORTED,
                options.office,
            )
            connection.commit()
    print_brought(brought)
    if options.dry_run:
        say("Nothing was changed: without --dry-run it is done.")
    return 0


def carry_out_export(place: Place) -> int:
    """Write the courses of an office."""
    options = place.options
    with place.database() as database, database.reading() as connection:
        _check_office(connection, options.office)
        found = find_courses(connection, office=options.office)
    rows = [asdict(form_of(one)) for one in found]
    options.file.write_text(write_table(rows), encoding="utf-8-sig", newline="")
    print(f"Written: {len(rows)} courses.")
    return 0


def _check_office(connection: Any, key: str) -> None:
    if find_office(connection, key) is None:
        raise RefusedError("No office has this key: ./antenna office list shows them.")


def content_of(file: Path) -> bytes:
    """What stands in a file that is not too large."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise RefusedError(f"The file cannot be read: {error.strerror}.") from error
    if len(content) > MOST_BYTES:
        raise RefusedError("The file is larger than 2 MB.")
    return content


def print_mistakes(error: FileError) -> None:
    """Print each mistake with its place."""
    words = Languages.load(LOCALES).words("en")
    for one in error.mistakes:
        field = f", {one.field}" if one.field else ""
        print(f"Line {one.line}{field}: {words.plain(one.why)}")


def print_brought(brought: Brought) -> None:
    """Print what came of a file."""
    for name in ("added", "changed", "cancelled", "same"):
        titles = getattr(brought, name)
        print(f"{name.capitalize()}: {len(titles)}")
        for title in titles if name != "same" else ():
            print(f"  {title}")
