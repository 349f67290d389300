"""`office`: the offices that read reports."""

from __future__ import annotations

from typing import Any

from bot.commands.place import Place, RefusedError, say
from storage import audit, offices
from storage.audit import Action
from storage.database import Connection
from storage.offices import Listed


def add_commands(commands: Any) -> None:
    """Add `office add`, `office list`, `office close` and `office open`."""
    office = commands.add_parser("office", help="the offices that read reports")
    kinds = office.add_subparsers(dest="kind", required=True, metavar="add|list|close|open")
    add = kinds.add_parser("add", help="add an office; prints its key")
    add.add_argument("--name", required=True, help="as people know it: they read it first")
    add.add_argument(
        "--duty",
        required=True,
        choices=["yes", "no"],
        help="may its staff have to tell a judge of a crime (art. 331 c.p.p.)?",
    )
    add.add_argument("--province", default="", help="two letters; without it, all provinces")
    add.add_argument(
        "--hours",
        default="",
        help="when somebody reads, like 'mon-fri 09:00-17:00': people read it in their language",
    )
    add.set_defaults(carry_out=carry_out_add)
    kinds.add_parser("list", help="every office").set_defaults(carry_out=carry_out_list)
    close = kinds.add_parser("close", help="it gets no new reports; what it has, it keeps")
    close.add_argument("key", metavar="KEY")
    close.set_defaults(carry_out=carry_out_close)
    again = kinds.add_parser("open", help="it gets new reports again")
    again.add_argument("key", metavar="KEY")
    again.set_defaults(carry_out=carry_out_close)


def carry_out_add(place: Place) -> int:
    """Add an office."""
    options = place.options
    name = " ".join(options.name.split())
    province = options.province.strip().upper()
    if not name:
        raise RefusedError("An office needs a name: --name 'Sportello Lavoro, Carate'.")
    if province and not (len(province) == 2 and province.isascii() and province.isalpha()):
        raise RefusedError("A province is two letters: --province MB. Leave it out for all.")
    now = place.clock.now()
    with place.database() as database, database.writing() as connection:
        made = offices.add_office(
            connection,
            name,
            now.date(),
            duty=options.duty == "yes",
            province=province,
            hours=" ".join(options.hours.split()),
        )
        _note(connection, place, database.vault, Action.OFFICE_ADDED, name)
        connection.commit()
    print(f"Key:   {made.key}")
    say(f"It needs operators: ./antenna operator add --office {made.key} --name NAME")
    return 0


def carry_out_list(place: Place) -> int:
    """Print every office, one a line."""
    with place.database() as database, database.reading() as connection:
        listed = offices.all_offices(connection)
    for one in listed:
        print(f"{one.office.key}  {_facts(one)}")
    if not listed:
        say("There are no offices yet: ./antenna office add --name … --duty yes|no")
    return 0


def _facts(one: Listed) -> str:
    office = one.office
    facts = [office.name, office.province or "all provinces", f"{one.readers} can read"]
    facts += ["duty to report"] if office.duty else []
    facts += [] if one.active else ["closed"]
    return ", ".join(facts)


def carry_out_close(place: Place) -> int:
    """Close an office, or open it again."""
    is_open = place.options.kind == "open"
    with place.database() as database, database.writing() as connection:
        found = offices.find_office(connection, place.options.key)
        if found is None:
            raise RefusedError("No office has this key: ./antenna office list shows them.")
        offices.set_office_open(connection, found.office.key, is_open=is_open)
        action = Action.OFFICE_OPENED if is_open else Action.OFFICE_CLOSED
        _note(connection, place, database.vault, action, found.office.name)
        connection.commit()
    print(f"{'Open' if is_open else 'Closed'}: {found.office.name}.")
    return 0


def _note(connection: Connection, place: Place, vault: Any, action: Action, about: str) -> None:
    audit.write(connection, vault, place.clock.now(), audit.TERMINAL, action, about)
