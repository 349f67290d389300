"""Which message of a chat is the living one, as far as the sender knows.

It knows before the database does: a row that was written while the message before it was still
under way carries an older answer than the one Telegram has given since.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from bot.delivery.queue import chat_of
from bot.delivery.sending import Living, Same
from storage.outbox import Row, Slot


class LivingMessages:
    """The living messages of the chats written to last; never more than `most`."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._ids: OrderedDict[int, int | None] = OrderedDict()
        self._landing: dict[int, asyncio.Future[None]] = {}

    def of(self, row: Row) -> int | None:
        """The living message of a row's chat."""
        return self._ids.get(chat_of(row), row.living)

    def remember(self, chat_id: int, living: Living) -> None:
        """Telegram said which one it is now."""
        if isinstance(living, Same):
            return
        self._ids[chat_id] = living
        self._ids.move_to_end(chat_id)
        if len(self._ids) > self._most:
            self._ids.popitem(last=False)

    def forget(self, chat_id: int) -> None:
        """Know nothing about a chat."""
        self._ids.pop(chat_id, None)

    def forget_deleted(self, row: Row) -> None:
        """A message that is about to be deleted is not edited any more."""
        if row.method not in ("deleteMessage", "deleteMessages"):
            return
        living = self._ids.get(chat_of(row))
        ids = row.params.get("message_ids") or (row.params.get("message_id"),)
        if living is not None and living in ids:
            self._ids[chat_of(row)] = None

    def take_off(self, row: Row) -> None:
        """A row leaves; if another message may become the living one by it, somebody may wait."""
        is_edit = row.slot is Slot.EDIT and self.of(row) is not None
        if row.slot is Slot.NONE or is_edit or chat_of(row) in self._landing:
            return
        self._landing[chat_of(row)] = asyncio.get_running_loop().create_future()

    def land(self, row: Row) -> None:
        """What became of it is written down, or it has to leave again later."""
        landing = self._landing.pop(chat_of(row), None) if row.slot is not Slot.NONE else None
        if landing is not None:
            landing.set_result(None)

    async def landed(self, chat_id: int, at_most_seconds: float) -> None:
        """Wait until what has left for a chat has landed."""
        landing = self._landing.get(chat_id)
        if landing is not None:
            await asyncio.wait({landing}, timeout=at_most_seconds)
