"""Updates that no phone of the local Telegram would send: odd, broken, or made up by somebody."""

from __future__ import annotations

from typing import Any

from tests.acceptance.town import Person, Town

Json = dict[str, Any]
STRANGERS = -1_001_234_567_890


def user(person: Person, **more: Any) -> Json:
    """The account of somebody."""
    return {"id": person.chat_id, "is_bot": False, "first_name": "Amina", **more}


def message_of(person: Person, **fields: Any) -> Json:
    """A message of somebody in their own chat with the bot."""
    return {
        "message": {
            "message_id": 900_000,
            "date": int(person.town.clock.now().timestamp()),
            "chat": {"id": person.chat_id, "type": "private", "first_name": "Amina"},
            "from": user(person),
            **fields,
        }
    }


def tap_of(person: Person, data: Any, *, by: Person | None = None, **message: Any) -> Json:
    """A tap on a button of somebody's screen, made up by a client of its own."""
    shown = {
        "message_id": person.screen.message_id,
        "date": int(person.town.clock.now().timestamp()),
        "chat": {"id": person.chat_id, "type": "private", "first_name": "Amina"},
        **message,
    }
    return {
        "callback_query": {
            "id": f"made-up-{len(person.town.judge.made_up)}",
            "from": user(by or person),
            "message": shown,
            "chat_instance": "1",
            "data": data,
        }
    }


async def hand_in(town: Town, update: Json) -> int:
    """Let the bot be told of an update; give its number."""
    told = await town.telegram.sim("update", update=update)
    await town.settles()
    return int(told["update_id"])


async def hand_in_raw(town: Town, raw: str) -> None:
    """Let the bot be told of something written by hand; `{update_id}` is filled in."""
    await town.telegram.sim("update", raw=raw)
    await town.settles()
