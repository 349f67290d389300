"""The demo's Telegram before its bot begins: phones, a group, and the line that binds it."""

from __future__ import annotations

from bot.clock import Clock
from bot.commands.start import GROUP, OPERATORS, PEOPLE, accounts_of, connect, populate
from bot.console.demo import STAFF
from bot.local.telegram import Telegram
from bot.local.view import state_view


def test_the_operators_group_is_there_with_the_bot_in_it() -> None:
    """An operator runs the group, the bot may delete there, and the page knows the console."""
    telegram = Telegram("1:local", Clock())
    populate(telegram, "http://127.0.0.1:8082")
    (group,) = [chat for chat in telegram.chats.values() if not chat.private]
    names = [person.first_name for person in telegram.people.values()]
    assert names == [one["first_name"] for one in (*PEOPLE, *OPERATORS)]
    assert (group.title, group.bot_status, len(group.members)) == (GROUP, "administrator", 2)
    assert {"can_delete_messages", "can_manage_topics"} <= group.rights
    assert group.forum
    assert state_view(telegram)["console"] == "http://127.0.0.1:8082"


def test_the_operators_of_the_console_are_those_of_the_group() -> None:
    """Each has an account in the group, by the name under which they sign in."""
    telegram = Telegram("1:local", Clock())
    populate(telegram)
    (group,) = [chat for chat in telegram.chats.values() if not chat.private]
    accounts = accounts_of(telegram)
    assert set(accounts) == {name for name, *_rest in STAFF}
    assert set(accounts.values()) == set(group.members)


def test_the_bot_hears_first_which_group_is_its_own() -> None:
    """The operator has written the line when the bot asks for its first updates."""
    telegram = Telegram("1:local", Clock())
    populate(telegram)
    connect(telegram, "/connect 4821-7730")
    (group,) = [chat for chat in telegram.chats.values() if not chat.private]
    (message,) = group.messages.values()
    assert (message.body["text"], message.mine) == ("/connect 4821-7730", False)
    assert len(telegram.updates.pending) == 1
