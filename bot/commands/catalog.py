"""`catalog`: how far every language is, and its words in files for translators and back."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from bot.catalogs import plural_rule
from bot.commands.place import LOCALES, Place, RefusedError, say
from bot.exchange.mistakes import FileError
from bot.languages import Languages
from bot.roster import SOURCE, Language, State
from bot.wording.book import Book, Entry, load_book
from bot.wording.overlay import overlaid
from bot.wording.po import read_po, write_po
from bot.wording.sheet import Given, decode, read_sheet, write_sheet
from bot.wording.states import Desk, Look
from bot.wording.taking import RELEASE, Taken, look_at, take
from storage import audit
from storage.audit import Action
from storage.database import Connection, Database
from storage.operators import find_by_name
from storage.wording.finding import edition, find_open, standing
from storage.wording.model import Who, id_of

MOST_BYTES = 10_000_000
LONGEST = 300
ENDINGS = (".po", ".csv")


def add_commands(commands: Any) -> None:
    """Add `catalog status`, `catalog export` and `catalog import`."""
    catalog = commands.add_parser("catalog", help="the words in every language: status, files")
    kinds = catalog.add_subparsers(dest="kind", required=True, metavar="status|export|import")
    status = kinds.add_parser("status", help="how far every language is")
    status.set_defaults(carry_out=carry_out_status)
    export = kinds.add_parser("export", help="write a language as .po or as a table (.csv)")
    export.add_argument("file", type=Path)
    export.add_argument("--language", required=True)
    export.add_argument("--domain", choices=["antenna", "content"], help="else both")
    export.add_argument("--todo", action="store_true", help="only what waits for a reader")
    export.set_defaults(carry_out=carry_out_export)
    bring = kinds.add_parser("import", help="take a language from such a file, whole or not at all")
    bring.add_argument("file", type=Path)
    bring.add_argument("--language", required=True)
    bring.add_argument("--who", required=True, help="who wrote it; an operator's name is known")
    bring.add_argument("--why", required=True, help="what it is: a first translation, a review")
    bring.add_argument("--approved-by", help="the second person who read it; else it waits")
    bring.add_argument(
        "--read", action="store_true", help="they have read all of it, also what they left as it is"
    )
    bring.add_argument("--dry-run", action="store_true", help="say what would be; change nothing")
    bring.set_defaults(carry_out=carry_out_import)


def desk_of(connection: Connection) -> tuple[Desk, Languages]:
    """The words as they stand."""
    languages, found = Languages.load(LOCALES), standing(connection)
    languages.take(overlaid(languages.shipped, found), edition(connection))
    return Desk.laid(load_book(LOCALES), languages, found, find_open(connection)), languages


def carry_out_status(place: Place) -> int:
    """Print how every language stands, and what is kept of messages that are gone."""
    with place.database() as database, database.reading() as connection:
        desk, _languages = desk_of(connection)
    print(f"{len(desk.book.entries)} messages, {len(desk.book.subjects)} cards and parts.")
    for language in desk.spoken():
        share = desk.share(language)
        looks = ", ".join(f"{share.looks[look]} {_WORDS[look]}" for look in Look)
        print(f"{language.code:8} {looks}; {share.waiting} waiting. {_state(language)}")
    gone = orphans(desk)
    if gone:
        print(f"{gone} approved here are of messages that the release does not have any more.")
    return 0


_WORDS = {
    Look.MISSING: "missing",
    Look.STALE: "stale",
    Look.UNREAD: "unread",
    Look.READ: "read",
}


def _state(language: Language) -> str:
    return "The source." if language.code == SOURCE else f"State: {language.standing}."


def orphans(desk: Desk) -> int:
    """How many approved versions are of messages that are gone."""
    known = {id_of(entry.key) for entry in desk.book.entries.values()}
    return sum(1 for key, _code in desk.approved if key not in known)


def carry_out_export(place: Place) -> int:
    """Write a language as it is said now."""
    options = place.options
    ending = _ending(options.file)
    with place.database() as database, database.reading() as connection:
        desk, languages = desk_of(connection)
    language = _language(languages, options.language)
    entries = _chosen(desk, language, options)
    if ending == ".po":
        options.file.write_bytes(write_po(desk, language, entries))
    else:
        table = write_sheet(desk, language, entries, plural_rule(language.locale).forms)
        options.file.write_text(table, encoding="utf-8-sig", newline="")
    print(f"Written: {len(entries)} messages.")
    return 0


def _chosen(desk: Desk, language: Language, options: argparse.Namespace) -> list[Entry]:
    book: Book = desk.book
    found = book.entries.values() if options.domain is None else book.domain(options.domain)
    if not options.todo:
        return list(found)
    return [entry for entry in found if desk.look(entry, language) is not Look.READ]


def carry_out_import(place: Place) -> int:
    """Take every word of a file, or none: then each mistake is printed with its place."""
    options = place.options
    ending = _ending(options.file)
    if not options.who.strip() or not options.why.strip():
        raise RefusedError("Say who wrote it and why: no word changes without.")
    with place.database() as database, database.writing() as connection:
        desk, languages = desk_of(connection)
        language = _language(languages, options.language)
        try:
            taken = look_at(_read(options.file, ending, desk, language), desk, language)
        except FileError as error:
            connection.rollback()
            _print_mistakes(error, languages)
            raise RefusedError("Nothing was taken. Mend the file and import it again.") from None
        _print_taken(taken, wholly=options.read)
        if options.dry_run:
            connection.rollback()
            say("Nothing was changed: without --dry-run it is done.")
            return 0
        _keep(place, database, connection, taken, language)
    return 0


def _keep(
    place: Place, database: Database, connection: Connection, taken: Taken, language: Language
) -> None:
    options, now = place.options, place.clock.now()
    writer = _who(connection, options.who)
    reader = None if options.approved_by is None else _who(connection, options.approved_by)
    if reader == writer:
        connection.rollback()
        raise RefusedError("Whoever wrote words does not approve them: name somebody else.")
    made = take(
        connection,
        taken,
        language,
        writer=writer,
        reader=reader,
        is_read=options.read,
        why=options.why[:LONGEST],
        now=now,
    )
    what = f"{language.code} {made}"
    audit.write(connection, database.vault, now, audit.TERMINAL, Action.WORDS_IMPORTED, what)
    connection.commit()
    print(f"Kept: {made} versions.")
    if reader is None and (taken.new or taken.changed):
        print("What is new or changed waits in the console for a second person.")


def _who(connection: Connection, name: str) -> Who:
    """An operator of that name, or a name: one and the same person is known as such."""
    found = find_by_name(connection, name)
    plain = " ".join(name.split())[:LONGEST]
    if plain.casefold() == RELEASE.author:
        raise RefusedError("The release is no person: say who it was.")
    return Who(audit.TERMINAL, plain.casefold()) if found is None else Who(found.id)


def _read(file: Path, ending: str, desk: Desk, language: Language) -> list[Given]:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise RefusedError(f"The file cannot be read: {error.strerror}.") from error
    if len(content) > MOST_BYTES:
        raise RefusedError("The file is larger than 10 MB.")
    return read_po(file, desk, language) if ending == ".po" else read_sheet(decode(content), desk)


def _ending(file: Path) -> str:
    ending = file.suffix.lower()
    if ending not in ENDINGS:
        raise RefusedError("A file of words ends in .po or in .csv.")
    return ending


def _language(languages: Languages, code: str) -> Language:
    for language in languages.all:
        if language.code == code and language.state is not State.NONE:
            return language
    known = ", ".join(one.code for one in languages.all if one.state is not State.NONE)
    raise RefusedError(f"No words are kept in “{code}”. There is: {known}.")


def _print_mistakes(error: FileError, languages: Languages) -> None:
    words = languages.words(SOURCE)
    for one in error.mistakes:
        column = f", {one.field}" if one.field else ""
        print(f"Line {one.line}{column}: {words.plain(one.why)}")


def _print_taken(taken: Taken, *, wholly: bool) -> None:
    print(f"New: {len(taken.new)}\nChanged: {len(taken.changed)}")
    for one in (*taken.new, *taken.changed):
        print(f"  {one.entry.id}  {' '.join(one.entry.subjects)}")
    print(f"As they are: {len(taken.same)}")
    if wholly:
        print(f"Read for the first time: {len(taken.unread)}")
