"""`group`: the operators' groups in Telegram, where alerts go and conversations are shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from bot.commands.place import LOCALES, Place, RefusedError, say
from bot.doctor.telegram import call
from bot.group import words
from bot.group.door import AWAY, said
from bot.languages import Languages
from storage import group as kept
from storage.group import EVERYBODY, Bond, Group
from storage.offices import find_office
from storage.outbox import Lane, Outgoing
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer

R = TypeVar("R")

STEPS = """1. In Telegram make a group, and in its settings switch on Topics.
2. Add the bot, and make it an administrator who may: manage topics, delete messages.
   Not: add administrators, remain anonymous.
3. Write the line above in the group, as yourself, within {minutes} minutes.
4. Every operator links their account: in the console under “account”, or ./antenna operator link
   NAME, and writes the line they are given in the group.
5. ./antenna group list says whether anything is missing."""


def add_commands(commands: Any) -> None:
    """Add `group connect`, `group list`, `group test` and `group disconnect`."""
    group = commands.add_parser("group", help="the operators' groups in Telegram")
    kinds = group.add_subparsers(dest="kind", required=True, metavar="connect|list|test|disconnect")
    connect = kinds.add_parser("connect", help="print the word that connects a group")
    _add_bond(connect)
    connect.set_defaults(carry_out=carry_out_connect)
    for name in ("list", "show"):
        shown = kinds.add_parser(name, help="the groups, and what is missing in them")
        shown.set_defaults(carry_out=carry_out_list)
    test = kinds.add_parser("test", help="send a test message to every group")
    test.set_defaults(carry_out=carry_out_test)
    end = kinds.add_parser("disconnect", help="the bot says goodbye and leaves the group")
    _add_bond(end)
    end.set_defaults(carry_out=carry_out_disconnect)


def _add_bond(parser: Any) -> None:
    parser.add_argument("--office", metavar="KEY", default="", help="only its conversations")
    parser.add_argument("--territory", default="", help="only its conversations")


def line_that_connects(place: Place, bond: Bond = EVERYBODY) -> str:
    """What somebody writes in a group to bind it, once, within fifteen minutes."""
    now = place.clock.now()
    return f"/connect {_done(place, lambda unit, _vault: kept.make_word(unit, now, bond))}"


def carry_out_connect(place: Place) -> int:
    """Print a word that binds a group, once, within fifteen minutes, and how it is done."""
    bond = _bond(place)
    if bond.office:
        with place.database() as database, database.reading() as connection:
            if find_office(connection, bond.office) is None:
                raise RefusedError("No office has this key: ./antenna office list shows them.")
    line = line_that_connects(place, bond)
    before = _done(place, lambda unit, vault: kept.group_of_bond(unit.reading(), vault, bond))
    print(line)
    say(STEPS.format(minutes=kept.WORD_MINUTES))
    if before is not None:
        say("A group is connected for this already: the new one takes its place.")
    return 0


def carry_out_list(place: Place) -> int:
    """Say which groups are connected, whether messages arrive there, and what is missing."""
    groups = _all(place)
    topics = _done(place, lambda unit, _vault: kept.needs_topics(unit.reading()))
    if not groups:
        print("No group is connected: ./antenna group connect")
    for group in groups:
        print(f"{_whose(group)}: connected since {group.since:%Y-%m-%d}.")
        if group.gone is not None:
            since = f"{group.gone:%Y-%m-%d %H:%M} UTC"
            print(f"  ✗ Nothing can be said there since {since}: {_why(group)}.")
        elif not group.checked:
            print("  The bot has not looked at its rights there yet: it does when it runs.")
        else:
            _print_rights(group, topics=topics)
    return 0


def _print_rights(group: Group, *, topics: bool) -> None:
    print(f"  ✓ The bot is there as {group.status}.")
    days = "30 days" if group.may_delete else "two days: it may not delete messages there"
    print(f"  Its alerts stay for {days}.")
    if not topics:
        return
    if not group.is_forum:
        print("  ✗ It has no topics: switch them on in its settings.")
    elif not group.may_topics:
        print("  ✗ The bot may not manage topics: give it that right.")
    else:
        print("  ✓ Conversations are shown there, each in its topic.")


def carry_out_test(place: Place) -> int:
    """Send a message to every group and say what Telegram answered."""
    groups, token = _bound(place), place.settings.read_token()
    if token is None:
        raise RefusedError("There is no token, so nothing can be sent: this is the demo.")
    languages = Languages.load(LOCALES)
    for group in groups:
        message = said(languages, group.chat, [words.TEST])
        asked = call(place.settings.telegram_api, token, "sendMessage", message)
        if asked is None:
            raise RefusedError("Telegram cannot be reached from here.")
        if not asked[0].get("ok"):
            raise RefusedError(
                f"{_whose(group)}: Telegram refuses it. The bot is no longer in the group, or may "
                "not write there."
            )
        _find_again(place, group)
        print(f"✓ {_whose(group)}: the test message is in the group.")
    return 0


def _find_again(place: Place, group: Group) -> None:
    back = replace(group, gone=None, checked=False)
    _done(place, lambda unit, vault: kept.keep_group(unit.direct(), vault, back))


def carry_out_disconnect(place: Place) -> int:
    """Forget a group; the bot says so there and leaves."""
    groups, bond = _bound(place), _bond(place)
    if len(groups) > 1 or bond != EVERYBODY:
        groups = [one for one in groups if Bond(one.office, one.territory) == bond]
    if not groups:
        raise RefusedError("Which group? --office KEY or --territory NAME; see group list.")
    group = groups[0]
    languages, now = Languages.load(LOCALES), place.clock.now()

    def job(unit: Unit, _vault: Vault) -> None:
        topics = kept.forget_group(unit.direct(), group.id, now)
        farewell = said(languages, group.chat, [words.FAREWELL])
        unit.send(Outgoing("sendMessage", farewell, Lane.ALERT))
        kept.part(unit, group.chat, topics)

    _done(place, job)
    print("Disconnected. Once it runs, the bot says so there, deletes its topics and leaves.")
    return 0


def _bond(place: Place) -> Bond:
    options = place.options
    return Bond(getattr(options, "office", ""), getattr(options, "territory", "").strip())


def _all(place: Place) -> list[Group]:
    return _done(place, lambda unit, vault: kept.all_groups(unit.reading(), vault))


def _bound(place: Place) -> list[Group]:
    groups = _all(place)
    if not groups:
        raise RefusedError("No group is connected: ./antenna group connect")
    return groups


def _whose(group: Group) -> str:
    if group.is_everybodys:
        return "Everybody's group"
    parts = [f"office {group.office}"] if group.office else []
    parts += [f"territory {group.territory}"] if group.territory else []
    return f"The group of {', '.join(parts)}"


def _why(group: Group) -> str:
    return "the bot was removed" if group.status in AWAY else "Telegram refuses messages"


def _done(place: Place, job: Callable[[Unit, Vault], R]) -> R:
    with place.database() as database:
        writer = Writer(database)
        try:
            return writer.submit(lambda unit: job(unit, database.vault)).result()
        finally:
            writer.close()
