"""`operator` and `audit`: who signs in to the console, and what they did there."""

from __future__ import annotations

from typing import Any

from bot.commands.place import Place, RefusedError, say
from bot.settings import console_address
from storage import accounts, audit, offices, operators
from storage.audit import Action
from storage.database import Connection, Database
from storage.operators import Operator, Role
from storage.reports import Reports


def add_commands(commands: Any) -> None:
    """Add `operator add|list|remove|reset|link` and `audit verify`."""
    operator = commands.add_parser("operator", help="who signs in to the operators' console")
    kinds = operator.add_subparsers(
        dest="kind", required=True, metavar="add|list|remove|reset|link"
    )
    add = kinds.add_parser("add", help="add an operator; prints a link that works once")
    add.add_argument("--name", required=True, help="as colleagues call them, and to sign in with")
    add.add_argument("--office", metavar="KEY", help="where there is more than one")
    add.add_argument("--administrator", action="store_true", help="looks after the others, too")
    add.set_defaults(carry_out=carry_out_add)
    kinds.add_parser("list", help="every operator").set_defaults(carry_out=carry_out_list)
    remove = kinds.add_parser("remove", help="signed out at once, and read nothing more")
    remove.add_argument("name", metavar="NAME")
    remove.set_defaults(carry_out=carry_out_remove)
    reset = kinds.add_parser("reset", help="begins anew by a new link: passphrase or phone lost")
    reset.add_argument("name", metavar="NAME")
    reset.set_defaults(carry_out=carry_out_reset)
    link = kinds.add_parser("link", help="prints the line that links their Telegram account")
    link.add_argument("name", metavar="NAME")
    link.set_defaults(carry_out=carry_out_link)
    log = commands.add_parser("audit", help="what operators did")
    verify = log.add_subparsers(dest="kind", required=True, metavar="verify")
    check = verify.add_parser("verify", help="find any row that was altered, dropped or moved")
    check.add_argument("--since", metavar="HASH", help="a last row that was noted down before")
    check.set_defaults(carry_out=carry_out_verify)


def carry_out_add(place: Place) -> int:
    """Add an operator and print the link. The very first is an administrator."""
    name = " ".join(place.options.name.split())
    if not 2 <= len(name) <= operators.LONGEST_NAME:
        raise RefusedError("An operator needs a name of 2 to 60 letters: --name 'Anna Colombo'.")
    now = place.clock.now()
    with place.database() as database, database.writing() as connection:
        office = _office(connection, place.options.office)
        first = not operators.all_operators(connection)
        role = Role.ADMINISTRATOR if first or place.options.administrator else Role.OPERATOR
        made = operators.add_operator(connection, name, office, role, now.date())
        if made is None:
            raise RefusedError("Somebody signs in by this name already. Add the surname.")
        _note(place, database, connection, Action.OPERATOR_ADDED, name)
        token = operators.invite(connection, made.id, now)
        connection.commit()
    if first:
        say("The first operator is an administrator, who prints the recovery sheet.")
    _print_link(place, token)
    return 0


def _office(connection: Connection, key: str | None) -> str:
    listed = [one for one in offices.all_offices(connection) if one.active]
    if not listed:
        raise RefusedError("First an office: ./antenna office add --name … --duty yes|no")
    if key is None and len(listed) == 1:
        return listed[0].office.key
    if key not in [one.office.key for one in listed]:
        raise RefusedError("Which office? --office KEY; ./antenna office list shows the keys.")
    return key


def _print_link(place: Place, token: str) -> None:
    print(f"{console_address(place.settings)}/join/{token}")
    say("This link works once, for 15 minutes. Give it by hand; Antenna must be running.")


def carry_out_list(place: Place) -> int:
    """Print every operator, one a line."""
    with place.database() as database, database.reading() as connection:
        found = operators.all_operators(connection)
        names = {one.office.key: one.office.name for one in offices.all_offices(connection)}
    for one in found:
        ready = "" if one.ready else ", link not used yet"
        linked = ", linked in Telegram" if one.linked else ""
        print(f"{one.name}, {names[one.office]}, {one.role}{ready}{linked}")
    if not found:
        say("There are no operators yet: ./antenna operator add --name …")
    return 0


def carry_out_remove(place: Place) -> int:
    """Remove an operator, also from the running console and from every report."""
    with place.database() as database:
        with database.writing() as connection:
            found = _found(connection, place)
            operators.remove_operator(connection, found.id)
            _note(place, database, connection, Action.OPERATOR_REMOVED, found.name)
            connection.commit()
        _take_keys(place, found)
    print(f"Removed: {found.name}. A console that is open closes at the next click.")
    return 0


def carry_out_reset(place: Place) -> int:
    """Let an operator begin anew."""
    with place.database() as database:
        with database.writing() as connection:
            found = _found(connection, place)
            operators.reset_operator(connection, found.id)
            _note(place, database, connection, Action.OPERATOR_RESET, found.name)
            token = operators.invite(connection, found.id, place.clock.now())
            connection.commit()
        _take_keys(place, found)
    _print_link(place, token)
    say("What they could read comes back with the recovery sheet, in the console.")
    return 0


def carry_out_link(place: Place) -> int:
    """Print what an operator writes in the group, so that it is known who they are there."""
    now = place.clock.now()
    with place.database() as database, database.writing() as connection:
        found = _found(connection, place)
        word = accounts.make_link(connection, found.id, now)
        _note(place, database, connection, Action.LINK_MADE, found.name)
        connection.commit()
    print(f"/io {word}")
    say("To be written in the operators' group, by them, within 15 minutes. It works once.")
    return 0


def _take_keys(place: Place, operator: Operator) -> None:
    """Take what was sealed to an old key out of the reports."""
    settings = place.settings
    reports = Reports.open(settings.reports_url, data=settings.data)
    try:
        alone = reports.remove_recipient(operator.id, place.clock.now())
    finally:
        reports.close(place.clock.now())
    if alone:
        say(f"! {alone} reports can now be opened with the recovery sheet only.")


def _found(connection: Connection, place: Place) -> Operator:
    found = operators.find_by_name(connection, place.options.name)
    if found is None:
        raise RefusedError("Nobody signs in by this name: ./antenna operator list shows them.")
    return found


def _note(
    place: Place, database: Database, connection: Connection, action: Action, about: str
) -> None:
    audit.write(connection, database.vault, place.clock.now(), audit.TERMINAL, action, about)


def carry_out_verify(place: Place) -> int:
    """Check every row of the audit; 2 means that somebody changed it."""
    since = place.options.since
    with place.database() as database, database.reading() as connection:
        verdict = audit.verify(connection, database.vault)
        noted = since is None or audit.has_head(connection, since)
    print(f"{verdict.rows} rows. Last: {verdict.head}")
    if verdict.broken:
        print(f"✗ From row {verdict.broken} on it is not as it was written.")
    elif verdict.broken == 0:
        print("✗ Its end is missing.")
    if not noted:
        print("✗ The row you noted is not there: an older copy of the database was put in place.")
    if verdict.broken is None and noted:
        print("✓ No row was altered, dropped or moved.")
        return 0
    return 2
