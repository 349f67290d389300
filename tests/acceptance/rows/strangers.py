"""Rows 41 to 45 and 63 to 69: where the bot has no business, and what it does not know."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.acceptance.catalogue import looked_up, row
from tests.acceptance.town import Person, Town
from tests.acceptance.updates import STRANGERS, hand_in, hand_in_raw, message_of, user


def ignored(name: str, make: Callable[[Person], Any]) -> None:
    """A row that is an update nothing comes of: no call, no person, no word."""

    @row(name)
    async def deed(town: Town, amina: Person) -> None:
        calls = len(town.judge.calls)
        people = town.query("SELECT count(*) FROM person")
        await hand_in(town, make(amina))
        made = [call.method for call in town.judge.calls[calls:]]
        assert (made, town.query("SELECT count(*) FROM person")) == ([], people)


CHANNEL = {"id": -1_009_999_999_999, "type": "channel", "title": "News"}
GROUP = {"id": STRANGERS, "type": "supergroup", "title": "Strangers"}
POST = {"message_id": 5, "date": 1_795_000_000, "chat": CHANNEL, "text": "/start"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
OTHER_BOT = {"id": 99, "is_bot": True, "first_name": "Bot", "username": "other_bot"}


def in_group(amina: Person, **fields: Any) -> dict[str, Any]:
    """A message in a group of strangers."""
    return message_of(amina, **{"chat": GROUP, "text": "/start", **fields})


ignored(
    "row-41 inline query",
    lambda amina: {"inline_query": {"id": "1", "from": user(amina), "query": "x", "offset": ""}},
)
ignored("row-42 channel post", lambda _amina: {"channel_post": POST})
ignored("row-42 edited channel post", lambda _amina: {"edited_channel_post": POST})
ignored("row-42 a channel writes as a message", lambda _amina: {"message": POST})
ignored(
    "row-42 automatic forward",
    lambda amina: in_group(amina, sender_chat=CHANNEL, is_automatic_forward=True),
)
ignored(
    "row-44 anonymous administrator",
    lambda amina: in_group(amina, **{"from": ANONYMOUS, "sender_chat": GROUP}),
)
ignored(
    "row-44 a chat as the sender", lambda amina: message_of(amina, sender_chat=CHANNEL, text="x")
)
ignored(
    "row-45 another bot", lambda amina: message_of(amina, **{"from": OTHER_BOT, "text": "/start"})
)


@row("row-43 added to a stranger's group")
async def _strangers_group(town: Town, amina: Person) -> None:
    town.expected = set()
    before = len(town.judge.calls)
    await town.telegram.sim("join", **{"from": amina.chat_id, "title": "Strangers"})
    await town.settles()
    assert [call.method for call in town.judge.calls[before:]] == ["leaveChat"]


@row("row-43 a message in a stranger's group")
async def _strangers_message(town: Town, amina: Person) -> None:
    town.expected = {"row_refused"}  # the local Telegram knows no such group
    before = len(town.judge.calls)
    people = town.query("SELECT count(*) FROM person")
    await hand_in(town, in_group(amina))
    assert [call.method for call in town.judge.calls[before:]] == ["leaveChat"]
    assert town.query("SELECT count(*) FROM person") == people


@row("row-45 a bot that never stops")
async def _bot_loop(town: Town, amina: Person) -> None:
    before = len(town.judge.calls)
    for _message in range(50):
        await town.telegram.sim(
            "update", update=message_of(amina, **{"from": OTHER_BOT, "text": "/start"})
        )
    await town.settles()
    assert town.judge.calls[before:] == []


# -- what this version does not know

for _kind in (
    "message_reaction",
    "message_reaction_count",
    "poll",
    "poll_answer",
    "chat_join_request",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "chat_boost",
    "chosen_inline_result",
    "business_message",
):
    ignored(f"row-69 {_kind}", lambda amina, kind=_kind: {kind: message_of(amina)["message"]})


@row("row-69 a message with an effect")
async def _effect(town: Town, amina: Person) -> None:
    await hand_in(town, message_of(amina, text="x", effect_id="5104841245755180586"))
    await looked_up(amina)


HUGE = 10**400
UNKNOWN: dict[str, Any] = {
    "nothing at all": {},
    "a type of tomorrow": {"telepathy": {"thought": "help", "from": {"id": 1}}},
    "no chat": {"message": {"message_id": 1, "text": "x"}},
    "no message": {"message": None},
    "a list": {"message": [1, 2, 3]},
    "a string": {"callback_query": "tap"},
    "no sender": {"message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}}},
    "a huge chat": {
        "message": {"message_id": 1, "date": 1, "chat": {"id": 2**80, "type": "private"}}
    },
    "a float": {"message": {"message_id": 1.5, "date": 1, "chat": {"id": 1e9, "type": "private"}}},
    "true as a number": {"message": {"message_id": True, "chat": {"id": True, "type": "private"}}},
    "a deep nest": {"message": {"reply_to_message": json.loads("[" * 90 + "]" * 90)}},
    "a member of nothing": {"my_chat_member": {"chat": {"id": 5, "type": "private"}}},
}
for _name, _update in UNKNOWN.items():
    ignored(f"row-63 {_name}", lambda _amina, update=_update: update)


@row("row-63 a number longer than any computer's")
async def _huge(town: Town, amina: Person) -> None:
    await hand_in_raw(town, f'{{"update_id": {{update_id}}, "message": {{"message_id": {HUGE}}}}}')
    await amina.sends("still there?")
    await looked_up(amina)


@row("row-63 fields nobody knows")
async def _extra(town: Town, amina: Person) -> None:
    extra = {"text": "x", "aura": {"color": "blue"}, "message_thread_id": "seven", "entities": 9}
    await hand_in(town, message_of(amina, **extra))
    await looked_up(amina)


for _name, _date in {"1970": 1, "zero": 0, "2100": 4_102_444_800, "2^60": 2**60, "-1": -1}.items():

    @row(f"row-64 a message of {_name}")
    async def _dated(town: Town, amina: Person, date: int = _date) -> None:
        await hand_in(town, message_of(amina, text="x", date=date))
        await looked_up(amina)
        kept = town.query("SELECT max(at), min(at) FROM chat_message")[0]
        now = int(town.clock.now().timestamp() * 1000)
        assert [abs(now - at) < 3_600_000 for at in kept] == [True, True]
