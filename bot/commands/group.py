"""`group`: the operators' group in Telegram, where alerts go."""

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
from storage.group import Group
from storage.outbox import Lane, Outgoing
from storage.unit import Unit
from storage.vault import Vault
from storage.writer import Writer

R = TypeVar("R")


def add_commands(commands: Any) -> None:
    """Add `group connect`, `group show`, `group test` and `group disconnect`."""
    group = commands.add_parser("group", help="the operators' group in Telegram, for alerts")
    kinds = group.add_subparsers(dest="kind", required=True, metavar="connect|show|test|disconnect")
    connect = kinds.add_parser("connect", help="print the word that connects a group")
    connect.set_defaults(carry_out=carry_out_connect)
    show = kinds.add_parser("show", help="whether a group is connected, and what the bot may do")
    show.set_defaults(carry_out=carry_out_show)
    test = kinds.add_parser("test", help="send a test message to the group")
    test.set_defaults(carry_out=carry_out_test)
    end = kinds.add_parser("disconnect", help="the bot says goodbye and leaves the group")
    end.set_defaults(carry_out=carry_out_disconnect)


def line_that_connects(place: Place) -> str:
    """What somebody writes in a group to bind it, once, within fifteen minutes."""
    now = place.clock.now()
    return f"/connect {_done(place, lambda unit, _vault: kept.make_word(unit, now))}"


def carry_out_connect(place: Place) -> int:
    """Print a word that binds a group, once, within fifteen minutes."""
    line, group = line_that_connects(place), _done(place, kept.find_group)
    print(line)
    say(f"Add the bot to the group, then write this line there within {kept.WORD_MINUTES} minutes.")
    say("Make it an administrator who may delete messages: then it deletes its own in time.")
    if group is not None:
        say("A group is connected already: the new one takes its place.")
    return 0


def carry_out_show(place: Place) -> int:
    """Say whether a group is connected and whether alerts arrive there."""
    group = _done(place, kept.find_group)
    if group is None:
        print("No group is connected: ./antenna group connect")
        return 0
    print(f"Connected since {group.since:%Y-%m-%d}.")
    if group.gone is not None:
        print(f"✗ Nothing can be said there since {group.gone:%Y-%m-%d %H:%M} UTC: {_why(group)}.")
    elif not group.checked:
        print("The bot has not looked at its rights there yet: it does when it runs.")
    else:
        print(f"✓ The bot is there as {group.status}.")
        days = "30 days" if group.may_delete else "two days: it may not delete messages there"
        print(f"Its messages stay for {days}.")
    return 0


def carry_out_test(place: Place) -> int:
    """Send a message to the group and say what Telegram answered."""
    group, token = _bound(place), place.settings.read_token()
    if token is None:
        raise RefusedError("There is no token, so nothing can be sent: this is the demo.")
    languages = Languages.load(LOCALES)
    message = said(languages, group.chat, [words.TEST])
    asked = call(place.settings.telegram_api, token, "sendMessage", message)
    if asked is None:
        raise RefusedError("Telegram cannot be reached from here.")
    if not asked[0].get("ok"):
        raise RefusedError(
            "Telegram refuses it: the bot is no longer in the group, or may not write there."
        )
    _done(place, lambda unit, vault: kept.keep_group(unit, vault, replace(group, gone=None)))
    print("✓ The test message is in the group.")
    return 0


def carry_out_disconnect(place: Place) -> int:
    """Forget the group; the bot says so there and leaves."""
    group = _bound(place)
    languages = Languages.load(LOCALES)

    def job(unit: Unit, _vault: Vault) -> None:
        kept.forget_group(unit)
        farewell = said(languages, group.chat, [words.FAREWELL])
        unit.send(Outgoing("sendMessage", farewell, Lane.ALERT))
        unit.send(Outgoing("leaveChat", {"chat_id": group.chat}, Lane.ALERT))

    _done(place, job)
    print("Disconnected. The bot says so in the group and leaves it, as soon as it runs.")
    return 0


def _bound(place: Place) -> Group:
    group = _done(place, kept.find_group)
    if group is None:
        raise RefusedError("No group is connected: ./antenna group connect")
    return group


def _why(group: Group) -> str:
    return "the bot was removed" if group.status in AWAY else "Telegram refuses messages"


def _done(place: Place, job: Callable[[Unit, Vault], R]) -> R:
    with place.database() as database:
        writer = Writer(database)
        try:
            return writer.submit(lambda unit: job(unit, database.vault)).result()
        finally:
            writer.close()
