"""Sends the pictures of the sample papers: each is uploaded once, then Telegram knows it.

In the outbox a picture is only its name. What Telegram calls it is kept beside the settings, under
the bot's number and the picture's digest, so that another bot or another picture is not mistaken.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from telegram.error import BadRequest

from bot.delivery.ledger import Submit
from bot.delivery.sending import Caller, Why, why_of
from bot.guides import PAPERS_FOLDER, PICTURE
from storage.errors import StorageError

METHOD, FIELD, NAME = "sendPhoto", "photo", "picture"
FOLDER = Path(__file__).resolve().parent.parent / "locales" / "content" / PAPERS_FOLDER


class Pictures:
    """A `Caller` that puts in place of a picture's name what Telegram knows it by."""

    def __init__(self, caller: Caller, submit: Submit, bot: int, folder: Path = FOLDER) -> None:
        self._caller = caller
        self._submit = submit
        self._bot = bot
        self._pictures = {path.stem: path for path in sorted(folder.glob(f"*{PICTURE}"))}
        self._known: dict[str, str] = {}

    async def call(self, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Call a method of the Bot API.

        Raises:
            TelegramError: as `TelegramClient.call`; BadRequest also where the picture is gone.
        """
        photo = (params or {}).get(FIELD) if method == METHOD else None
        if params is None or not isinstance(photo, Mapping) or NAME not in photo:
            return await self._caller.call(method, params)
        name = str(photo[NAME])
        if name not in self._pictures:
            raise BadRequest("no such picture")
        return await self._send(name, params)

    async def _send(self, name: str, params: Mapping[str, Any]) -> Any:
        content = await asyncio.to_thread(self._pictures[name].read_bytes)
        key = f"picture {self._bot} {hashlib.sha256(content).hexdigest()[:16]}"
        known = self._known.get(key) or await self._find(key)
        if known:
            try:
                return await self._caller.call(METHOD, {**params, FIELD: known})
            except BadRequest as error:
                if why_of(error) is not Why.NO_FILE:
                    raise
        upload = {"name": f"{NAME}{PICTURE}", "type": "image/png"}
        upload["base64"] = base64.b64encode(content).decode()
        result = await self._caller.call(METHOD, {**params, FIELD: {"upload": upload}})
        await self._keep(key, _file_id(result))
        return result

    async def _find(self, key: str) -> str:
        """What Telegram knew it by the last time; where the database is away, it is sent anew."""
        try:
            found = await asyncio.wrap_future(self._submit(lambda unit: unit.setting(key)))
        except StorageError:
            return ""
        if found:
            self._known[key] = found
        return found or ""

    async def _keep(self, key: str, file_id: str) -> None:
        if not file_id:
            return
        self._known[key] = file_id
        with suppress(StorageError):
            job = asyncio.wrap_future(self._submit(lambda unit: unit.set_setting(key, file_id)))
            await job


def _file_id(result: object) -> str:
    """The id of the largest size of a picture that was sent, or nothing."""
    sizes = result.get(FIELD) if isinstance(result, Mapping) else None
    last = sizes[-1] if isinstance(sizes, list) and sizes else None
    found = last.get("file_id") if isinstance(last, Mapping) else None
    return found if isinstance(found, str) else ""
