"""The peer of every figure: as little bot as aiohttp allows. It stores nothing and forgets all.

What it sends is as long as a card, with as many buttons, and every tap is answered; so the ratio
between Antenna and this one, in the same run, says what the whole house costs.
"""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import aiohttp

TEXT = "🏠 " + "Every person who works has the right to be paid and to rest. " * 5
OPTIONS = ("orientation", "it", "next", "<", "^")
MARKUP = {"inline_keyboard": [[{"text": name, "callback_data": f"x:0:{name}"}] for name in OPTIONS]}
_JSON = {"Content-Type": "application/json"}


async def echo(address: str) -> None:
    """Answer every update with the same screen."""
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=192)) as session:
        running: set[asyncio.Task[None]] = set()

        async def call(method: str, params: dict[str, Any]) -> Any:
            data = json.dumps(params).encode()
            url = f"{address}/bot1:echo/{method}"
            async with session.post(url, data=data, headers=_JSON) as response:
                return json.loads(await response.read())["result"]

        async def take(update: dict[str, Any]) -> None:
            query = update.get("callback_query")
            message = query["message"] if query else update["message"]
            screen = {"chat_id": message["chat"]["id"], "text": TEXT, "reply_markup": MARKUP}
            if query is None:
                await call("sendMessage", screen)
                return
            screen["message_id"] = message["message_id"]
            await asyncio.gather(
                call("answerCallbackQuery", {"callback_query_id": query["id"]}),
                call("editMessageText", screen),
            )

        offset = 0
        while True:
            params = {"offset": offset, "timeout": 30, "limit": 100}
            for update in await call("getUpdates", params):
                offset = update["update_id"] + 1
                task = asyncio.create_task(take(update))
                running.add(task)
                task.add_done_callback(running.discard)


if __name__ == "__main__":
    asyncio.run(echo(sys.argv[1]))
