"""`operator` and `audit`: who signs in to the console, and what they did there."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.commands.place import Place, RefusedError, say
from bot.settings import console_address
from flows.text import Text
from storage import accounts, audit, offices, operators
from storage.audit import Action
from storage.cases.work import Moved, hand_over_work, off_board
from storage.database import Connection, Database
from storage.operators import Operator, Role
from storage.reports import Reports

ROLES = [role.value for role in Role]


def add_commands(commands: Any) -> None:
    """Add `operator add|list|remove|reset|link|role|away` and `audit verify`."""
    operator = commands.add_parser("operator", help="who signs in to the operators' console")
    kinds = operator.add_subparsers(
        dest="kind", required=True, metavar="add|list|remove|reset|link|role|away"
    )
    add = kinds.add_parser("add", help="add an operator; prints a link that works once")
    add.add_argument("--name", required=True, help="as colleagues call them, and to sign in with")
    add.add_argument("--office", metavar="KEY", help="where there is more than one")
    add.add_argument("--administrator", action="store_true", help="looks after the others, too")
    add.add_argument("--role", choices=ROLES, help="antenna, operator, coordinator, administrator")
    add.add_argument("--territory", default="", help="a coordinator's own")
    add.set_defaults(carry_out=carry_out_add)
    kinds.add_parser("list", help="every operator").set_defaults(carry_out=carry_out_list)
    remove = kinds.add_parser("remove", help="signed out at once, and read nothing more")
    remove.add_argument("name", metavar="NAME")
    remove.add_argument("--to", metavar="NAME", help="the colleague who gets their cases and tasks")
    remove.set_defaults(carry_out=carry_out_remove)
    reset = kinds.add_parser("reset", help="begins anew by a new link: passphrase or phone lost")
    reset.add_argument("name", metavar="NAME")
    reset.set_defaults(carry_out=carry_out_reset)
    link = kinds.add_parser("link", help="prints the line that links their Telegram account")
    link.add_argument("name", metavar="NAME")
    link.set_defaults(carry_out=carry_out_link)
    role = kinds.add_parser("role", help="what they may do, and for which territory")
    role.add_argument("name", metavar="NAME")
    role.add_argument("role", choices=ROLES)
    role.add_argument("--territory", default="", help="a coordinator's own")
    role.set_defaults(carry_out=carry_out_role)
    away = kinds.add_parser("away", help="when they are not here; without a day: they are")
    away.add_argument("name", metavar="NAME")
    away.add_argument("--from", dest="since", type=date.fromisoformat, metavar="DAY")
    away.add_argument("--until", type=date.fromisoformat, metavar="DAY")
    away.set_defaults(carry_out=carry_out_away)
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
        role = Role(place.options.role or Role.OPERATOR)
        if first or place.options.administrator:
            role = Role.ADMINISTRATOR
        made = operators.add_operator(connection, name, office, role, now.date())
        if made is None:
            raise RefusedError("Somebody signs in by this name already. Add the surname.")
        if place.options.territory:
            operators.set_role(connection, made.id, role, place.options.territory)
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
        where = f" of {one.territory}" if one.territory else ""
        away = ", away today" if one.is_away(place.today) else ""
        ready = "" if one.ready else ", link not used yet"
        linked = ", linked in Telegram" if one.linked else ""
        print(f"{one.name}, {names[one.office]}, {one.role}{where}{ready}{linked}{away}")
    if not found:
        say("There are no operators yet: ./antenna operator add --name …")
    return 0


def carry_out_remove(place: Place) -> int:
    """Hand over what an operator has and remove them, also from every report."""
    with place.database() as database:
        with database.writing() as connection:
            found = _found(connection, place)
            to = _heir(connection, place.options.to)
            now = place.clock.now()
            moved = off_board(connection, database.vault, found, to, now, audit.TERMINAL)
            if isinstance(moved, Text):
                raise RefusedError(moved.source)
            connection.commit()
        _take_keys(place, found)
    print(f"Removed: {found.name}. A console that is open closes at the next click.")
    _say_moved(moved)
    return 0


def _heir(connection: Connection, name: str | None) -> Operator | None:
    if name is None:
        return None
    found = operators.find_by_name(connection, name)
    if found is None:
        raise RefusedError("Nobody signs in by the name after --to: ./antenna operator list.")
    return found


def _say_moved(moved: Moved) -> None:
    if moved.talks:
        say(f"Conversations that wait for a colleague: {moved.talks}.")
    if moved.cases or moved.tasks:
        to = "the office" if moved.to is None else moved.to.name
        say(f"Cases: {moved.cases}, tasks: {moved.tasks}. They are with {to} now.")


def carry_out_role(place: Place) -> int:
    """Change what an operator may do. Who becomes an antenna hands over what they have."""
    role, now = Role(place.options.role), place.clock.now()
    with place.database() as database, database.writing() as connection:
        found = _found(connection, place)
        rest = [one for one in operators.all_operators(connection) if one.id != found.id]
        if role is not Role.ADMINISTRATOR and not any(one.is_administrator for one in rest):
            raise RefusedError("Somebody has to look after the others: first make another one.")
        operators.set_role(connection, found.id, role, place.options.territory)
        _note(place, database, connection, Action.OPERATOR_CHANGED, found.name)
        moved = None
        if role is Role.ANTENNA:
            moved = hand_over_work(connection, database.vault, found, None, now, audit.TERMINAL)
        connection.commit()
    print(f"{found.name}: {role}. A console that is open closes at the next click.")
    if isinstance(moved, Moved):
        _say_moved(moved)
    return 0


def carry_out_away(place: Place) -> int:
    """Keep when an operator is not here; colleagues see it."""
    since, until = place.options.since, place.options.until
    if until is not None and (since is None or until < since):
        raise RefusedError("From when? --from DAY, not after --until DAY, like 2026-08-01.")
    with place.database() as database, database.writing() as connection:
        found = _found(connection, place)
        operators.set_away(connection, found.id, since, until)
        _note(place, database, connection, Action.OPERATOR_CHANGED, found.name)
        connection.commit()
    end = "" if until is None else f" to {until}"
    print(f"{found.name} is here." if since is None else f"{found.name} is away from {since}{end}.")
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
